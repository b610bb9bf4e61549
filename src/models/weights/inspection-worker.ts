/** A thread that looks at one folder of weights and ends. In: `InspectionAsk`; out: `InspectionWord`s. */
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../kernel/failure.ts'
import { type InspectionAsk, type InspectionWord, inspect } from './inspection.ts'

const tell = (word: InspectionWord) => parentPort?.postMessage(word)
try {
  tell({ kind: 'done', inspection: inspect(workerData as InspectionAsk, tell) })
} catch (thrown) {
  tell({ kind: 'refused', reason: messageOf(thrown) })
}
