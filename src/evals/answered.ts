/** What evaluators read of a run, wherever it was made. */
import type { FlowOutcome } from './deps.ts'
import type { Answered } from './evaluators/index.ts'

/** @param latencyMs how long the run took, in milliseconds */
export const answeredOf = (outcome: FlowOutcome, latencyMs: number): Answered => {
  const { toolCalls, ...rest } = outcome
  const { usage, ranking, passages } = rest
  return {
    ...rest,
    ...(toolCalls && { toolCalls }),
    passages: ranking ?? passages.map(({ id }) => id),
    texts: passages.flatMap(({ id, text }) => (text === undefined ? [] : [{ id, text }])),
    tokens: { input: usage.inputTokens, output: usage.outputTokens },
    latencyMs,
  }
}
