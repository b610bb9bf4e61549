/**
 * What is left of one request when it has ended, in any way: one event, made exactly once by the gateway.
 *
 * It is at once the line in the spool, the row in `traces` (its columns are these fields) and what rollouts,
 * monitors and the review queue are told. It never holds a key or a header.
 */
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Turn } from '../core/conversation.ts'
import { ReleaseId } from '../core/release.ts'
import { Arm, RolloutId } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { Charge, Usage } from '../core/usage.ts'
import { Digest } from '../kernel/digest.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'

/** OpenTelemetry's ids: 16 and 8 bytes in lower-case hexadecimal. */
export const TraceId = z.string().regex(/^[0-9a-f]{32}$/, 'a trace id has 32 hexadecimal digits')
export type TraceId = z.infer<typeof TraceId>
export const SpanId = z.string().regex(/^[0-9a-f]{16}$/, 'a span id has 16 hexadecimal digits')
export type SpanId = z.infer<typeof SpanId>

/** One step of a flow as it ran, in the shape that flows record; it becomes a child span. */
export const StepRecord = z.object({
  id: z.string(),
  /** The span's name, for example `chat local/extractive`. */
  name: z.string(),
  /** `retrieve`, `abstain`, `generate`, `call-target`, … */
  kind: z.string(),
  startedAt: Instant,
  durationMs: z.number(),
  attributes: z.record(z.string(), z.unknown()),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
})
export type StepRecord = z.infer<typeof StepRecord>

/** How the subject that keeps its arm was found, in the order in which it is looked for. */
export const SubjectSource = z.enum(['header', 'safety-identifier', 'user', 'conversation'])
export type SubjectSource = z.infer<typeof SubjectSource>

export const SettledStatus = z.enum(['complete', 'errored', 'cancelled'])
export type SettledStatus = z.infer<typeof SettledStatus>

export const Citation = z.object({ id: z.string(), title: z.string(), source: z.string() })
export type Citation = z.infer<typeof Citation>

export const Settled = z.object({
  traceId: TraceId,
  /** The root span. */
  spanId: SpanId,
  /** The caller's span, of its `traceparent`; null when it sent none. */
  remoteParent: z.object({ traceId: TraceId, spanId: SpanId }).nullable().default(null),
  /** When the request came in. */
  at: Instant,
  organisation: Organisation,
  /** Null for a browser session. */
  keyId: z.string().nullable(),
  /** All five are null for a model that was used directly. */
  application: z.string().nullable(),
  stage: Stage.nullable(),
  release: ReleaseId.nullable(),
  releaseDigest: z.string().nullable(),
  arm: Arm.nullable(),
  /** The rollout that chose the arm, and the candidate's share when it did. */
  rollout: z.object({ id: RolloutId, share: z.number() }).nullable(),
  /** The sticky subject, hashed. */
  unit: z.string(),
  subjectSource: SubjectSource,
  requestedModel: z.string(),
  /** `provider/model`; null when nothing answered. */
  servedBy: z.string().nullable(),
  provider: z.string().nullable(),
  /** The id that the client saw in the answer. */
  responseId: z.string().nullable(),
  operation: z.enum(['chat', 'embeddings', 'image_generation', 'count_tokens']),
  stream: z.boolean(),
  status: SettledStatus,
  httpStatus: z.number().int(),
  errorCode: z.string().nullable(),
  finishReason: z.string().nullable(),
  latencyMs: z.number(),
  firstTokenMs: z.number().nullable(),
  /** What of the latency was ours: before the upstream was asked and after it had answered. */
  overheadMs: z.number(),
  usage: Usage,
  /** Null when the price is not known; never zero for that. */
  costMicroUsd: MicroUsd.nullable(),
  priceBook: z.object({ name: z.string(), digest: Digest }).nullable(),
  /** What the cost was computed of; what an old request comes to under its book. */
  charges: z.array(Charge),
  abstained: z.boolean(),
  citations: z.array(Citation),
  /** Markers in the answer that point nowhere. */
  invalidCitations: z.array(z.string()),
  input: z.array(Turn),
  output: z.string(),
  steps: z.array(StepRecord),
  metadata: z.record(z.string(), z.string()),
  /** As the client named its user; null when it did not. */
  user: z.string().nullable(),
})
export type Settled = z.infer<typeof Settled>
