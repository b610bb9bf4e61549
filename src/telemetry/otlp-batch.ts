/**
 * The bytes of one OTLP request as rows in JSON text, cut into batches that the database takes at once. Runs in the
 * worker: unpacking, decoding and checking a large request would keep the thread that owns the port busy.
 */
import { gunzipSync } from 'node:zlib'
import { messageOf } from '../kernel/failure.ts'
import { spansOfOtlp } from './otlp.ts'
import { decodeTraces } from './otlp-protobuf.ts'

export type SpanOwner = { readonly organisation: string; readonly application: string | null }
export type OtlpFormat = 'protobuf' | 'json'

export type OtlpRequest = {
  readonly bytes: Uint8Array
  readonly format: OtlpFormat
  readonly isGzip: boolean
  readonly owner: SpanOwner
}

export type OtlpBatch =
  | { readonly kind: 'not-valid' | 'not-gzip' | 'too-large'; readonly why: string }
  | {
      readonly kind: 'spans'
      readonly batches: readonly { readonly traceIds: readonly string[]; readonly spans: string }[]
      readonly count: number
      readonly rejected: number
      readonly reason: string
    }

const BATCH_SPANS = 1000
/** A small request may unpack to gigabytes; what is larger than this is not unpacked to its end. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024

export function batchOf({ bytes, format, isGzip, owner }: OtlpRequest): OtlpBatch {
  let body = bytes
  if (isGzip)
    try {
      body = gunzipSync(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })
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
  const batches: { traceIds: string[]; spans: string }[] = []
  for (let from = 0; from < received.spans.length; from += BATCH_SPANS) {
    const spans = received.spans.slice(from, from + BATCH_SPANS)
    batches.push({ traceIds: [...new Set(spans.map((span) => span.traceId))], spans: JSON.stringify(spans) })
  }
  return { kind: 'spans', batches, count: received.spans.length, rejected: received.rejected, reason: received.reason }
}
