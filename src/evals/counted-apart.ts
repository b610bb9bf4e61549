/** Answers are counted in a thread of their own, a page at a time, so that the thread of the port stays free. */
import { once } from 'node:events'
import { parentPort, Worker } from 'node:worker_threads'

/** What is held does not grow with the answers, but one of them may be large. */
const MOST_MEGABYTES = 256

export type OnRows = (done: number) => Promise<void>

/**
 * @param thread the file that counts, and what it is told first
 * @param lastWord asked for when all pages were read
 */
export async function countedApart<Row, Last, Found>(
  thread: { readonly file: URL; readonly plan: unknown },
  pages: AsyncIterable<readonly Row[]>,
  { onRows, lastWord }: { onRows: OnRows; lastWord: () => Last },
): Promise<Found> {
  const worker = new Worker(thread.file, {
    workerData: thread.plan,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  // It may break while a page is read, when nobody waits for a word of it.
  const broken = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that counts answers has ended without figures.')))
  })
  broken.catch(() => {})
  const ask = async (message: ToThread<Row, Last>): Promise<unknown[]> => {
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
    const [found] = (await ask({ kind: 'end', last: lastWord() })) as [Found]
    return found
  } finally {
    await worker.terminate()
  }
}

/** Each page is answered with a word, the end with the figures. */
export type ToThread<Row, Last> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'end'; readonly last: Last }

/** What a thread does with them. */
export function answerPages<Row, Last>(counts: {
  readonly add: (row: Row) => void
  readonly end: (last: Last) => unknown
}): void {
  parentPort?.on('message', (asked: ToThread<Row, Last>) => {
    if (asked.kind === 'end') {
      parentPort?.postMessage(counts.end(asked.last))
      return
    }
    for (const row of asked.rows) counts.add(row)
    parentPort?.postMessage('counted')
  })
}
