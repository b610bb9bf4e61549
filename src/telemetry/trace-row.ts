/** The rows: what lists show and what was said, side by side; and spans that other programs sent. */
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Feedback, Span, TraceSummary } from './contract.ts'
import { Settled, TraceId } from './settled.ts'

export const TraceRow = TraceSummary.extend({
  citations: Settled.shape.citations,
  invalidCitations: Settled.shape.invalidCitations,
  input: Settled.shape.input,
  output: Settled.shape.output,
  steps: Settled.shape.steps,
  metadata: Settled.shape.metadata,
  charges: Settled.shape.charges,
})
export type TraceRow = z.infer<typeof TraceRow>

export const SpanRow = Span.extend({
  traceId: TraceId,
  organisation: Organisation,
  application: z.string().nullable(),
})
export type SpanRow = z.infer<typeof SpanRow>

const sealed = z.string().nullable()
/** Rows as they are kept: with their contents, or with these sealed. */
export const KeptTrace = TraceRow.extend({ sealed })
export const KeptSpan = SpanRow.extend({ sealed })
export const KeptFeedback = Feedback.extend({ sealed })

/** What feedback and rollouts need to know of a trace. */
export const TraceReference = TraceSummary.pick({
  traceId: true,
  organisation: true,
  application: true,
  release: true,
  arm: true,
  rollout: true,
  unit: true,
  responseId: true,
})
export type TraceReference = z.infer<typeof TraceReference>

export const referenceOf = ({
  traceId,
  organisation,
  application,
  release,
  arm,
  rollout,
  unit,
  responseId,
}: TraceReference): TraceReference => ({
  traceId,
  organisation,
  application,
  release,
  arm,
  rollout,
  unit,
  responseId,
})
