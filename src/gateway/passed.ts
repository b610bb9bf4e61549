/** What is between a provider's answer and the client's: the head, the facts, the record and the cost. */
import type { Turn } from '../core/conversation.ts'
import type { Usage } from '../core/usage.ts'
import { Failure } from '../kernel/failure.ts'
import { estimateUsage, type RouteTimeouts, type UpstreamHeaders } from '../models/index.ts'
import { COST_TRAILER, costHeaders, costTrailers } from './cost-headers.ts'
import type { GatewayDeps } from './deps.ts'
import type { Exchange } from './exchange.ts'
import type { Read } from './protocols/read.ts'

/** What of a provider's head the client gets; the rest is between the provider and us. */
const PASSED = new Set(['content-type', 'cache-control', 'retry-after', 'x-request-id'])

const isPassed = (name: string): boolean =>
  PASSED.has(name) || name.startsWith('x-ratelimit-') || name.startsWith('openai-')

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

/** Where several targets may be asked, one after the other. Both are true when another attempt takes over. */
export type Attempt = {
  /** The name of the key to use; undefined for the one in force, if any. */
  readonly credential?: string | undefined
  /** The provider's answer speaks of a failure that another may heal; `text` is what came of its body. */
  refused(status: number, headers: UpstreamHeaders, text: string): boolean
  failed(thrown: unknown): boolean
}

/** What is asked of whom. */
export type Asked = {
  readonly exchange: Exchange
  readonly model: string
  readonly provider: string
  /** The client's request. */
  readonly bytes: Buffer
  readonly models: GatewayDeps['models']
  readonly attempt?: Attempt
  readonly timeouts?: RouteTimeouts | undefined
  /** When the client hangs up, the provider's answer is read to its end, so that its usage is known. */
  readonly drains?: boolean
}

export class Passed {
  readonly exchange: Exchange
  readonly provider: string
  readonly #asked: Asked
  /** What the provider counted itself. */
  #told: Read['usage'] | undefined

  constructor(asked: Asked) {
    this.exchange = asked.exchange
    this.provider = asked.provider
    this.#asked = asked
  }

  /** Tokens as the provider counted them; else estimated from the bytes, four to a token, for what was seen. */
  takeFacts(read: Read): void {
    const { facts } = this.exchange
    const { models, attempt } = this.#asked
    facts.responseId = read.id
    facts.output = models.withoutKey(this.provider, attempt?.credential, read.output)
    facts.finishReason = read.finishReason
    this.#told = read.usage
    this.#takeUsage(usageOf(read, this.#asked.bytes.length))
  }

  /** After `takeFacts`: by the tokeniser what the provider did not count. Rejects when that cannot be. */
  async countFacts(turns: readonly Turn[]): Promise<void> {
    const { facts } = this.exchange
    const told = this.#told
    const counted = await estimateUsage(told ? [] : turns, facts.output)
    this.#takeUsage({
      ...facts.usage,
      inputTokens: told?.inputTokens ?? counted.inputTokens,
      outputTokens: Math.max(told?.outputTokens ?? 0, counted.outputTokens),
    })
  }

  #takeUsage(usage: Usage): void {
    const { model, models } = this.#asked
    const { facts, at } = this.exchange
    facts.usage = usage
    facts.charges = [{ model, at, usage }]
    facts.costMicroUsd = models.costOf(model, usage, at)
    facts.priceBook = models.priceBook
  }

  /** The provider's head with ours; the cost stands in it when it is known by then, else in the trailer. */
  writeHead({ status, headers }: Head, length?: number): void {
    const { exchange } = this
    const head: string[] = []
    for (const name in headers) {
      const value = headers[name]
      if (typeof value === 'string' && isPassed(name)) head.push(name, value)
    }
    for (const one of exchange.headers) head.push(one)
    if (length === undefined) head.push('trailer', COST_TRAILER)
    else {
      head.push('content-length', String(length))
      if (status < 400) for (const one of costHeaders(exchange.facts)) head.push(one)
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
    response.addTrailers(costTrailers(facts))
  }

  /** The provider's answer is, or holds, its word that it failed. */
  failedInside(said = 'it gave no reason'): Failure {
    const message = `${this.provider} failed: ${said}${/[.!?]$/.test(said) ? '' : '.'} Try again.`
    return new Failure('unavailable', 'models.upstream-failed', message)
  }

  /** Where a provider sends us is no address that anybody has allowed; the client is not sent there either. */
  demandAnswer(status: number): void {
    if (status >= 300 && status < 400) throw this.failedInside(`it answered ${status}, a redirect. Mend its address`)
  }

  unreadable(why: string): Failure {
    const message = `The answer of ${this.provider} cannot be read: ${why}. Try again.`
    return new Failure('unavailable', 'models.upstream-unreadable', message)
  }

  brokenOff(cause?: Failure): Failure {
    return new Failure('unavailable', 'models.stream-cut', `${this.provider} broke its answer off. Try again.`, {
      cause,
    })
  }
}

/** What was counted before the end is not the whole: some providers count the first token with the first event. */
function usageOf({ usage, output, isWhole, finishReason }: Read, bytes: number): NonNullable<Read['usage']> {
  if (usage && (isWhole || finishReason !== null)) return usage
  return {
    ...usage,
    inputTokens: usage?.inputTokens ?? Math.ceil(bytes / 4),
    outputTokens: Math.max(usage?.outputTokens ?? 0, Math.ceil(output.length / 4)),
    estimated: true,
  }
}

const codeOf = (status: number): string =>
  status === 429 ? 'models.upstream-limited' : status < 500 ? 'models.upstream-refused' : 'models.upstream-failed'
