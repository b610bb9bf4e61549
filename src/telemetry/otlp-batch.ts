/** The body of one OTLP request as rows in JSON text, cut into batches that the database takes at once. */
import { Worker } from 'node:worker_threads'
import { spansOfOtlp } from './otlp.ts'

export type OtlpBatch =
  | { readonly kind: 'not-json' }
  | {
      readonly kind: 'spans'
      readonly batches: readonly { readonly traceIds: readonly string[]; readonly spans: string }[]
      readonly count: number
      readonly rejected: number
      readonly reason: string
    }

export type SpanOwner = { readonly organisation: string; readonly application: string | null }

const BATCH_SPANS = 1000
/** Above this, parsing would keep the thread that owns the port busy for milliseconds. */
const WORKER_FROM = 256 * 1024

/** Small bodies here, large ones in a worker. */
export function parseOtlp(text: string, owner: SpanOwner): Promise<OtlpBatch> {
  if (text.length < WORKER_FROM) return Promise.resolve(batchOf(text, owner))
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./otlp-worker.ts', import.meta.url), { workerData: { text, owner } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

export function batchOf(text: string, owner: SpanOwner): OtlpBatch {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { kind: 'not-json' }
  }
  const received = spansOfOtlp(body, owner)
  if (!received) return { kind: 'not-json' }
  const batches: { traceIds: string[]; spans: string }[] = []
  for (let from = 0; from < received.spans.length; from += BATCH_SPANS) {
    const spans = received.spans.slice(from, from + BATCH_SPANS)
    batches.push({ traceIds: [...new Set(spans.map((span) => span.traceId))], spans: JSON.stringify(spans) })
  }
  return { kind: 'spans', batches, count: received.spans.length, rejected: received.rejected, reason: received.reason }
}
