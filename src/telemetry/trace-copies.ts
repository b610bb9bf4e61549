/** Settled events as rows that `copy` reads: less than half of what it takes the database to read them as JSON. */

import type { ContentSeal } from '../kernel/content-seal.ts'
import { type CopyBytes, createCopyBytes } from '../store/copy-bytes.ts'
import type { SpoolRecord } from './asked.ts'
import { inputOf } from './asked.ts'
import { clean } from './line.ts'
import { questionOf } from './question.ts'
import { closeTrace } from './sealing/index.ts'
import type { Settled } from './settled.ts'

export const COPY_TRACES = `copy traces (trace_id, span_id, source, at, organisation, key_id, application, stage, release,
  release_digest, arm, rollout, unit, subject_source, requested_model, served_by, provider, response_id, operation,
  stream, status, http_status, error_code, finish_reason, latency_ms, first_token_ms, overhead_ms, input_tokens,
  output_tokens, estimated, cost_micro_usd, price_book, abstained, question, citations, invalid_citations, input,
  output, steps, metadata, "user", charges, remote_parent, sealed)
  from stdin with (format binary)`
const COLUMNS = 44

/** Rows of one `copy`, in memory of their own, so that it can be handed to another thread. */
export type TraceCopy = { readonly bytes: Uint8Array<ArrayBuffer>; readonly traces: number }

/** A larger message would keep the thread busy that passes it on. */
const MOST_BYTES = 1_000_000

/** Throws where a record is no event. */
export function copiesOf(records: readonly SpoolRecord[], most: number, seal?: ContentSeal): TraceCopy[] {
  const copies: TraceCopy[] = []
  const room = Math.min(
    records.reduce((sum, record) => sum + sizeOf(record), 0),
    MOST_BYTES,
  )
  let rows = createCopyBytes(room)
  let traces = 0
  const close = () => {
    if (traces > 0) copies.push({ bytes: rows.finish(), traces })
    traces = 0
  }
  for (const record of records) {
    if (traces === most || (traces > 0 && rows.size() + sizeOf(record) > MOST_BYTES)) {
      close()
      rows = createCopyBytes(room)
    }
    const { line, asked } = record
    const event = JSON.parse(line) as Settled
    const whole = asked ? { ...event, input: inputOf(asked).map(cleanTurn) } : event
    if (seal?.isOn) {
      const closed = closeTrace(whole, seal)
      writeRow(rows, closed, closed)
    } else writeRow(rows, whole, { question: questionOf(whole.input), sealed: null })
    traces += 1
  }
  close()
  return copies
}

/** About as much as its row. */
const sizeOf = ({ line, asked }: SpoolRecord): number => line.length + (asked?.body.byteLength ?? 0)

const cleanTurn = ({ role, content }: Settled['input'][number]) => ({ role, content: clean(content) })

/** In the order of `COPY_TRACES`. */
function writeRow(
  rows: CopyBytes,
  event: Settled,
  { question, sealed }: { readonly question: string; readonly sealed: string | null },
): void {
  const { usage } = event
  rows.row(COLUMNS)
  rows.text(event.traceId)
  rows.text(event.spanId)
  rows.text('gateway')
  rows.instant(event.at)
  rows.text(event.organisation)
  rows.text(event.keyId)
  rows.text(event.application)
  rows.text(event.stage)
  rows.text(event.release)
  rows.text(event.releaseDigest)
  rows.text(event.arm)
  rows.json(event.rollout)
  rows.text(event.unit)
  rows.text(event.subjectSource)
  rows.text(event.requestedModel)
  rows.text(event.servedBy)
  rows.text(event.provider)
  rows.text(event.responseId)
  rows.text(event.operation)
  rows.boolean(event.stream)
  rows.text(event.status)
  rows.integer(event.httpStatus)
  rows.text(event.errorCode)
  rows.text(event.finishReason)
  rows.float(event.latencyMs)
  rows.float(event.firstTokenMs)
  rows.float(event.overheadMs)
  rows.integer(usage.inputTokens)
  rows.integer(usage.outputTokens)
  rows.boolean(usage.estimated)
  rows.decimal(event.costMicroUsd)
  rows.json(event.priceBook)
  rows.boolean(event.abstained)
  rows.text(question)
  rows.json(event.citations)
  rows.json(event.invalidCitations)
  rows.json(event.input)
  rows.text(event.output)
  rows.json(event.steps)
  rows.json(event.metadata)
  rows.text(event.user)
  rows.json(event.charges ?? [])
  rows.json(event.remoteParent)
  rows.text(sealed)
}
