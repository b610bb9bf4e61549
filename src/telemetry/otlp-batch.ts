/**
 * The bytes of one OTLP request as rows in JSON text, cut into batches that the database takes at once. Runs in the
 * worker: unpacking, decoding and checking a large request would keep the thread that owns the port busy.
 */
import { gunzipSync } from 'node:zlib'
import type { ContentSeal } from '../kernel/content-seal.ts'
import { messageOf } from '../kernel/failure.ts'
import { spansOfOtlp } from './otlp.ts'
import { MAX_OTLP_BYTES } from './otlp-contract.ts'
import { decodeTraces } from './otlp-protobuf.ts'
import { closeSpan, closeSum } from './sealing/index.ts'
import { linesOf } from './span-lines.ts'
import type { SpanRow } from './trace-row.ts'
import { sumOf } from './trace-sum.ts'

export type SpanOwner = { readonly organisation: string; readonly application: string | null }
export type OtlpFormat = 'protobuf' | 'json'

export type OtlpRequest = {
  readonly bytes: Uint8Array
  readonly format: OtlpFormat
  readonly isGzip: boolean
  readonly owner: SpanOwner
}

/** Spans, as lines to copy, and the sums of their traces (a JSON array of `TraceSum`), in the order of their ids. */
export type SpanBatch = { readonly traceIds: readonly string[]; readonly lines: Uint8Array; readonly sums: string }

export type OtlpBatch =
  | { readonly kind: 'not-valid' | 'not-gzip' | 'too-large'; readonly why: string }
  | {
      readonly kind: 'spans'
      readonly batches: readonly SpanBatch[]
      readonly count: number
      readonly rejected: number
      readonly reason: string
    }

const BATCH_SPANS = 1000

export function batchOf({ bytes, format, isGzip, owner }: OtlpRequest, seal?: ContentSeal): OtlpBatch {
  let body = bytes
  if (isGzip)
    try {
      body = gunzipSync(bytes, { maxOutputLength: MAX_OTLP_BYTES })
    } catch (thrown) {
      const isTooLarge = (thrown as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
      return { kind: isTooLarge ? 'too-large' : 'not-gzip', why: messageOf(thrown) }
    }
  let received: ReturnType<typeof spansOfOtlp>
  try {
    const request = format === 'protobuf' ? decodeTraces(body) : JSON.parse(Buffer.from(body).toString('utf8'))
    received = spansOfOtlp(request, owner)
  } catch (thrown) {
    return { kind: 'not-valid', why: messageOf(thrown) }
  }
  if (!received) return { kind: 'not-valid', why: 'resourceSpans is no list' }
  const batches: SpanBatch[] = []
  for (let from = 0; from < received.spans.length; from += BATCH_SPANS)
    batches.push(inOrder(received.spans.slice(from, from + BATCH_SPANS), seal))
  return { kind: 'spans', batches, count: received.spans.length, rejected: received.rejected, reason: received.reason }
}

/** Of spans with the same ids the first counts. */
function inOrder(spans: readonly SpanRow[], seal: ContentSeal | undefined): SpanBatch {
  const traces = new Map<string, Map<string, SpanRow>>()
  for (const span of spans) {
    const known = traces.get(span.traceId) ?? new Map<string, SpanRow>()
    traces.set(span.traceId, known)
    if (!known.has(span.spanId)) known.set(span.spanId, span)
  }
  const sorted = [...traces].sort(byId).map(([, found]) => [...found].sort(byId).map(([, span]) => span))
  const sums = sorted.map(sumOf).map((sum) => (seal?.isOn ? closeSum(sum, seal) : sum))
  const rows = sorted.flat().map((span) => (seal?.isOn ? closeSpan(span, seal) : span))
  return {
    traceIds: sums.map(({ traceId }) => traceId),
    lines: linesOf(rows),
    sums: JSON.stringify(sums),
  }
}

const byId = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1)
