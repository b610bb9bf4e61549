/**
 * Answers that are made here: an application's flow, or a model that lives in this process. Both give pieces of
 * text and then the whole; this file turns that into JSON or a stream.
 */
import { epochMs } from '../kernel/time.ts'
import type { FinishReason } from '../models/index.ts'
import type { ChatRequest } from './chat-request.ts'
import type { Exchange, Facts } from './exchange.ts'
import { closingOf, completionOf, deltaOf, openingOf, type WholeAnswer } from './openai-answer.ts'
import type { Attempt } from './passed.ts'
import { isUnderWay } from './stream-state.ts'

/** What is known when the answer is whole. */
export type Produced = Pick<
  Facts,
  'usage' | 'costMicroUsd' | 'priceBook' | 'abstained' | 'citations' | 'invalidCitations' | 'steps'
> & {
  readonly text: string
  readonly finishReason: FinishReason
  readonly servedBy: string
}

export type Produce = (ask: { signal: AbortSignal; onDelta?: (text: string) => void }) => Promise<Produced>

const STREAM_HEAD = [
  'content-type',
  'text/event-stream; charset=utf-8',
  'cache-control',
  'no-cache',
  'x-accel-buffering',
  'no',
]
const COST = 'airworthy-cost-micro-usd'

/** Runs it and answers. Never rejects. */
export async function answer({
  exchange,
  chat,
  produce,
  withCitations,
  attempt,
}: {
  exchange: Exchange
  chat: ChatRequest
  produce: Produce
  withCitations: boolean
  /** Where another target may be asked after this one. */
  attempt?: Attempt | undefined
}): Promise<void> {
  const { facts, response, traceId } = exchange
  const id = `chatcmpl-${traceId}`
  const created = Math.floor(epochMs(exchange.at) / 1000)
  const opening = { id, created, model: facts.requestedModel }
  facts.responseId = id

  const onDelta = (text: string) => {
    if (text === '' || !exchange.move('sent')) return
    facts.output += text
    if (!response.headersSent) {
      response.writeHead(200, [...STREAM_HEAD, 'trailer', COST, ...exchange.headers])
      response.write(openingOf(opening) + deltaOf(opening, text))
    } else response.write(deltaOf(opening, text))
  }

  try {
    exchange.asked()
    exchange.move('opened')
    const produced = await produce({ signal: exchange.signal, ...(chat.stream && { onDelta }) })
    // The record was closed when the client went or the deadline passed; nothing may be added to it.
    if (!isUnderWay(exchange.state)) return
    exchange.answered()
    Object.assign(facts, factsOf(produced))
    const whole: WholeAnswer = {
      ...opening,
      model: produced.servedBy,
      text: produced.text,
      finishReason: produced.finishReason,
      usage: produced.usage,
      citations: withCitations ? produced.citations : undefined,
    }
    // An answer that was not streamed (a declared abstention) is sent as one piece.
    if (chat.stream && !response.headersSent) onDelta(produced.text)
    if (chat.stream) endStream(exchange, closingOf(whole, chat), opening)
    else endJson(exchange, completionOf(whole))
  } catch (thrown) {
    if (!attempt?.failed(thrown)) exchange.fail(thrown)
  }
}

function endStream(exchange: Exchange, closing: string, opening: { id: string; created: number; model: string }): void {
  const { response, facts } = exchange
  // The deadline or the client came first.
  if (!isUnderWay(exchange.state)) return
  if (!response.headersSent) {
    response.writeHead(200, [...STREAM_HEAD, 'trailer', COST, ...exchange.headers])
    response.write(openingOf(opening))
  }
  exchange.complete()
  if (facts.costMicroUsd !== null) response.addTrailers([[COST, facts.costMicroUsd]])
  response.end(closing)
}

function endJson(exchange: Exchange, body: string): void {
  const { response, facts } = exchange
  if (response.headersSent || !exchange.move('sent')) return
  exchange.complete()
  response.writeHead(200, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(body)),
    ...exchange.headers,
    ...(facts.costMicroUsd === null ? [] : [COST, facts.costMicroUsd]),
  ])
  response.end(body)
}

function factsOf({ text, servedBy, ...rest }: Produced): Partial<Facts> {
  return { ...rest, output: text, servedBy, provider: servedBy.split('/')[0] ?? null }
}
