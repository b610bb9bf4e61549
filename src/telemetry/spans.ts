/**
 * Spans of one of our own requests: a server span for the request and one for each step, with the names of
 * OpenTelemetry's GenAI conventions 1.41 and ours for what they have none for.
 */
import { createHash } from 'node:crypto'
import { epochMs, type Instant } from '../kernel/time.ts'
import type { Span } from './contract.ts'
import { meaningOf } from './meaning.ts'
import type { StepRecord } from './settled.ts'
import type { TraceRow } from './trace-row.ts'

export const spansOfRequest = (row: TraceRow): Span[] => [
  rootSpan(row),
  ...row.steps.map((step, index) => stepSpan(row, step, index)),
]

function rootSpan(row: TraceRow): Span {
  const attributes = withoutNulls({
    'gen_ai.operation.name': row.operation,
    'gen_ai.provider.name': row.provider,
    'gen_ai.request.model': row.requestedModel,
    'gen_ai.request.stream': row.stream,
    'gen_ai.response.model': row.servedBy,
    'gen_ai.response.id': row.responseId,
    'gen_ai.response.finish_reasons': row.finishReason === null ? null : [row.finishReason],
    'gen_ai.response.time_to_first_chunk': row.firstTokenMs === null ? null : row.firstTokenMs / 1000,
    'gen_ai.usage.input_tokens': row.inputTokens,
    'gen_ai.usage.output_tokens': row.outputTokens,
    'gen_ai.input.messages': row.input.map(({ role, content }) => message(role, content)),
    'gen_ai.output.messages': row.output === '' ? null : [message('assistant', row.output)],
    'http.response.status_code': row.httpStatus,
    'error.type': row.errorCode,
    'user.id': row.user,
    'airworthy.application': row.application,
    'airworthy.stage': row.stage,
    'airworthy.release.id': row.release,
    'airworthy.release.digest': row.releaseDigest,
    'airworthy.arm': row.arm,
    'airworthy.rollout.id': row.rollout?.id ?? null,
    'airworthy.rollout.share': row.rollout?.share ?? null,
    'airworthy.subject.source': row.subjectSource,
    'airworthy.abstained': row.abstained,
    'airworthy.citations': row.citations.map(({ id }) => id),
    'airworthy.citations.invalid': row.invalidCitations,
    'airworthy.usage.estimated': row.estimated,
    'airworthy.cost.micro_usd': row.costMicroUsd,
    'airworthy.cost.price_book': row.priceBook?.name ?? null,
    'airworthy.overhead_ms': row.overheadMs,
    ...Object.fromEntries(Object.entries(row.metadata).map(([name, value]) => [`airworthy.metadata.${name}`, value])),
  })
  return {
    spanId: row.spanId,
    parentSpanId: null,
    name: `${row.operation} ${row.application ?? row.requestedModel}`,
    kind: 'server',
    ...period(row.at, row.latencyMs),
    status: row.status === 'errored' ? { code: 'error', message: row.errorCode ?? 'error' } : { code: 'ok' },
    attributes,
    events:
      row.status === 'cancelled'
        ? [{ name: 'cancelled', atNs: nanoseconds(row.at, row.latencyMs), attributes: {} }]
        : [],
    ...OUR_ORIGIN,
    links: row.remoteParent ? [{ ...row.remoteParent, attributes: {} }] : [],
    meaning: {
      ...meaningOf(attributes),
      costMicroUsd: row.costMicroUsd,
    },
  }
}

const stepSpan = (row: TraceRow, step: StepRecord, index: number): Span => ({
  spanId: createHash('sha256').update(`${row.traceId}:${index}`).digest('hex').slice(0, 16),
  parentSpanId: row.spanId,
  name: step.name,
  kind: step.kind === 'generate' || step.kind === 'call-target' ? 'client' : 'internal',
  ...period(step.startedAt, step.durationMs),
  status: step.error ? { code: 'error', message: `${step.error.code}: ${step.error.message}` } : { code: 'ok' },
  attributes: { 'airworthy.step.id': step.id, 'airworthy.step.kind': step.kind, ...step.attributes },
  events: [],
  ...OUR_ORIGIN,
  meaning: meaningOf(step.attributes),
})

const OUR_ORIGIN = { resource: {}, scope: null, links: [] }

const message = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })

const period = (at: Instant, ms: number) => ({ startNs: nanoseconds(at, 0), endNs: nanoseconds(at, ms) })

const nanoseconds = (at: Instant, plusMs: number): string =>
  String(BigInt(epochMs(at)) * 1_000_000n + BigInt(Math.round(plusMs * 1_000_000)))

const withoutNulls = (attributes: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined))
