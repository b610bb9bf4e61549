/** Generates the load of a step in a thread of its own. */
import { Worker } from 'node:worker_threads'
import type { GenerateAsk, Generated, Progress } from './generate.ts'

type Message = { readonly progress: Progress } | { readonly generated: Generated }

/** Rejects with the reason of the signal, and hangs up on every answer that is under way. */
export async function generateApart(
  ask: GenerateAsk,
  { signal, tell }: { signal: AbortSignal; tell: (progress: Progress) => void },
): Promise<Generated> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./generate-worker.ts', import.meta.url), { workerData: ask })
  let cancel = () => {}
  try {
    return await new Promise<Generated>((resolve, reject) => {
      cancel = () => reject(signal.reason)
      signal.addEventListener('abort', cancel, { once: true })
      worker.on('message', (message: Message) => {
        if ('generated' in message) resolve(message.generated)
        else tell(message.progress)
      })
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The thread that generates load has ended without its figures.')))
    })
  } finally {
    signal.removeEventListener('abort', cancel)
    await worker.terminate()
  }
}
