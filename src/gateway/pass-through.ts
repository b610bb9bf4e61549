/**
 * The pass-through: the client's bytes to a provider, the provider's bytes back. Bytes are held until the first piece
 * that means something, so that an upstream that fails early is a plain error; after that nothing is ever spliced in.
 */
import { Failure } from '../kernel/failure.ts'
import type { Call, CallSink, UpstreamHeaders } from '../models/index.ts'
import type { ClientRequest } from './client-request.ts'
import type { Producer } from './exchange.ts'
import { FirstTokenClock } from './first-token-clock.ts'
import { JsonAnswer } from './json-answer.ts'
import { type Asked, type Head, Passed, type PassedAnswer } from './passed.ts'
import { NOTHING_READ } from './protocols/read.ts'
import { isHealableStatus } from './retry.ts'
import { looksLikeStream } from './sse-events.ts'
import { StreamAnswer } from './stream-answer.ts'
import { isUnderWay } from './stream-state.ts'

export class PassThrough implements CallSink, Producer {
  readonly #asked: Asked & { readonly chat: ClientRequest }
  readonly #passed: Passed
  readonly #firstToken: FirstTokenClock
  readonly drains: boolean
  #call: Call | undefined
  #answer: PassedAnswer | undefined
  #head: Head | undefined
  #isFirst = true

  constructor(asked: Asked & { readonly chat: ClientRequest }) {
    this.#asked = asked
    this.#passed = new Passed(asked)
    this.#firstToken = new FirstTokenClock(asked, this)
    this.drains = asked.drains === true
  }

  /** Asks the provider. Throws when nobody could be asked. */
  start(): void {
    const { exchange, provider, model, bytes, models, chat, timeouts } = this.#asked
    exchange.facts.servedBy = model
    exchange.facts.provider = provider
    exchange.asked()
    this.#call = models.forward(
      {
        provider,
        call: chat.protocol.call,
        body: bytes,
        headers: exchange.request.headers,
        model: model.slice(provider.length + 1),
        accept: chat.stream ? 'text/event-stream' : 'application/json',
        ...(timeouts && { timeouts }),
      },
      this,
    )
    // A client that hangs up while the provider thinks has cost its question.
    exchange.producer = this
    this.#firstToken.start()
  }

  onHead(status: number, headers: UpstreamHeaders): void {
    const { exchange, attempt } = this.#asked
    if (isHealableStatus(status) && attempt?.refused(status, headers)) {
      this.cancel()
      return
    }
    this.#passed.demandAnswer(status)
    exchange.move('opened')
    this.#head = { status, headers }
    const type = String(headers['content-type'] ?? '')
    this.#begin(type.startsWith('text/event-stream'))
  }

  #begin(isStream: boolean): void {
    if (!this.#head) return
    this.#asked.exchange.facts.stream = isStream
    // Its answer will come in one piece, and it has begun.
    if (!isStream) this.#firstToken.stop()
    this.#answer = new (isStream ? StreamAnswer : JsonAnswer)(this.#passed, this.#head)
  }

  onPiece(piece: Buffer): void {
    if (this.#isFirst) {
      this.#isFirst = false
      this.#lookAt(piece)
    }
    if (!this.#answer || this.#answer.onPiece(piece)) return
    if (this.#asked.exchange.response.destroyed) return
    this.#call?.pause()
    const { response } = this.#asked.exchange
    const goOn = () => this.#call?.resume()
    response.once('drain', goOn)
    // Without the client there is nobody to wait for.
    if (this.drains) response.once('close', goOn)
  }

  /** Some servers stream under another type, and would be held as one answer until their end. */
  #lookAt(piece: Buffer): void {
    if (!this.#head || !this.#asked.chat.stream || this.#answer instanceof StreamAnswer) return
    if (!looksLikeStream(piece)) return
    this.#head = { ...this.#head, headers: { ...this.#head.headers, 'content-type': 'text/event-stream' } }
    this.#begin(true)
  }

  onEnd(): void {
    this.#firstToken.stop()
    this.#asked.exchange.answered()
    this.#asked.exchange.drained()
    // Else the record is closed, and nothing may be added to it.
    if (isUnderWay(this.#asked.exchange.state)) this.#answer?.onEnd()
  }

  onFailed(thrown: unknown): void {
    this.#firstToken.stop()
    this.#asked.exchange.drained()
    if (this.#asked.attempt?.failed(thrown)) return
    // Nobody took the question.
    if (this.#asked.exchange.state === 'connecting') this.#asked.exchange.producer = undefined
    // Where the provider lives is none of the client's business.
    const isCut = thrown instanceof Failure && thrown.code === 'models.stream-cut'
    this.#asked.exchange.fail(isCut ? this.#passed.brokenOff(thrown) : thrown)
  }

  cancel(): void {
    this.#firstToken.stop()
    this.#call?.cancel()
  }

  completeFacts(): void {
    this.#passed.takeFacts(this.#answer?.read() ?? NOTHING_READ)
  }
}
