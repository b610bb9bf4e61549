/**
 * Which columns hold what was said, and what stands in them when it is sealed. All of a row's contents are one sealed text
 * in its column `sealed`, without which the row is in clear; the question of a trace is sealed by itself, because lists
 * show it. What is counted, filtered and added up stays in clear: ids, times, amounts, names, codes, metadata, users.
 */

import { type ContentSeal, unreadable } from '../../kernel/content-seal.ts'
import type { Feedback } from '../contract.ts'
import { questionOf } from '../question.ts'
import type { Settled, StepRecord } from '../settled.ts'
import type { SpanRow, TraceRow } from '../trace-row.ts'

export type Sealed<Row> = Row & { readonly sealed: string | null }
/** A row of a list, of whose contents the question alone was read. */
export type Listed<Row> = Row & { readonly isSealed: boolean }

type TraceContent = Pick<Settled, 'input' | 'output' | 'citations' | 'invalidCitations' | 'steps'>

/** The contents of a trace and its question, which is given where there is no input. */
export function closeTrace<Row extends TraceContent & { traceId: string }>(
  row: Row,
  seal: ContentSeal,
  asked = questionOf(row.input),
): Sealed<Row & { question: string }> {
  const { traceId, input, output, citations, invalidCitations, steps } = row
  const content: TraceContent = { input, output, citations, invalidCitations, steps }
  return {
    ...row,
    ...{ input: [], output: '', citations: [], invalidCitations: [], steps: steps.map(outlineOf) },
    question: closeQuestion(traceId, asked, seal),
    sealed: seal.close(`trace ${traceId}`, JSON.stringify(content)),
  }
}

export function openTrace({ sealed, ...row }: Sealed<TraceRow>, seal: ContentSeal | undefined): TraceRow {
  if (sealed === null) return row
  return openQuestion({ ...row, ...openSaid(row.traceId, sealed, seal), isSealed: true }, seal)
}

/** The contents alone; nothing in them of a trace that was sent to us. */
export const openSaid = (traceId: string, sealed: string, seal: ContentSeal | undefined): Partial<TraceContent> =>
  openJson<Partial<TraceContent>>(`trace ${traceId}`, sealed, seal)

/** Of a trace that was sent to us, of which lists show all that there is: its spans say the rest. */
export const closeSum = <Sum extends { traceId: string; question: string }>(
  sum: Sum,
  seal: ContentSeal,
): Sealed<Sum> => ({
  ...sum,
  question: closeQuestion(sum.traceId, sum.question, seal),
  sealed: seal.close(`trace ${sum.traceId}`, '{}'),
})

export function openQuestion<Row extends { traceId: string; question: string }>(
  { isSealed, ...row }: Listed<Row>,
  seal: ContentSeal | undefined,
): Omit<Listed<Row>, 'isSealed'> {
  if (!isSealed || row.question === '') return row
  const owner = `question ${row.traceId}`
  if (!seal) throw unreadable(owner)
  return { ...row, question: seal.open(owner, row.question) }
}

/** One that was asked nothing stays countable as such. */
const closeQuestion = (traceId: string, question: string, seal: ContentSeal): string =>
  question === '' ? '' : seal.close(`question ${traceId}`, question)

/** What sums are made of: the steps, how long they took, and what a kept answer saved or a guardrail decided. */
const outlineOf = ({ error, attributes, ...step }: StepRecord): StepRecord => ({
  ...step,
  attributes: Object.fromEntries(SUMMED.flatMap((name) => (name in attributes ? [[name, attributes[name]]] : []))),
  error: error && { code: error.code, message: '' },
})

const SUMMED = ['airworthy.cache', 'airworthy.cache.saved_micro_usd', 'airworthy.guardrail.verdict']

type SpanContent = Pick<SpanRow, 'status' | 'attributes' | 'events' | 'links' | 'meaning'>

export function closeSpan(row: SpanRow, seal: ContentSeal): Sealed<SpanRow> {
  const { status, attributes, events, links, meaning } = row
  const content: SpanContent = { status, attributes, events, links, meaning }
  const { messages, toolCalls: _, ...rest } = meaning
  return {
    ...row,
    ...{ status: { code: status.code }, attributes: {}, events: [], links: [] },
    // That there are some is what tells which span the question is in.
    meaning: { ...rest, ...(messages && { messages: [] }) },
    sealed: seal.close(spanOwner(row), JSON.stringify(content)),
  }
}

export const openSpan = ({ sealed, ...row }: Sealed<SpanRow>, seal: ContentSeal | undefined): SpanRow =>
  sealed === null ? row : { ...row, ...openJson<SpanContent>(spanOwner(row), sealed, seal) }

const spanOwner = ({ traceId, spanId }: Pick<SpanRow, 'traceId' | 'spanId'>) => `span ${traceId} ${spanId}`

export const closeFeedback = (row: Feedback, seal: ContentSeal): Sealed<Feedback> => {
  const { id, comment, correction } = row
  const sealed = seal.close(`feedback ${id}`, JSON.stringify({ comment, correction }))
  return { ...row, comment: null, correction: null, sealed }
}

export const openFeedback = ({ sealed, ...row }: Sealed<Feedback>, seal: ContentSeal | undefined): Feedback =>
  sealed === null
    ? row
    : { ...row, ...openJson<Pick<Feedback, 'comment' | 'correction'>>(`feedback ${row.id}`, sealed, seal) }

/** An answer that its client builds on, and all that was asked before it. */
export type ResponseContent = { readonly input: string; readonly response: string }

export const closeResponse = <Row extends ResponseContent & { id: string }>(
  row: Row,
  seal: ContentSeal,
): Sealed<Row> => {
  const { id, input, response } = row
  const sealed = seal.close(`response ${id}`, JSON.stringify({ input, response }))
  return { ...row, input: '', response: '', sealed }
}

export const openResponse = <Row extends Sealed<ResponseContent & { id: string }>>(
  row: Row,
  seal: ContentSeal | undefined,
): Row =>
  row.sealed === null
    ? row
    : { ...row, ...openJson<ResponseContent>(`response ${row.id}`, row.sealed, seal), sealed: null }

/** What was closed above has the shape that it had. */
function openJson<Content>(owner: string, sealed: string, seal: ContentSeal | undefined): Content {
  if (!seal) throw unreadable(owner)
  return JSON.parse(seal.open(owner, sealed)) as Content
}
