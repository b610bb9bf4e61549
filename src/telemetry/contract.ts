/** Routes of telemetry: traces out, spans in, feedback, usage, and how the recorder is doing. */
import { z } from 'zod'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Arm, RolloutId } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { idOf } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { receiveLogs, receiveMetrics, receiveTraces } from './otlp-contract.ts'
import { getSeries } from './series-contract.ts'
import { Settled, SettledStatus, SpanId, SubjectSource, TraceId } from './settled.ts'
import { Counts, getTraceCost, getUsageBy, getUsageCsv, recomputeCosts } from './usage-contract.ts'

/** A trace as lists show it: everything but what was said. `gateway` traces are our own, `otlp` ones were sent to us. */
export const TraceSummary = Settled.omit({
  input: true,
  output: true,
  steps: true,
  citations: true,
  invalidCitations: true,
  metadata: true,
  usage: true,
  charges: true,
}).extend({
  source: z.enum(['gateway', 'otlp']),
  /** What a trace that was sent to us cannot tell is null. */
  subjectSource: SubjectSource.nullable(),
  httpStatus: z.number().int().nullable(),
  /** `chat` for our own. */
  operation: z.string(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  estimated: z.boolean(),
  /** The last user turn, cut to 200 characters. */
  question: z.string(),
})
export type TraceSummary = z.infer<typeof TraceSummary>

/** What a span means, whatever generation of names it came in. */
export const Meaning = z.object({
  provider: z.string().nullable(),
  model: z.string().nullable(),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  costMicroUsd: MicroUsd.nullable(),
  /** What kind of work it was; absent when the span does not say. */
  operation: z
    .enum(['chat', 'embeddings', 'retrieve', 'rerank', 'tool', 'agent', 'chain', 'guardrail', 'evaluator'])
    .optional(),
  /** Parts of the input and output tokens, not on top of them. */
  cachedInputTokens: z.number().optional(),
  cacheWriteTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
  finishReason: z.string().optional(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  toolCalls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.string() })).optional(),
  session: z.string().optional(),
  user: z.string().optional(),
})
export type Meaning = z.infer<typeof Meaning>

export const SpanKind = z.enum(['internal', 'server', 'client', 'producer', 'consumer'])
export type SpanKind = z.infer<typeof SpanKind>

export const Span = z.object({
  spanId: SpanId,
  parentSpanId: SpanId.nullable(),
  name: z.string(),
  kind: SpanKind,
  /** Nanoseconds since 1970 as decimal strings; they do not fit a JSON number. */
  startNs: z.string().regex(/^\d+$/),
  endNs: z.string().regex(/^\d+$/),
  status: z.object({ code: z.enum(['unset', 'ok', 'error']), message: z.string().optional() }),
  attributes: z.record(z.string(), z.unknown()),
  events: z.array(z.object({ name: z.string(), atNs: z.string(), attributes: z.record(z.string(), z.unknown()) })),
  /** Attributes of the program that sent it; empty for our own. */
  resource: z.record(z.string(), z.unknown()),
  /** The library that made it; null when it did not say, and for our own. */
  scope: z.object({ name: z.string(), version: z.string() }).nullable(),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string(), attributes: z.record(z.string(), z.unknown()) })),
  meaning: Meaning,
})
export type Span = z.infer<typeof Span>

export const FeedbackId = idOf('fbk')
export type FeedbackId = z.infer<typeof FeedbackId>

/** A yes or no, a share from 0 to 1, or a word from a choice. */
export const FeedbackValue = z.union([z.boolean(), z.number().min(0).max(1), z.string().min(1).max(100)])

const feedbackName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a feedback name has lower-case letters, digits and hyphens')

export const Feedback = z.object({
  id: FeedbackId,
  organisation: z.string(),
  traceId: TraceId,
  application: z.string().nullable(),
  name: feedbackName,
  value: FeedbackValue,
  comment: z.string().nullable(),
  /** What the answer should have been. */
  correction: z.string().nullable(),
  user: z.string().nullable(),
  at: Instant,
})
export type Feedback = z.infer<typeof Feedback>

export const FeedbackDraft = z
  .object({
    trace: TraceId.optional(),
    /** The `id` of an answer, in place of the trace. */
    response: z.string().min(1).max(200).optional(),
    name: feedbackName.default('helpful'),
    value: FeedbackValue,
    comment: z.string().max(10_000).optional(),
    correction: z.string().max(100_000).optional(),
    user: z.string().max(200).optional(),
  })
  .refine(({ trace, response }) => (trace === undefined) !== (response === undefined), {
    message: 'say which answer is meant: either `trace` or `response`',
  })
export type FeedbackDraft = z.infer<typeof FeedbackDraft>

/** A trace with everything that is known about it. */
export const Trace = z.object({
  traceId: TraceId,
  summary: TraceSummary,
  input: Settled.shape.input,
  output: z.string(),
  citations: Settled.shape.citations,
  invalidCitations: Settled.shape.invalidCitations,
  metadata: Settled.shape.metadata,
  spans: z.array(Span),
  /** The last word of each (user, name). */
  feedback: z.array(Feedback),
})
export type Trace = z.infer<typeof Trace>

export const UsageRow = Counts.extend({ release: ReleaseId.nullable(), hour: Instant })
export type UsageRow = z.infer<typeof UsageRow>

export const RecorderStatus = z.object({
  /** `degraded` while the spool cannot be written or the database cannot take it in. */
  state: z.enum(['ok', 'degraded']),
  /** What makes it so: a disk that takes nothing, one that is slow, or the database. Nothing is lost while the spool is written. */
  waitsFor: z.enum(['disk', 'slow-disk', 'database']).nullable(),
  /** In memory, not yet in the spool. */
  queued: z.number().int(),
  /** In the spool, not yet in the database. */
  spooled: z.number().int(),
  ingested: z.number().int(),
  /** Lost because the queue was full: the disk could not be written for long. */
  dropped: z.number().int(),
  /** Lines that could not be read, kept in `spool/rejected`. */
  rejected: z.number().int(),
  writeErrors: z.number().int(),
  ingestErrors: z.number().int(),
  lastError: z.string().nullable(),
})
export type RecorderStatus = z.infer<typeof RecorderStatus>

/** How sending traces on to a collector is doing; counted in spans, since the start. */
export const ExportStatus = z.object({
  /** Host and path; headers are never shown. */
  endpoint: z.string(),
  /** `degraded` while the collector takes nothing. */
  state: z.enum(['ok', 'degraded']),
  /** Traces that wait. */
  queued: z.number().int(),
  exported: z.number().int(),
  /** Not sent: the queue was full, or the collector took nothing for five minutes. */
  dropped: z.number().int(),
  /** Refused by the collector for what is in them. */
  rejected: z.number().int(),
  retries: z.number().int(),
  lastError: z.string().nullable(),
})
export type ExportStatus = z.infer<typeof ExportStatus>

export const TelemetryStatus = RecorderStatus.extend({
  /** Null when no collector is set (`AIRWORTHY_OTLP_ENDPOINT`). */
  export: ExportStatus.nullable(),
})
export type TelemetryStatus = z.infer<typeof TelemetryStatus>

export const TraceFilter = z.object({
  application: Name.optional(),
  release: ReleaseId.optional(),
  arm: Arm.optional(),
  rollout: RolloutId.optional(),
  stage: Stage.optional(),
  status: SettledStatus.optional(),
  since: Instant.optional(),
  /** Before this instant. */
  until: Instant.optional(),
  key: z.string().max(100).optional(),
  user: z.string().max(200).optional(),
  /** `provider/model` that answered. */
  model: z.string().max(300).optional(),
  /** As the caller's metadata have them. */
  team: z.string().max(512).optional(),
  feature: z.string().max(512).optional(),
  /** Part of what was asked or answered. A page may have fewer items than asked for, or none, and a `next` that goes on. */
  text: z.string().max(200).optional(),
})
export type TraceFilter = z.infer<typeof TraceFilter>

export const listTraces = route({
  name: 'listTraces',
  method: 'GET',
  path: '/api/v1/traces',
  summary: 'List traces, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend(TraceFilter.shape),
  returns: {
    200: pageOf(TraceSummary).extend({
      /** With `text`: how far back it was looked for, null when everything was looked through. */
      searchedTo: Instant.nullable(),
    }),
  },
})

export const getTrace = route({
  name: 'getTrace',
  method: 'GET',
  path: '/api/v1/traces/:id',
  summary: 'Get one trace with its spans, sources and feedback',
  permission: 'view',
  mcp: true,
  params: z.object({ id: TraceId }),
  returns: { 200: Trace },
})

export const recordFeedback = route({
  name: 'recordFeedback',
  method: 'POST',
  path: '/api/v1/feedback',
  summary: 'Say how an answer was; the same (answer, user, name) replaces and keeps history',
  permission: 'infer',
  example: { trace: '4bf92f3577b34da6a3ce929d0e0e4736', value: false, comment: 'The date is wrong.' },
  mcp: true,
  body: FeedbackDraft,
  returns: { 201: Feedback },
})

export const listFeedback = route({
  name: 'listFeedback',
  method: 'GET',
  path: '/api/v1/traces/:id/feedback',
  summary: 'List all feedback on a trace, what was replaced too, oldest first',
  permission: 'view',
  params: z.object({ id: TraceId }),
  returns: { 200: z.object({ items: z.array(Feedback) }) },
})

export const getUsage = route({
  name: 'getUsage',
  method: 'GET',
  path: '/api/v1/applications/:name/usage',
  summary: 'Requests, errors, tokens, cost and latency by release and hour',
  permission: 'view',
  mcp: true,
  params: z.object({ name: Name }),
  query: z.object({ since: Instant.optional(), release: ReleaseId.optional() }),
  returns: { 200: z.object({ since: Instant, total: Counts, items: z.array(UsageRow) }) },
})

export const getTelemetryStatus = route({
  name: 'getTelemetryStatus',
  method: 'GET',
  path: '/api/v1/telemetry/status',
  summary: 'How the recorder and the export are doing: queue, spool, what was lost',
  permission: 'view',
  mcp: true,
  returns: { 200: TelemetryStatus },
})

/** All routes of telemetry. */
export const telemetryRoutes = [
  listTraces,
  getTrace,
  getTraceCost,
  receiveTraces,
  receiveMetrics,
  receiveLogs,
  recordFeedback,
  listFeedback,
  getUsage,
  getSeries,
  getUsageBy,
  getUsageCsv,
  recomputeCosts,
  getTelemetryStatus,
] as const
