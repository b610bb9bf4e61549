/**
 * One question to a provider, whatever becomes of its answer: asked, waited for, given up, and failed in one way. What
 * is done with the head and the pieces is with those who extend it.
 */
import { turnsShown } from '../core/asked.ts'
import { Failure } from '../kernel/failure.ts'
import { type Call, type CallSink, type ForwardAsk, mayHeal, type UpstreamHeaders } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import { FirstTokenClock } from './first-token-clock.ts'
import { type Asked, Passed } from './passed.ts'
import type { Producer } from './producer.ts'
import { isUnderWay } from './stream-state.ts'

export type ChatAsked = Asked & { readonly chat: ClientRequest }

/** What differs between a request that passes and one that is translated. */
type Question = Pick<ForwardAsk, 'call' | 'body' | 'headers' | 'isTranslated'>

/** What is read of a refusal before it is decided on, and how long that may take. */
const REFUSAL_BYTES = 64 * 1024
const REFUSAL_MS = 1_000

/** A refusal whose words are still coming: they say whose fault it is, and how long to wait. */
type Refusal = {
  readonly status: number
  readonly headers: UpstreamHeaders
  readonly pieces: Buffer[]
  bytes: number
  readonly timer: NodeJS.Timeout
}

export abstract class ProviderAsk implements CallSink, Producer {
  protected readonly asked: ChatAsked
  protected readonly passed: Passed
  protected readonly firstToken: FirstTokenClock
  readonly drains: boolean
  #call: Call | undefined
  #refusal: Refusal | undefined

  constructor(asked: ChatAsked) {
    this.asked = asked
    this.passed = new Passed(asked)
    this.firstToken = new FirstTokenClock(asked, this)
    this.drains = asked.drains === true
  }

  protected abstract takePiece(piece: Buffer): void
  protected abstract takeEnd(): void
  abstract completeFacts(): void

  countFacts(): Promise<void> {
    const { protocol, body } = this.asked.chat
    return this.passed.countFacts(turnsShown(protocol.messages(body)))
  }

  /** The provider has taken the question. */
  protected abstract begin(status: number, headers: UpstreamHeaders): void

  /** Asks the provider. Throws when nobody could be asked. */
  protected ask(question: Question): void {
    const { exchange, provider, model, models, chat, timeouts, attempt } = this.asked
    exchange.facts.servedBy = model
    exchange.facts.provider = provider
    exchange.asked()
    this.#call = models.forward(
      {
        ...question,
        provider,
        credential: attempt?.credential,
        model: model.slice(provider.length + 1),
        accept: chat.stream ? 'text/event-stream' : 'application/json',
        ...(timeouts && { timeouts }),
      },
      this,
    )
    // A client that hangs up while the provider thinks has cost its question.
    exchange.producer = this
    this.firstToken.start()
  }

  onHead(status: number, headers: UpstreamHeaders): void {
    if (!this.asked.attempt || !mayHeal(status)) {
      this.#begin(status, headers)
      return
    }
    const timer = setTimeout(() => this.#decideLate(), REFUSAL_MS)
    this.#refusal = { status, headers, pieces: [], bytes: 0, timer }
  }

  onPiece(piece: Buffer): void {
    const refusal = this.#refusal
    if (!refusal) {
      this.takePiece(piece)
      return
    }
    refusal.pieces.push(piece)
    refusal.bytes += piece.length
    if (refusal.bytes > REFUSAL_BYTES) this.#decide()
  }

  onEnd(): void {
    if (this.#refusal && this.#decide()) return
    this.takeEnd()
  }

  /** True when another attempt took over. */
  #decide(): boolean {
    const refusal = this.#refusal
    if (!refusal) return false
    this.#refusal = undefined
    clearTimeout(refusal.timer)
    const { status, headers, pieces } = refusal
    const text = Buffer.concat(pieces).toString('utf8')
    if (this.asked.attempt?.refused(status, headers, text)) {
      this.cancel()
      return true
    }
    // The request may have ended while it was read.
    if (!isUnderWay(this.asked.exchange.state)) return false
    this.#begin(status, headers)
    for (const piece of pieces) this.takePiece(piece)
    return false
  }

  /** Its words do not come. Outside of the reader of the connection nobody else tells of what is thrown. */
  #decideLate(): void {
    try {
      this.#decide()
    } catch (thrown) {
      this.cancel()
      this.onFailed(thrown)
    }
  }

  #begin(status: number, headers: UpstreamHeaders): void {
    this.passed.demandAnswer(status)
    this.asked.exchange.move('opened')
    this.begin(status, headers)
  }

  onFailed(thrown: unknown): void {
    const { exchange, attempt } = this.asked
    this.firstToken.stop()
    exchange.drained()
    if (this.#refusal) {
      // It broke off while it refused: what came of it says enough.
      if (this.#decide()) return
    } else if (attempt?.failed(thrown)) return
    // Nobody took the question.
    if (exchange.state === 'connecting') exchange.producer = undefined
    // Where the provider lives is none of the client's business.
    const isCut = thrown instanceof Failure && thrown.code === 'models.stream-cut'
    exchange.fail(isCut ? this.passed.brokenOff(thrown) : thrown)
  }

  cancel(): void {
    this.firstToken.stop()
    clearTimeout(this.#refusal?.timer)
    this.#call?.cancel()
  }

  /** The provider waits until the client has read. */
  protected waitForClient(): void {
    const { response } = this.asked.exchange
    this.#call?.pause()
    const goOn = () => this.#call?.resume()
    response.once('drain', goOn)
    // Without the client there is nobody to wait for.
    if (this.drains) response.once('close', goOn)
  }
}
