/** Runs of probes: the only file that others import. */
export {
  ProbeError,
  ProbeQuote,
  probeRunFields,
  Rate,
  StoppedBy,
  startFields,
} from './contract.ts'
export type { AskRelease, Probe, ProbeInput, ProbingDeps, Question, Said } from './deps.ts'
export { inBatches, type NotAnswered } from './in-batches.ts'
export { demandPack, packName } from './pack-of.ts'
export { quoteOf } from './quote.ts'
export { errorsOf, rateOf } from './rate.ts'
export { createRuns, hoursOf, type Started } from './runs.ts'
export { asQuestion, asTurns, filled, hearsTurns, said } from './turns.ts'
export { reversed, rot13, WRAPPINGS, type WrappingId, written } from './wrappings.ts'
