/**
 * The bytes of one OTLP request as rows in JSON text, cut into batches that the database takes at once. Runs in the
 * worker: unpacking, decoding and checking a large request would keep the thread that owns the port busy.
 */
import { gunzipSync } from 'node:zlib'
import { messageOf } from '../kernel/failure.ts'
import { spansOfOtlp } from './otlp.ts'
import { decodeTraces } from './otlp-protobuf.ts'
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
/** A small request may unpack to gigabytes; what is larger than this is not unpacked to its end. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024
/** Objects and lists of a request in JSON, some 60 bytes of memory each; a span has twenty of them, or a hundred. */
const MOST_BRACKETS = 5_000_000
const [OPEN_BRACE, OPEN_BRACKET] = [0x7b, 0x5b]

export function batchOf({ bytes, format, isGzip, owner }: OtlpRequest): OtlpBatch {
  let body = bytes
  if (isGzip)
    try {
      body = gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })
    } catch (thrown) {
      const isTooLarge = (thrown as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
      return { kind: isTooLarge ? 'too-large' : 'not-gzip', why: messageOf(thrown) }
    }
  if (format === 'json' && hasTooManyValues(body)) return { kind: 'too-large', why: 'too many values' }
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
    batches.push(inOrder(received.spans.slice(from, from + BATCH_SPANS)))
  return { kind: 'spans', batches, count: received.spans.length, rejected: received.rejected, reason: received.reason }
}

/**
 * `JSON.parse` cannot be stopped: where it uses up the memory of the worker, the whole process ends with it. Brackets
 * take the most memory a byte.
 */
function hasTooManyValues(body: Uint8Array): boolean {
  let left = MOST_BRACKETS
  for (let at = 0; at < body.length && left >= 0; at += 1) {
    const byte = body[at]
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) left -= 1
  }
  return left < 0
}

/** Of spans with the same ids the first counts. */
function inOrder(spans: readonly SpanRow[]): SpanBatch {
  const traces = new Map<string, Map<string, SpanRow>>()
  for (const span of spans) {
    const known = traces.get(span.traceId) ?? new Map<string, SpanRow>()
    traces.set(span.traceId, known)
    if (!known.has(span.spanId)) known.set(span.spanId, span)
  }
  const sorted = [...traces].sort(byId).map(([, found]) => [...found].sort(byId).map(([, span]) => span))
  const sums = sorted.map(sumOf)
  return {
    traceIds: sums.map(({ traceId }) => traceId),
    lines: linesOf(sorted.flat()),
    sums: JSON.stringify(sums),
  }
}

const byId = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1)
