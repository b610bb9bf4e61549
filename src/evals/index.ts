/** The public surface of evals. */
export { evalsRoutes } from './contract.ts'
export { createExamplesOf, datasetPart, type ExamplesOf } from './datasets.ts'
export type { EstimateRun, EvalsDeps, FlowOutcome, RecordEntry, RecordEvidence, RunFlow } from './deps.ts'
export { type CreateOutcome, createEvals, type Evals, type ExperimentAsk } from './evals.ts'
export {
  type Answered,
  type Evaluator,
  type Prepared,
  prepareEvaluators,
  type Scored,
  type Scorer,
} from './evaluators/index.ts'
export type { Comparison, Experiment, ExperimentId, ExperimentRow, Quote, Score } from './experiment.ts'
export { evalsHttp } from './http.ts'
export { evalsMigrations } from './migrations.ts'
export type { EvalsProducer, ProducerContext, ProducerQuote } from './producer.ts'
export { own as evalsTables } from './store.ts'
export { evaluatorParts, suitePart } from './suites.ts'
