/** Flows: the one runner of what a release declares; the only file that others import. */

export { answerOutside, type OutsideDeps } from './answer-outside.ts'
export { citationsOf } from './citations.ts'
export type { Candidate, FallingBack, Prompt } from './falling-back.ts'
export { FlowResult, StepRecord, ToolUse } from './flow-result.ts'
export { createFlows, type FlowAsk, type Flows, type FlowsDeps } from './flows.ts'
export { type GuardedAnswer, guardAnswer, recordOf } from './guarding.ts'
export { flowsHttp } from './http.ts'
export type { HoldCall } from './run.ts'
export { PLANTED, type SearchIndex } from './steps.ts'
export type { TargetDeps } from './target.ts'
export { mostTokens, upperBoundOfModel, upperBoundOfRelease } from './upper-bound.ts'
