/** Measures in a thread of its own where it takes long, so that the thread of the port stays free. */
import { Worker } from 'node:worker_threads'
import { measureQuality, type Quality, type QualityInput } from './measures.ts'

const SMALL_ROWS = 500

export async function measureApart(input: QualityInput): Promise<Quality> {
  if (input.rows.length + (input.passages?.length ?? 0) <= SMALL_ROWS) return measureQuality(input)
  const worker = new Worker(new URL('./measure-worker.ts', import.meta.url), { workerData: input })
  try {
    return await new Promise<Quality>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The thread that measures data has ended without an answer.')))
    })
  } finally {
    await worker.terminate()
  }
}
