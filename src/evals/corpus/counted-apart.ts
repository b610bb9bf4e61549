/** Answers are counted in a thread of their own, a page at a time, so that the thread of the port stays free. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { CorpusEnd, CorpusPlan, CorpusRow } from './counts.ts'

/** What is held does not grow with the answers, but one of them may be large. */
const MOST_MEGABYTES = 256

export type OnRows = (done: number) => Promise<void>

/** @param excludedOf asked when all pages were read */
export async function countedApart(
  plan: CorpusPlan,
  pages: AsyncIterable<readonly CorpusRow[]>,
  { onRows, excludedOf }: { onRows: OnRows; excludedOf: () => Parameters<CorpusEnd>[0] },
): Promise<ReturnType<CorpusEnd>> {
  const worker = new Worker(new URL('./corpus-worker.ts', import.meta.url), {
    workerData: plan,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  // It may break while a page is read, when nobody waits for a word of it.
  const broken = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that counts answers has ended without figures.')))
  })
  broken.catch(() => {})
  const ask = async (message: ToThread): Promise<unknown[]> => {
    worker.postMessage(message)
    return Promise.race([once(worker, 'message'), broken])
  }
  try {
    let done = 0
    for await (const rows of pages) {
      await ask({ kind: 'rows', rows })
      done += rows.length
      await onRows(done)
    }
    const [found] = (await ask({ kind: 'end', excluded: excludedOf() })) as [ReturnType<CorpusEnd>]
    return found
  } finally {
    await worker.terminate()
  }
}

/** Each page is answered with a word, the end with the figures. */
export type ToThread =
  | { readonly kind: 'rows'; readonly rows: readonly CorpusRow[] }
  | { readonly kind: 'end'; readonly excluded: Parameters<CorpusEnd>[0] }
