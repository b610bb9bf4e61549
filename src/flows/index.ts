/** The public surface of flows. */
export { FlowResult, RetrievedPassage, StepRecord } from './flow-result.ts'
