/** Tuning of prompts; the only file of it that others import. */
export { buildSplitOf } from './build-split.ts'
export { tuningHttp } from './http.ts'
export type { JudgeQuestions, ScoreTrial, TrialScorer } from './trial.ts'
export { createTuning, type Tuning } from './tuning.ts'
