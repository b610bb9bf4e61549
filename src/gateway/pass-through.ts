/**
 * The pass-through: the client's bytes to a provider, the provider's bytes back. Bytes are held until the first piece
 * that means something, so that an upstream that fails early is a plain error; after that nothing is ever spliced in.
 */
import { Failure } from '../kernel/failure.ts'
import type { Call, CallSink, UpstreamHeaders } from '../models/index.ts'
import type { Usage } from '../telemetry/index.ts'
import { NOTHING_READ, type Read } from './answer-reader.ts'
import type { ChatRequest } from './chat-request.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange, Producer } from './exchange.ts'
import { JsonAnswer } from './json-answer.ts'
import { StreamAnswer } from './stream-answer.ts'
import { isUnderWay } from './stream-state.ts'

const COST = 'airworthy-cost-micro-usd'
/** What of a provider's head the client gets; the rest is between the provider and us. */
const PASSED = new Set(['content-type', 'cache-control', 'retry-after', 'x-request-id'])
const PASSED_FAMILIES = /^(?:x-ratelimit|openai)-/

export type Head = { readonly status: number; readonly headers: UpstreamHeaders }

/** What differs between an answer in one piece and a stream. */
export type PassedAnswer = {
  /** False when the client should be waited for. */
  onPiece(piece: Buffer): boolean
  /** The provider has said all. Throws when that is less than it should be. */
  onEnd(): void
  /** What was read of an answer that broke off. */
  read(): Read
}

export class PassThrough implements CallSink, Producer {
  readonly exchange: Exchange
  readonly provider: string
  readonly #chat: ChatRequest
  readonly #model: string
  readonly #bytes: Buffer
  readonly #models: GatewayDeps['models']
  #call: Call | undefined
  #answer: PassedAnswer | undefined

  constructor(part: {
    exchange: Exchange
    chat: ChatRequest
    model: string
    provider: string
    bytes: Buffer
    models: GatewayDeps['models']
  }) {
    this.exchange = part.exchange
    this.provider = part.provider
    this.#chat = part.chat
    this.#model = part.model
    this.#bytes = part.bytes
    this.#models = part.models
  }

  /** Asks the provider. Throws when nobody could be asked. */
  start(): void {
    const { exchange, provider } = this
    exchange.facts.servedBy = this.#model
    exchange.facts.provider = provider
    exchange.asked()
    this.#call = this.#models.forward(
      {
        provider,
        path: 'chat/completions',
        body: this.#bytes,
        model: this.#model.slice(provider.length + 1),
        accept: this.#chat.stream ? 'text/event-stream' : 'application/json',
      },
      this,
    )
    // A client that hangs up while the provider thinks has cost its question.
    exchange.producer = this
  }

  onHead(status: number, headers: UpstreamHeaders): void {
    const { exchange } = this
    exchange.move('opened')
    const isStream = String(headers['content-type'] ?? '').startsWith('text/event-stream')
    exchange.facts.stream = isStream
    this.#answer = new (isStream ? StreamAnswer : JsonAnswer)(this, { status, headers })
  }

  onPiece(piece: Buffer): void {
    if (!this.#answer || this.#answer.onPiece(piece)) return
    this.#call?.pause()
    this.exchange.response.once('drain', () => this.#call?.resume())
  }

  onEnd(): void {
    this.exchange.answered()
    // Else the record is closed, and nothing may be added to it.
    if (isUnderWay(this.exchange.state)) this.#answer?.onEnd()
  }

  onFailed(thrown: unknown): void {
    // Nobody took the question.
    if (this.exchange.state === 'connecting') this.exchange.producer = undefined
    // Where the provider lives is none of the client's business.
    const isCut = thrown instanceof Failure && thrown.code === 'models.stream-cut'
    this.exchange.fail(isCut ? this.brokenOff(thrown) : thrown)
  }

  cancel(): void {
    this.#call?.cancel()
  }

  completeFacts(): void {
    this.takeFacts(this.#answer?.read() ?? NOTHING_READ)
  }

  /** Tokens as the provider counted them; else estimated from the bytes, four to a token, for what was seen. */
  takeFacts(read: Read): void {
    const { facts, at } = this.exchange
    const usage: Usage = read.usage ?? {
      inputTokens: Math.ceil(this.#bytes.length / 4),
      outputTokens: Math.ceil(read.output.length / 4),
      estimated: true,
    }
    facts.responseId = read.id
    facts.output = read.output
    facts.finishReason = read.finishReason
    facts.usage = { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, estimated: usage.estimated }
    facts.costMicroUsd = this.#models.costOf(this.#model, usage, at)
    facts.priceBook = this.#models.priceBook
  }

  /** The provider's head with ours; the cost stands in it when it is known by then, else in the trailer. */
  writeHead({ status, headers }: Head, length?: number): void {
    const { exchange } = this
    const head: string[] = []
    for (const name in headers) {
      const value = headers[name]
      if (typeof value === 'string' && (PASSED.has(name) || PASSED_FAMILIES.test(name))) head.push(name, value)
    }
    for (const one of exchange.headers) head.push(one)
    if (length === undefined) head.push('trailer', COST)
    else {
      head.push('content-length', String(length))
      if (exchange.facts.costMicroUsd !== null) head.push(COST, exchange.facts.costMicroUsd)
    }
    exchange.response.writeHead(status, head)
  }

  /** The record is kept before the last bytes leave. */
  keepRecord({ status }: Head): void {
    if (status < 400) this.exchange.complete(status)
    else this.exchange.refusedUpstream(status, codeOf(status))
  }

  addCostTrailer(): void {
    const { response, facts } = this.exchange
    if (facts.costMicroUsd !== null) response.addTrailers([[COST, facts.costMicroUsd]])
  }

  brokenOff(cause?: Failure): Failure {
    return new Failure('unavailable', 'models.stream-cut', `${this.provider} broke its answer off. Try again.`, {
      cause,
    })
  }
}

const codeOf = (status: number): string =>
  status === 429 ? 'models.upstream-limited' : status < 500 ? 'models.upstream-refused' : 'models.upstream-failed'
