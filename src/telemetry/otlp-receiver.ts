/** Spans of other programs into the database: read in the worker, kept in batches, foreign traces left alone. */
import { Failure } from '../kernel/failure.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { Caller } from '../wire/caller.ts'
import type { ChangeEvent } from '../wire/events.ts'
import type { OtlpFormat, SpanBatch } from './otlp-batch.ts'
import { createOtlpReader } from './otlp-reader.ts'
import { addSpans, foreignTraces } from './store.ts'

export function createOtlpReceiver({ db, publish }: { db: Database; publish: (event: ChangeEvent) => void }) {
  const reader = createOtlpReader()
  return {
    /** Takes spans of other programs in. Answers when they are committed. */
    async receive({ caller, ...sent }: { caller: Caller; bytes: Uint8Array; format: OtlpFormat; isGzip: boolean }) {
      const owner = { organisation: caller.organisation, application: caller.application }
      const batch = await reader.read({ ...sent, owner })
      if (batch.kind !== 'spans') throw notRead(batch.kind, batch.why)
      let { rejected, reason } = batch
      for (const sent of batch.batches) {
        const foreign =
          caller.application === null
            ? new Set<string>()
            : await foreignTraces(db, { traceIds: sent.traceIds, application: caller.application })
        const kept = foreign.size === 0 ? sent : withoutTraces(sent, foreign)
        if (foreign.size > 0) {
          rejected += countOf(sent.spans) - countOf(kept.spans)
          reason ||= 'a trace belongs to another application'
        }
        await inTransaction(db, (tx) => addSpans(tx, kept))
      }
      if (batch.count > 0)
        publish({ topic: 'trace', id: batch.batches[0]?.traceIds[0] ?? '', application: caller.application })
      return { accepted: batch.count, rejected, reason }
    },

    close: () => reader.close(),
  }
}

function notRead(kind: 'not-valid' | 'not-gzip' | 'too-large', why: string): Failure {
  if (kind === 'too-large')
    return new Failure(
      'too-large',
      'telemetry.otlp-too-large',
      'Unpacked it has more than 64 MB. Send smaller batches.',
    )
  if (kind === 'not-gzip')
    return new Failure('invalid', 'telemetry.otlp-not-gzip', `The body says it is gzip and is not: ${why}.`)
  return new Failure(
    'invalid',
    'telemetry.otlp-not-valid',
    `The body is no OTLP request of the content type that it names: ${why}. Send an ExportTraceServiceRequest.`,
  )
}

function withoutTraces({ traceIds, spans, sums }: SpanBatch, foreign: ReadonlySet<string>): SpanBatch {
  const without = (rows: string) =>
    JSON.stringify((JSON.parse(rows) as { traceId: string }[]).filter((row) => !foreign.has(row.traceId)))
  return { traceIds: traceIds.filter((id) => !foreign.has(id)), spans: without(spans), sums: without(sums) }
}

const countOf = (spans: string): number => (JSON.parse(spans) as unknown[]).length
