/**
 * A request in one dialect, answered by a provider that speaks another: both are read into the canonical form and
 * written from it. What the commit, the record and the end are is as with bytes that pass.
 */
import {
  type Answer,
  type AnswerEvent,
  createBilledReader,
  createReducer,
  eventsOf,
  type FrameReader,
  reduce,
  type StreamReader,
  type StreamWriter,
} from '../dialects/index.ts'
import type { ModelGuards } from '../guardrails/index.ts'
import { Failure } from '../kernel/failure.ts'
import { outboundOf, type UpstreamHeaders } from '../models/index.ts'
import { GuardedModelAnswer } from './model-guarding.ts'
import { headOf, trailersOf, writeStreamHead } from './produce.ts'
import { readOf, withBilled } from './protocols/protocol.ts'
import { NOTHING_READ, type Read } from './protocols/read.ts'
import { type ChatAsked, ProviderAsk } from './provider-ask.ts'
import { looksLikeStream } from './sse-events.ts'
import { isUnderWay } from './stream-state.ts'
import type { Translation } from './translation.ts'

/** An answer in one piece is read whole. */
const MOST_BYTES = 32 * 1024 * 1024

/** Events as text, and as Amazon frames them. */
const STREAMS = /^(?:text\/event-stream|application\/vnd\.amazon\.eventstream)/

export class Translated extends ProviderAsk {
  readonly #translation: Translation
  readonly #reducer = createReducer()
  readonly #billed = createBilledReader()
  readonly #frames: FrameReader
  readonly #reader: StreamReader
  readonly #guarded: GuardedModelAnswer | undefined
  #writer: StreamWriter | undefined
  #status = 0
  #headers: UpstreamHeaders = {}
  #isStream = false
  #pieces: Buffer[] = []
  #bytes = 0
  #held = ''

  /** `guards` look at what is answered. */
  constructor(asked: ChatAsked, translation: Translation, guards?: ModelGuards) {
    super(asked)
    this.#translation = translation
    this.#guarded = guards && new GuardedModelAnswer(asked.exchange, guards)
    const outbound = outboundOf(translation.wire)
    this.#frames = outbound.createFrames()
    this.#reader = outbound.createReader()
  }

  /** Throws when nobody could be asked. */
  start(): void {
    const { body, call, dropped } = this.#translation
    const { exchange, bytes } = this.asked
    exchange.keeper ??= exchange.storing
    if (dropped.length > 0) exchange.setHeader('airworthy-dropped-fields', dropped.join(','))
    if (body === undefined) this.ask({ call, body: bytes, headers: exchange.request.headers })
    else this.ask({ call, body: Buffer.from(JSON.stringify(body)), isTranslated: true })
  }

  protected begin(status: number, headers: UpstreamHeaders): void {
    this.#status = status
    this.#headers = headers
    this.#isStream = status < 300 && STREAMS.test(String(headers['content-type'] ?? ''))
    this.asked.exchange.facts.stream = this.asked.chat.stream
    if (!this.#isStream) this.firstToken.stop()
  }

  protected takePiece(piece: Buffer): void {
    // Some servers stream under another type.
    if (this.#pieces.length === 0 && !this.#isStream && this.#status < 300)
      this.#isStream = this.#looksLikeStream(piece)
    if (!this.#isStream) {
      this.#pieces.push(piece)
      this.#bytes += piece.length
      this.asked.exchange.move('held')
      if (this.#bytes > MOST_BYTES) throw this.passed.unreadable(`it has more than ${MOST_BYTES} bytes`)
      return
    }
    for (const data of this.#readable(() => this.#frames.push(piece))) this.#take(this.#readEvent(data))
    const { exchange } = this.asked
    if (exchange.state === 'committed' && exchange.response.writableNeedDrain) this.waitForClient()
  }

  protected takeEnd(): void {
    this.firstToken.stop()
    const { exchange } = this.asked
    exchange.answered()
    if (this.#isStream) {
      for (const data of this.#readable(() => this.#frames.end())) this.#take(this.#readEvent(data))
      this.#take(this.#reader.end())
    } else if (isUnderWay(exchange.state)) this.#endWhole()
    exchange.drained()
    // A stream that says so has ended already; one that only closes was broken off.
    if (this.#isStream && isUnderWay(exchange.state)) throw this.passed.brokenOff()
  }

  completeFacts(): void {
    this.#guarded?.tell()
    const answer = this.#reducer.take()
    this.passed.takeFacts(answer.blocks.length > 0 || answer.usage ? this.#readOf(answer) : NOTHING_READ)
  }

  #looksLikeStream(piece: Buffer): boolean {
    return looksLikeStream(piece) || outboundOf(this.#translation.wire).isFramed?.(piece) === true
  }

  #readEvent(data: string): AnswerEvent[] {
    return this.#readable(() => {
      this.#billed.push(data)
      return this.#reader.push(data)
    })
  }

  #readable<Found>(read: () => Found): Found {
    try {
      return read()
    } catch (thrown) {
      if (thrown instanceof Failure) throw this.passed.unreadable('an event of its stream is broken')
      throw thrown
    }
  }

  #take(given: readonly AnswerEvent[]): void {
    const { exchange } = this.asked
    const events = this.#guarded?.push(given) ?? given
    let text = ''
    let isSemantic = false
    for (const event of events) {
      if (event.type === 'restart' && exchange.state === 'committed') throw this.passed.brokenOff()
      this.#reducer.push(event)
      // Without the client it is read for its usage.
      if (!isUnderWay(exchange.state)) continue
      if (event.type === 'error') throw this.passed.failedInside(event.message)
      if (event.type === 'end') {
        if (this.asked.chat.stream) this.#finish(text)
        else this.#answerWhole(this.#reducer.take())
        return
      }
      if (!this.asked.chat.stream) continue
      text += this.#write(event)
      isSemantic ||=
        event.type === 'delta' || event.type === 'finish' || (event.type === 'open' && event.start.kind === 'tool-call')
    }
    if (text === '' || !isUnderWay(exchange.state)) return
    if (exchange.state === 'committed') {
      exchange.write(text)
      return
    }
    this.#held += text
    if (isSemantic) this.#sendHeld()
    else exchange.move('held')
  }

  #write(event: AnswerEvent): string {
    // A stream is begun anew for nobody who has seen it: until the commit what was written counts no more.
    if (event.type === 'restart') {
      this.#writer = undefined
      this.#held = ''
      return ''
    }
    const { exchange, chat } = this.asked
    this.#writer ??= exchange.protocol.inbound.createWriter(this.#head(), chat)
    return this.#writer.push(event)
  }

  #head() {
    const { model } = this.#reducer.take()
    return { ...headOf(this.asked.exchange), ...(model !== null && { model }) }
  }

  #sendHeld(): void {
    const { exchange } = this.asked
    if (!exchange.move('sent')) return
    if (!exchange.response.headersSent) writeStreamHead(exchange)
    if (this.#held !== '') exchange.write(this.#held)
    this.#held = ''
  }

  /** The record is kept before the last bytes leave. */
  #finish(text: string): void {
    this.firstToken.stop()
    const { exchange } = this.asked
    const { response } = exchange
    const last = text + this.#write({ type: 'end' })
    exchange.answered()
    this.#settleFacts(this.#reducer.take())
    if (!exchange.move('sent')) return
    if (!response.headersSent) writeStreamHead(exchange)
    exchange.complete()
    response.addTrailers(trailersOf(exchange.facts))
    exchange.end(this.#held + last)
  }

  /** JSON: an answer, or an error. A client that waits for a stream gets the answer as one. */
  #endWhole(): void {
    const { provider, models, chat } = this.asked
    const text = Buffer.concat(this.#pieces).toString('utf8')
    if (this.#status >= 300) throw models.refusal(provider, { status: this.#status, headers: this.#headers, text })
    const answer = this.#read(text)
    if (answer.error) throw this.passed.failedInside(answer.error.message)
    if (chat.stream) this.#take([...eventsOf(answer)])
    else this.#answerWhole(this.#guarded ? reduce(this.#guarded.push([...eventsOf(answer)])) : answer)
  }

  #answerWhole(answer: Answer): void {
    const { exchange } = this.asked
    this.#settleFacts(answer)
    const head = { ...headOf(exchange), model: answer.model ?? exchange.facts.requestedModel }
    const body = JSON.stringify(exchange.protocol.inbound.writeAnswer(answer, head))
    if (!exchange.move('sent')) return
    exchange.complete()
    this.passed.writeHead({ status: 200, headers: { 'content-type': 'application/json' } }, Buffer.byteLength(body))
    exchange.end(body)
  }

  /** With the provider's own numbers, which the canonical form has no word for. */
  #readOf(answer: Answer): Read {
    return withBilled(readOf(answer), this.#billed.take())
  }

  #settleFacts(answer: Answer): void {
    this.#guarded?.tell()
    this.passed.takeFacts(this.#readOf(answer))
    this.asked.exchange.facts.responseId = headOf(this.asked.exchange).id
  }

  #read(text: string): Answer {
    try {
      this.#billed.push(text)
      return outboundOf(this.#translation.wire).readAnswer(JSON.parse(text))
    } catch (thrown) {
      const why = thrown instanceof Failure ? String(thrown.facts.why) : 'it is not JSON'
      throw this.passed.unreadable(why)
    }
  }
}
