/** Summarises in a thread of its own when it would take long, so that the thread of the port stays free. */
import { Worker } from 'node:worker_threads'
import { type Summary, type SummaryInput, summarise } from './summary.ts'

const SMALL_ROWS = 1_000

export async function summariseApart(input: SummaryInput): Promise<Summary> {
  const isSmall = input.rows.length <= (input.intervals === 'bca-bootstrap' ? 0 : SMALL_ROWS)
  if (isSmall) return summarise(input)
  const worker = new Worker(new URL('./summary-worker.ts', import.meta.url), { workerData: input })
  try {
    return await new Promise<Summary>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The thread that summarises has ended without an answer.')))
    })
  } finally {
    await worker.terminate()
  }
}
