/** The public surface of evals. */

export {
  type AnnotationDeps,
  type AnnotationDoors,
  annotationHttp,
  annotationMigrations,
  annotationPlace,
  annotationTables,
  asText,
  createAnnotation,
  createFeeding,
} from './annotation/index.ts'
export { answeredOf } from './answered.ts'
export { answersMigrations, answersTables, createPaidAnswers, type PaidWork, reachThrough } from './answers/index.ts'
export { type ArmFigures, armsTables, type MeasuredArm } from './arms/index.ts'
export type { Batching } from './batching.ts'
export {
  calibratedOf,
  classesOf,
  compareCells,
  createCells,
  FIGURES as CLASS_FIGURES,
  figuresOf as classFiguresOf,
} from './classes/index.ts'
export { compare } from './comparison.ts'
export {
  addTo,
  answerCounts,
  CORPUS_FIGURES,
  CORPUS_SIZE,
  corpusDifference,
  corpusInterval,
  createSums,
  readFigure,
  shuffledP,
} from './corpus/index.ts'
export { type CoverageDeps, coverageHttp, createCoverage, createCoverageProducer } from './coverage/index.ts'
export {
  createDatasets,
  createExamplesOf,
  createSample,
  type Dataset,
  type Datasets,
  type DatasetsDeps,
  datasetPart,
  datasetsHttp,
  datasetsMigrations,
  datasetsTables,
  type ExamplesOf,
  filesOfVersion,
  fillExamples,
  findNamedVersion,
  inputKey,
  markOf,
  plain,
  QuarantinedRow,
  type Reader,
  type ReferenceDeps,
  referencedPart,
  VersionSummary,
} from './datasets/index.ts'
export { decidingCases } from './deciding-cases.ts'
export type {
  EstimatedCall,
  EstimateJudge,
  EstimateRun,
  EstimateVectors,
  EvalsDeps,
  FlowOutcome,
  RecordEvidence,
  RunFlow,
} from './deps.ts'
export { type CreateOutcome, createEvals, type Evals } from './evals.ts'
export {
  type Answered,
  type Evaluator,
  isRefusal,
  LANGUAGES,
  languageOf,
  type Prepared,
  prepareEvaluators,
  type Reach,
  readAnswer,
  type Scored,
  type ScoredRow,
  type Scorer,
} from './evaluators/index.ts'
export { convertPromptfoo, readCases, readGarakReport, readTables } from './exchange/index.ts'
export type { Experiment, ExperimentId, ExperimentRow, Quote, Score } from './experiment.ts'
export type { ExperimentAsk } from './experiment-ask.ts'
export { createFairness } from './fairness/index.ts'
export { evalsHttp } from './http.ts'
export { inBatchesMigrations, inBatchesTables } from './in-batches/index.ts'
export {
  createJudges,
  judgeOfRelease,
  judgesHttp,
  judgesMigrations,
  judgesTables,
  madeUp,
  newestStanding,
  questionsAbout,
} from './judges/index.ts'
export { type LiveScorers, liveScorers } from './live-scorers.ts'
export { createMeaning, meaningHttp } from './meaning/index.ts'
export { evalsMigrations } from './migrations.ts'
export { noBatches } from './no-batches.example.ts'
export { numbersOf } from './numbers/index.ts'
export { createOutsideRuns, outsideHttp, outsideMigrations, outsideTables, readMlflow } from './outside/index.ts'
export { createPatterns, type PatternsDeps, patternsHttp } from './patterns/index.ts'
export { withoutExamples } from './personal.ts'
export type { EvalsProducer } from './producer.ts'
export type { Comparison } from './results.ts'
export { pagesTables } from './row-pages/index.ts'
export { own as evalsTables } from './store.ts'
export { createStudies, studiesHttp, studiesMigrations, studiesTables } from './studies/index.ts'
export { evaluatorParts, suitePart } from './suites.ts'
export { createSwaps, swapsHttp } from './swaps/index.ts'
export { clusterFailures, triageMigrations, triageTables } from './triage/index.ts'
