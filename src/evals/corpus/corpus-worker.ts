/** A thread that counts answers and ends. In: the arms and seed, then pages of rows; out: a word for each page, then the figures. */
import { parentPort, workerData } from 'node:worker_threads'
import { type CorpusRow, createCorpusCounts } from './counts.ts'

const counts = createCorpusCounts(workerData as Parameters<typeof createCorpusCounts>[0])

parentPort?.on('message', (rows: readonly CorpusRow[] | 'end') => {
  if (rows === 'end') {
    parentPort?.postMessage(counts.end())
    return
  }
  for (const row of rows) counts.add(row)
  parentPort?.postMessage('counted')
})
