/** What a run of a flow gives back: the answer with its sources, what it took, and each step as it went. */
import { z } from 'zod'
import { ToolOutcome } from '../core/tool.ts'
import { Charge, Usage } from '../core/usage.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { FinishReason, PriceBookRef } from '../models/index.ts'

/** A passage as it was retrieved; `n` is its 1-based rank and the number in its marker `[n]`. */
export const RetrievedPassage = z.object({
  n: z.number().int(),
  id: z.string(),
  title: z.string(),
  text: z.string(),
  source: z.string(),
  score: z.number(),
})
export type RetrievedPassage = z.infer<typeof RetrievedPassage>

/** One step as it went; `attributes` carry OpenTelemetry GenAI names, so that a span can be made of it. */
export const StepRecord = z.object({
  /** The step's id in the flow. */
  id: z.string(),
  /** OpenTelemetry span name, for example `chat local/extractive`. */
  name: z.string(),
  /** `attempt`: a model of a step that failed, and another was asked · `guardrail`: what one of the release said · `tool`: a call of one. */
  kind: z.enum(['retrieve', 'abstain', 'generate', 'call-target', 'attempt', 'guardrail', 'tool']),
  startedAt: Instant,
  durationMs: z.number(),
  attributes: z.record(z.string(), z.unknown()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export type StepRecord = z.infer<typeof StepRecord>

/** A call that a model wanted, and what became of it. */
export const ToolUse = z.object({
  /** The model's own. */
  id: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  outcome: ToolOutcome,
})
export type ToolUse = z.infer<typeof ToolUse>

export const FlowResult = z.object({
  answer: z.string(),
  abstained: z.boolean(),
  passages: z.array(RetrievedPassage),
  /** Ids of all passages that were found, best first; deeper than `passages` when the step asks for it. */
  ranking: z.array(z.string()),
  /** Ids of the passages that the answer cites, in the order of their first mention. */
  citations: z.array(z.string()),
  /** Markers as written, for example `[7]`, that point to no passage of this answer. */
  invalidCitations: z.array(z.string()),
  /** `tool-calls`: it waits for what whoever asked does with calls that were handed out or withheld. */
  finishReason: FinishReason,
  /** Every call of a tool that a model wanted, in order; absent where no step offers any. */
  toolCalls: z.array(ToolUse).optional(),
  /** Sums over all steps. */
  usage: Usage,
  /** Null when a step has no known price. */
  costMicroUsd: MicroUsd.nullable(),
  priceBook: PriceBookRef,
  /** What the cost was computed of, one for each model that answered. */
  charges: z.array(Charge).optional(),
  /** `provider/model` that wrote the answer, the target's address, or `flow` for a declared abstention. */
  servedBy: z.string(),
  /** Names of the fallbacks of the release that answered a step in place of the model that was meant. */
  fallbacks: z.array(z.string()),
  steps: z.array(StepRecord),
})
export type FlowResult = z.infer<typeof FlowResult>
