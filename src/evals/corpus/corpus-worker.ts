/** A thread that counts answers and ends. In: the plan, then pages of rows; out: a word for each page, then the figures. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ToThread } from './counted-apart.ts'
import { type CorpusPlan, createCorpusCounts } from './counts.ts'

const counts = createCorpusCounts(workerData as CorpusPlan)

parentPort?.on('message', (asked: ToThread) => {
  if (asked.kind === 'end') {
    parentPort?.postMessage(counts.end(asked.excluded))
    return
  }
  for (const row of asked.rows) counts.add(row)
  parentPort?.postMessage('counted')
})
