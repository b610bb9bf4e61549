/**
 * The pass-through: the client's bytes to a provider, the provider's bytes back. Bytes are held until the first piece
 * that means something, so that an upstream that fails early is a plain error; after that nothing is ever spliced in.
 */
import type { UpstreamHeaders } from '../models/index.ts'
import { JsonAnswer } from './json-answer.ts'
import type { Head, PassedAnswer } from './passed.ts'
import { NOTHING_READ } from './protocols/read.ts'
import { ProviderAsk } from './provider-ask.ts'
import { looksLikeStream } from './sse-events.ts'
import { StreamAnswer } from './stream-answer.ts'
import { isUnderWay } from './stream-state.ts'

export class PassThrough extends ProviderAsk {
  #answer: PassedAnswer | undefined
  #head: Head | undefined
  #isFirst = true

  /** Throws when nobody could be asked. */
  start(): void {
    const { exchange, bytes, chat } = this.asked
    this.ask({ call: chat.protocol.call, body: bytes, headers: exchange.request.headers })
  }

  protected begin(status: number, headers: UpstreamHeaders): void {
    this.#head = { status, headers }
    const type = String(headers['content-type'] ?? '')
    this.#readAs(type.startsWith('text/event-stream'), this.#head)
  }

  protected takePiece(piece: Buffer): void {
    if (this.#isFirst) {
      this.#isFirst = false
      this.#lookAt(piece)
    }
    if (!this.#answer || this.#answer.onPiece(piece)) return
    if (!this.asked.exchange.response.destroyed) this.waitForClient()
  }

  protected takeEnd(): void {
    const { exchange } = this.asked
    this.firstToken.stop()
    exchange.answered()
    exchange.drained()
    // Else the record is closed, and nothing may be added to it.
    if (isUnderWay(exchange.state)) this.#answer?.onEnd()
    if (exchange.storing && (this.#head?.status ?? 500) < 300) this.#noteHolder()
  }

  completeFacts(): void {
    this.passed.takeFacts(this.#answer?.read() ?? NOTHING_READ)
  }

  #noteHolder(): void {
    const { exchange, provider, attempt } = this.asked
    exchange.storing?.passed?.(exchange, { provider, credential: attempt?.credential ?? null })
  }

  #readAs(isStream: boolean, head: Head): void {
    this.asked.exchange.facts.stream = isStream
    // Its answer will come in one piece, and it has begun.
    if (!isStream) this.firstToken.stop()
    this.#answer = new (isStream ? StreamAnswer : JsonAnswer)(this.passed, head)
  }

  /** Some servers stream under another type, and would be held as one answer until their end. */
  #lookAt(piece: Buffer): void {
    if (!this.#head || !this.asked.chat.stream || this.#answer instanceof StreamAnswer) return
    if (!looksLikeStream(piece)) return
    this.#readAs(true, {
      ...this.#head,
      headers: { ...this.#head.headers, 'content-type': 'text/event-stream' },
    })
  }
}
