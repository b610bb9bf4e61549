/**
 * One question to a provider, whatever becomes of its answer: asked, waited for, given up, and failed in one way. What
 * is done with the head and the pieces is with those who extend it.
 */
import { Failure } from '../kernel/failure.ts'
import type { Call, CallSink, ForwardAsk, UpstreamHeaders } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import type { Producer } from './exchange.ts'
import { FirstTokenClock } from './first-token-clock.ts'
import { type Asked, Passed } from './passed.ts'
import { isHealableStatus } from './retry.ts'

export type ChatAsked = Asked & { readonly chat: ClientRequest }

/** What differs between a request that passes and one that is translated. */
type Question = Pick<ForwardAsk, 'call' | 'body' | 'headers' | 'isTranslated'>

export abstract class ProviderAsk implements CallSink, Producer {
  protected readonly asked: ChatAsked
  protected readonly passed: Passed
  protected readonly firstToken: FirstTokenClock
  readonly drains: boolean
  #call: Call | undefined

  constructor(asked: ChatAsked) {
    this.asked = asked
    this.passed = new Passed(asked)
    this.firstToken = new FirstTokenClock(asked, this)
    this.drains = asked.drains === true
  }

  abstract onPiece(piece: Buffer): void
  abstract onEnd(): void
  abstract completeFacts(): void
  /** The provider has taken the question. */
  protected abstract begin(status: number, headers: UpstreamHeaders): void

  /** Asks the provider. Throws when nobody could be asked. */
  protected ask(question: Question): void {
    const { exchange, provider, model, models, chat, timeouts } = this.asked
    exchange.facts.servedBy = model
    exchange.facts.provider = provider
    exchange.asked()
    this.#call = models.forward(
      {
        ...question,
        provider,
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
    const { exchange, attempt } = this.asked
    if (isHealableStatus(status) && attempt?.refused(status, headers)) {
      this.cancel()
      return
    }
    this.passed.demandAnswer(status)
    exchange.move('opened')
    this.begin(status, headers)
  }

  onFailed(thrown: unknown): void {
    const { exchange, attempt } = this.asked
    this.firstToken.stop()
    exchange.drained()
    if (attempt?.failed(thrown)) return
    // Nobody took the question.
    if (exchange.state === 'connecting') exchange.producer = undefined
    // Where the provider lives is none of the client's business.
    const isCut = thrown instanceof Failure && thrown.code === 'models.stream-cut'
    exchange.fail(isCut ? this.passed.brokenOff(thrown) : thrown)
  }

  cancel(): void {
    this.firstToken.stop()
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
