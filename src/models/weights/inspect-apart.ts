/** Looks at weights in a thread of its own: hashing a gigabyte takes a second, and the thread of the port has none to spare. */
import { Worker } from 'node:worker_threads'
import { Failure } from '../../kernel/failure.ts'
import type { Inspection, InspectionAsk, InspectionWord } from './inspection.ts'

const MOST_MEGABYTES = 1024

/** Throws `models.weights-unreadable` with the reason when it cannot be looked at as a whole. */
export async function inspectApart(
  ask: InspectionAsk,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (bytes: number, of: number, path: string) => void },
): Promise<Inspection> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./inspection-worker.ts', import.meta.url), {
    workerData: ask,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  const stop = () => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Inspection>((resolve, reject) => {
      worker.on('message', (word: InspectionWord) => {
        if (word.kind === 'progress') onProgress(word.bytes, word.of, word.path)
        else if (word.kind === 'done') resolve(word.inspection)
        else reject(unreadable(word.reason))
      })
      worker.once('error', (thrown) =>
        reject(isOutOfMemory(thrown) ? unreadable('it takes more memory than a header may') : thrown),
      )
      worker.once('exit', () =>
        reject(signal.reason ?? new Error('The thread that looks at weights has ended without an answer.')),
      )
    })
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

const unreadable = (reason: string) =>
  new Failure('invalid', 'models.weights-unreadable', `The weights cannot be looked at: ${reason}.`)

const isOutOfMemory = (thrown: unknown): boolean =>
  (thrown as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
