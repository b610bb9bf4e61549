/**
 * Answers that are made here: an application's flow, or a model that lives in this process. Both give pieces of
 * text and then the whole; the client's dialect turns that into JSON or a stream.
 */
import { type Answer, type AnswerEvent, reduce, type StreamWriter } from '../dialects/index.ts'
import { epochMs } from '../kernel/time.ts'
import type { FinishReason, ToolCall } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import { COST_TRAILER, costHeaders, costTrailers } from './cost-headers.ts'
import type { Exchange } from './exchange.ts'
import { GUARDRAILS_HEADER, guardrailsSaid } from './guard-verdicts.ts'
import type { Attempt } from './passed.ts'
import type { Facts } from './settled-draft.ts'
import { isUnderWay } from './stream-state.ts'

/** What is known when the answer is whole. */
export type Produced = Pick<
  Facts,
  'usage' | 'costMicroUsd' | 'priceBook' | 'charges' | 'abstained' | 'citations' | 'invalidCitations' | 'steps'
> & {
  readonly text: string
  readonly finishReason: FinishReason
  readonly servedBy: string
  /** What the client has to call before the answer goes on. */
  readonly calls?: readonly ToolCall[]
}

/** What looking for a kept answer by meaning took, which belongs to the cost of whatever answers. */
export type LookedUp = Pick<Produced, 'steps' | 'charges' | 'costMicroUsd'>

export type Produce = (ask: { signal: AbortSignal; onDelta?: (text: string) => void }) => Promise<Produced>

const STREAM_HEAD = [
  'content-type',
  'text/event-stream; charset=utf-8',
  'cache-control',
  'no-cache',
  'x-accel-buffering',
  'no',
]

/** Runs it and answers. Never rejects. */
export async function answer({
  exchange,
  chat,
  produce,
  withCitations,
  attempt,
}: {
  exchange: Exchange
  chat: ClientRequest
  produce: Produce
  withCitations: boolean
  /** Where another target may be asked after this one. */
  attempt?: Attempt | undefined
}): Promise<void> {
  const { facts, response, protocol } = exchange
  const head = headOf(exchange)
  facts.responseId = head.id
  exchange.keeper ??= exchange.storing
  const writer = protocol.inbound.createWriter(head, chat)

  const onDelta = (text: string) => {
    if (text === '' || !exchange.move('sent')) return
    facts.output += text
    const isFirst = !response.headersSent
    if (isFirst) writeStreamHead(exchange)
    exchange.write(`${isFirst ? writer.push(OPEN) : ''}${writer.push({ type: 'delta', block: 0, text })}`)
  }

  try {
    exchange.asked()
    exchange.move('opened')
    const produced = await produce({ signal: exchange.signal, ...(chat.stream && { onDelta }) })
    // The record was closed when the client went or the deadline passed; nothing may be added to it.
    if (!isUnderWay(exchange.state)) return
    exchange.answered()
    Object.assign(facts, factsOf(produced))
    const closing = closingOf(produced, withCitations)
    // An answer that was not streamed (a declared abstention) is sent as one piece.
    if (chat.stream && !response.headersSent) onDelta(produced.text)
    if (chat.stream) endStream(exchange, writer, { closing, hasText: hasText(produced) })
    else endJson(exchange, reduce([...textOf(produced), ...closing]), produced)
  } catch (thrown) {
    if (!attempt?.failed(thrown)) exchange.fail(thrown)
  }
}

/** What an answer of ours is called, until it is known who served. */
export const headOf = ({ protocol, traceId, at, facts, repeated }: Exchange) => ({
  id: `${protocol.idPrefix}${traceId}`,
  created: Math.floor(epochMs(at) / 1000),
  model: facts.requestedModel,
  ...(repeated && { repeated }),
})

const OPEN: AnswerEvent = { type: 'open', block: 0, start: { kind: 'text' } }

/** What asks for calls alone has no text, and an empty one is refused when it is sent back. */
const hasText = ({ text, calls = [] }: Produced): boolean => text !== '' || calls.length === 0

const textOf = (produced: Produced): AnswerEvent[] =>
  hasText(produced) ? [OPEN, { type: 'delta', block: 0, text: produced.text }] : []

const callEvents = ({ calls = [] }: Produced): AnswerEvent[] =>
  calls.flatMap(({ id, name, arguments: given }, at): AnswerEvent[] => [
    { type: 'open', block: at + 1, start: { kind: 'tool-call', id, name } },
    { type: 'delta', block: at + 1, text: given },
    { type: 'close', block: at + 1 },
  ])

const closingOf = (produced: Produced, withCitations: boolean): AnswerEvent[] => [
  ...(hasText(produced) ? [{ type: 'close', block: 0 } as const] : []),
  ...callEvents(produced),
  { type: 'start', model: produced.servedBy },
  { type: 'usage', usage: { inputTokens: produced.usage.inputTokens, outputTokens: produced.usage.outputTokens } },
  ...(withCitations ? [{ type: 'sources', sources: produced.citations } as const] : []),
  { type: 'finish', reason: produced.finishReason },
  { type: 'end' },
]

export function writeStreamHead(exchange: Exchange): void {
  const behind = exchange.isGuarded ? `${COST_TRAILER}, ${GUARDRAILS_HEADER}` : COST_TRAILER
  exchange.response.writeHead(200, [...STREAM_HEAD, 'trailer', behind, ...exchange.headers])
}

/** What is known only behind a stream: its cost, and all that guardrails said. */
export function trailersOf(facts: Facts): [string, string][] {
  const said = guardrailsSaid(facts)
  return [...costTrailers(facts), ...(said === undefined ? [] : [[GUARDRAILS_HEADER, said] as [string, string]])]
}

function endStream(
  exchange: Exchange,
  writer: StreamWriter,
  { closing, hasText }: { closing: readonly AnswerEvent[]; hasText: boolean },
): void {
  const { response, facts } = exchange
  // The deadline or the client came first.
  if (!isUnderWay(exchange.state)) return
  if (!response.headersSent) {
    writeStreamHead(exchange)
    if (hasText) writer.push(OPEN)
  }
  exchange.complete()
  response.addTrailers(trailersOf(facts))
  exchange.end(closing.map((event) => writer.push(event)).join(''))
}

function endJson(exchange: Exchange, whole: Answer, { servedBy }: Produced): void {
  const { response, facts, protocol } = exchange
  if (response.headersSent || !exchange.move('sent')) return
  const body = JSON.stringify(protocol.inbound.writeAnswer(whole, { ...headOf(exchange), model: servedBy }))
  exchange.complete()
  response.writeHead(200, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(body)),
    ...exchange.headers,
    ...costHeaders(facts),
  ])
  exchange.end(body)
}

function factsOf({ text, servedBy, calls: _, ...rest }: Produced): Partial<Facts> {
  return { ...rest, output: text, servedBy, provider: servedBy.split('/')[0] ?? null }
}
