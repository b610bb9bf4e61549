/** A thread that looks at one folder of weights and ends. In: `InspectionAsk`; out: `InspectionWord`s. */
import { parentPort, workerData } from 'node:worker_threads'
import { messageOf } from '../../kernel/failure.ts'
import { type InspectionAsk, type InspectionWord, inspect } from './inspection.ts'

const tell = (word: InspectionWord) => parentPort?.postMessage(word)
try {
  const ask = workerData as InspectionAsk
  // Only who names an identity waits for what reads certificates.
  const keyless = ask.trustedIdentity && (await import('./keyless.ts')).keylessBy(ask.trustedIdentity)
  tell({ kind: 'done', inspection: inspect(ask, tell, keyless) })
} catch (thrown) {
  tell({ kind: 'refused', reason: messageOf(thrown) })
}
