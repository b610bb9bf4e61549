/** Spans of other programs into the database: read in the worker, kept in batches, foreign traces left alone. */

import type { ContentSeal } from '../kernel/content-seal.ts'
import { Failure } from '../kernel/failure.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { Caller } from '../wire/caller.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { createBatchJoiner } from './batch-joiner.ts'
import type { OtlpFormat, SpanBatch } from './otlp-batch.ts'
import { createOtlpReader } from './otlp-reader.ts'
import { filterLines } from './span-lines.ts'
import { addSpans, foreignTraces, knownSpans } from './store.ts'
import type { TraceSum } from './trace-sum.ts'

const UNIQUE_VIOLATION = '23505'
/** Of one batch; somebody else may add the same spans between looking and adding. */
const MOST_TURNS = 5

export type OtlpReceiverDeps = {
  readonly db: Database
  readonly publish: (event: ChangeEvent) => void
  readonly seal: ContentSeal | undefined
}

export function createOtlpReceiver({ db, publish, seal }: OtlpReceiverDeps) {
  const reader = createOtlpReader({ seal })
  const joiner = createBatchJoiner({ add })

  /** An exporter that had no answer sends again: what is there already is left out, and so much the slower. */
  async function add(batch: SpanBatch): Promise<void> {
    let rest = batch
    for (let turn = 1; ; turn += 1)
      try {
        return await inTransaction(db, (tx) => addSpans(tx, rest, seal))
      } catch (thrown) {
        if (!isThereAlready(thrown) || turn === MOST_TURNS) throw thrown
        const known = await knownSpans(db, batch.traceIds)
        const { lines } = filterLines(batch.lines, (traceId, spanId) => !known.has(`${traceId} ${spanId}`))
        rest = { ...batch, lines }
      }
  }

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
        const kept = foreign.size === 0 ? { batch: sent, refused: 0 } : withoutTraces(sent, foreign)
        if (kept.refused > 0) {
          rejected += kept.refused
          reason ||= 'a trace belongs to another application'
        }
        await joiner.add(kept.batch)
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
      'Unpacked it has more than 16 MB. Send smaller batches.',
    )
  if (kind === 'not-gzip')
    return new Failure('invalid', 'telemetry.otlp-not-gzip', `The body says it is gzip and is not: ${why}.`)
  return new Failure(
    'invalid',
    'telemetry.otlp-not-valid',
    `The body is no OTLP request of the content type that it names: ${why}. Send an ExportTraceServiceRequest.`,
  )
}

function withoutTraces(
  { traceIds, lines, sums }: SpanBatch,
  foreign: ReadonlySet<string>,
): { batch: SpanBatch; refused: number } {
  const { lines: kept, refused } = filterLines(lines, (traceId) => !foreign.has(traceId))
  const own = (JSON.parse(sums) as TraceSum[]).filter(({ traceId }) => !foreign.has(traceId))
  const batch = { traceIds: traceIds.filter((id) => !foreign.has(id)), lines: kept, sums: JSON.stringify(own) }
  return { batch, refused }
}

const isThereAlready = (thrown: unknown): boolean => (thrown as { code?: unknown } | null)?.code === UNIQUE_VIOLATION
