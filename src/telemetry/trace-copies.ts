/**
 * Settled events as lines that `copy` reads: half of what it takes the database to read them as JSON. A line end, a tab
 * or a backslash is marked with a backslash, as `copy` writes them itself.
 */

import type { ContentSeal } from '../kernel/content-seal.ts'
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
  from stdin`

/** Lines of one `copy`, in memory of their own, so that it can be handed to another thread. */
export type TraceCopy = { readonly bytes: Uint8Array<ArrayBuffer>; readonly traces: number }

/** A larger message would keep the thread busy that passes it on. */
const MOST_CHARACTERS = 1_000_000

/** Throws where a record is no event. */
export function copiesOf(records: readonly SpoolRecord[], most: number, seal?: ContentSeal): TraceCopy[] {
  const copies: TraceCopy[] = []
  let text = ''
  let traces = 0
  const close = () => {
    if (traces > 0) copies.push({ bytes: new TextEncoder().encode(text), traces })
    text = ''
    traces = 0
  }
  for (const { line, asked } of records) {
    const event = JSON.parse(line) as Settled
    const whole = asked ? { ...event, input: inputOf(asked).map(cleanTurn) } : event
    const row = rowOf(
      seal?.isOn ? closeTrace(whole, seal) : { ...whole, question: questionOf(whole.input), sealed: null },
    )
    if (traces === most || text.length + row.length > MOST_CHARACTERS) close()
    text += row
    traces += 1
  }
  close()
  return copies
}

const cleanTurn = ({ role, content }: Settled['input'][number]) => ({ role, content: clean(content) })

function rowOf(event: Settled & { question: string; sealed: string | null }): string {
  const { usage, input, question } = event
  const values = [
    event.traceId,
    event.spanId,
    'gateway',
    event.at,
    said(event.organisation),
    said(event.keyId),
    said(event.application),
    said(event.stage),
    said(event.release),
    said(event.releaseDigest),
    said(event.arm),
    json(event.rollout),
    said(event.unit),
    said(event.subjectSource),
    said(event.requestedModel),
    said(event.servedBy),
    said(event.provider),
    said(event.responseId),
    said(event.operation),
    event.stream,
    said(event.status),
    event.httpStatus,
    said(event.errorCode),
    said(event.finishReason),
    event.latencyMs,
    event.firstTokenMs ?? NULL,
    event.overheadMs,
    usage.inputTokens,
    usage.outputTokens,
    usage.estimated,
    event.costMicroUsd ?? NULL,
    json(event.priceBook),
    event.abstained,
    said(question),
    list(event.citations),
    list(event.invalidCitations),
    json(input),
    said(event.output),
    list(event.steps),
    json(event.metadata),
    said(event.user),
    list(event.charges ?? []),
    json(event.remoteParent),
    said(event.sealed),
  ]
  return `${values.join('\t')}\n`
}

/** Nothing at all; a text that is empty stays one. */
const NULL = '\\N'
const said = (text: string | null | undefined): string =>
  text === null || text === undefined ? NULL : /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, marked) : text

/** JSON holds no line end and no tab. */
const json = (value: unknown): string =>
  value === null || value === undefined ? NULL : JSON.stringify(value).replaceAll('\\', '\\\\')

const list = (values: readonly unknown[]): string => (values.length === 0 ? '[]' : json(values))

const marked = (one: string): string => (one === '\n' ? '\\n' : one === '\r' ? '\\r' : one === '\t' ? '\\t' : '\\\\')
