/**
 * One request from its key to its record: the owner of the answer's state, its signal, its reservation and the facts
 * that are settled in the end. Whoever produces the answer tells it what happens; only it writes to the client.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reservation } from '../access/index.ts'
import { cut } from '../core/asked.ts'
import type { Turn } from '../core/conversation.ts'
import { Failure } from '../kernel/failure.ts'
import { NOTHING } from '../kernel/money.ts'
import { type Instant, monotonicMs } from '../kernel/time.ts'
import type { Asked, ResponseHolder, Settled } from '../telemetry/index.ts'
import type { Caller } from '../wire/caller.ts'
import type { GatewayDeps } from './deps.ts'
import type { Producer } from './producer.ts'
import type { Protocol } from './protocols/protocol.ts'
import { draftOf, type Facts } from './settled-draft.ts'
import { isUnderWay, nextState, type StreamEvent, type StreamState } from './stream-state.ts'
import { type ToldFailure, toldOf } from './told.ts'
import type { TurnEnd } from './turn-end.ts'
import { writePiece } from './write-piece.ts'

/** A client that hung up; HTTP has no status for it, this is the one that servers log. */
const CLIENT_CLOSED = 499

type Granted = Extract<Reservation, { kind: 'granted' }>

/** Keeps what is sent, for others that ask the same. */
export type Keeper = {
  /** What was asked is kept as these turns. */
  asked?(turns: readonly Turn[]): void
  push(piece: Buffer): void
  /** It is the provider's own answer, and passed. */
  passed?(exchange: Exchange, holder: ResponseHolder): void
  /** Once, at the end of whatever kind. */
  ended(exchange: Exchange, isWhole: boolean): void
}

export class Exchange {
  readonly caller: Caller
  /** The dialect that the client speaks. */
  readonly protocol: Protocol
  readonly response: ServerResponse
  readonly request: IncomingMessage
  readonly traceId: string
  readonly spanId: string
  readonly at: Instant
  /** Filled on the way by whoever knows. */
  readonly facts: Facts
  readonly #draft: Settled
  /** Response headers in force, flat pairs as `writeHead` takes them. */
  readonly headers: string[]
  /** The request as it came, in place of the input of its record. */
  keptBody: Asked | undefined
  granted: Granted | undefined
  producer: Producer | undefined
  keeper: Keeper | undefined
  /** Takes the answer where it is made here, for those who build on it. */
  storing: Keeper | undefined
  /** The response that this one goes on from, and who keeps it where a provider does. */
  previous: string | null = null
  heldAt: ResponseHolder | undefined
  /** Guardrails look at the answer, and what they say comes behind a stream. */
  isGuarded = false
  /** What of the request its answer says again. */
  repeated: Readonly<Record<string, unknown>> | undefined
  attempts: { ended(status: Settled['status'], errorCode: string | null): void } | undefined
  #state: StreamState = 'connecting'
  #abort: AbortController | undefined
  #deadline: NodeJS.Timeout | undefined
  readonly #deps: GatewayDeps
  readonly #turnEnd: TurnEnd
  readonly #startedMs: number
  #askedMs: number | undefined
  #awayMs = 0
  #firstTokenMs: number | null = null
  #isComplete = false
  /** The last bytes are on their way. */
  #isSaid = false
  /** When a client hung up whose tokens are counted now. */
  #cancelledMs: number | undefined

  constructor(part: {
    deps: GatewayDeps
    turnEnd: TurnEnd
    caller: Caller
    protocol: Protocol
    request: IncomingMessage
    response: ServerResponse
    ids: { traceId: string; spanId: string }
    startedMs: number
  }) {
    this.#deps = part.deps
    this.#turnEnd = part.turnEnd
    this.caller = part.caller
    this.protocol = part.protocol
    this.request = part.request
    this.response = part.response
    this.traceId = part.ids.traceId
    this.spanId = part.ids.spanId
    this.#startedMs = part.startedMs
    this.at = part.deps.clock()
    this.headers = ['airworthy-trace', this.traceId]
    this.#draft = draftOf(this)
    this.facts = this.#draft
    this.response.once('close', this.#onClose)
  }

  get state(): StreamState {
    return this.#state
  }

  /** Aborted when the client hangs up or the deadline passes; made only for those who ask. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController()
    return this.#abort.signal
  }

  /** The client waits this long and no longer. */
  setDeadline(ms: number): void {
    this.#deadline = setTimeout(() => {
      const late = new Failure(
        'unavailable',
        'gateway.deadline',
        `The answer was not there within the ${ms} ms that airworthy-timeout-ms gives. Allow more time.`,
      )
      this.fail(late)
      this.#stop(late)
    }, ms)
  }

  /** True when the event changed something; false when it means nothing any more. */
  move(event: StreamEvent): boolean {
    const next = nextState(this.#state, event)
    if (next === undefined) return false
    if (next === 'committed') this.#firstTokenMs ??= monotonicMs() - this.#startedMs
    this.#state = next
    return true
  }

  /** How often the answer was asked for, as the client is told. */
  setAttempts(made: number): void {
    this.setHeader('airworthy-attempts', String(made))
  }

  /** Undefined takes it away. */
  setHeader(name: string, value: string | undefined): void {
    const at = this.headers.indexOf(name)
    if (value === undefined) {
      if (at >= 0) this.headers.splice(at, 2)
    } else if (at < 0) this.headers.push(name, value)
    else this.headers[at + 1] = value
  }

  header(name: string): string | undefined {
    const at = this.headers.indexOf(name)
    return at < 0 ? undefined : this.headers[at + 1]
  }

  /** Nothing has left for the client, and another is asked. */
  retried(): void {
    this.answered()
    this.producer = undefined
    this.move('retried')
  }

  /** From here the upstream is waited for. */
  asked(): void {
    this.#askedMs = monotonicMs()
  }

  /** The upstream has given all it had. */
  answered(): void {
    if (this.#askedMs !== undefined) this.#awayMs += monotonicMs() - this.#askedMs
    this.#askedMs = undefined
  }

  /** Sends more of the answer. False when the client should be waited for. */
  write(piece: Buffer | string): boolean {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    this.keeper?.push(bytes)
    return writePiece(this.response, bytes)
  }

  /** Sends the last of it, after the record was kept. What was not sent yet leaves with the head in one write. */
  end(piece?: Buffer | string): void {
    if (this.keeper && piece !== undefined) this.keeper.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
    this.#sendLast(piece)
    this.#release(true)
  }

  #sendLast(piece: Buffer | string | undefined): void {
    this.#isSaid = true
    this.#turnEnd.afterwards(() => this.response.end(piece))
  }

  #release(isWhole: boolean): void {
    const { keeper } = this
    this.keeper = undefined
    keeper?.ended(this, isWhole && this.#isComplete)
  }

  /** The answer is whole. Called before its last bytes leave, so that nobody holds an answer of which no record is kept. */
  complete(httpStatus = 200): void {
    if (!this.move('ended')) return
    this.#isComplete = httpStatus < 300
    this.#settle('complete', httpStatus, null)
  }

  /** The answer is whole and is an error of the provider's, handed on as it came. */
  refusedUpstream(httpStatus: number, code: string): void {
    if (this.move('failed')) this.#settle('errored', httpStatus, code)
  }

  /** Ends with an HTTP error, or with the protocol's error event when bytes are out already. */
  fail(thrown: unknown): void {
    const isOut = this.response.headersSent
    if (!this.move('failed')) {
      // Recorded already, and then the last bytes could not be sent.
      if (!this.#isSaid) this.response.destroy()
      return
    }
    const told = toldOf(thrown, this.#deps.report)
    this.producer?.completeFacts?.()
    this.#settle('errored', told.status, told.code)
    if (isOut) this.#endBroken(told)
    else {
      this.response.writeHead(told.status, [
        'content-type',
        'application/json',
        ...(told.retryAfter === undefined ? [] : ['retry-after', String(told.retryAfter)]),
        ...this.headers,
      ])
      this.#sendLast(JSON.stringify(this.protocol.inbound.writeError(told)))
    }
  }

  /** A stream ends with its dialect's error event and without its last one; a JSON body that cannot be finished ends with its connection. */
  #endBroken(told: ToldFailure): void {
    if (this.facts.stream) this.#sendLast(this.protocol.inbound.writeStreamError(told))
    else this.#turnEnd.afterwards(() => this.response.destroy())
  }

  #stop(reason: Failure): void {
    this.producer?.cancel?.()
    this.#abort?.abort(reason)
  }

  /** The client had gone; now the answer that it did not wait for has ended too. */
  drained(): void {
    if (this.#state !== 'cancelled' || this.#cancelledMs !== undefined) return
    this.producer?.completeFacts?.()
    this.#settleCancelled()
  }

  #onClose = (): void => {
    if (!isUnderWay(this.#state) || !this.move('hung-up')) return
    if (this.producer?.drains) return
    this.producer?.completeFacts?.()
    this.#stop(new Failure('unavailable', 'gateway.cancelled', 'The client hung up.'))
    this.#settleCancelled()
  }

  /** Nobody waits any more, so that there is time to count; where that fails, the bytes by four stand. */
  #settleCancelled(): void {
    this.#cancelledMs = monotonicMs()
    const settle = () => this.#settle('cancelled', CLIENT_CLOSED, 'gateway.cancelled')
    if (this.facts.usage.estimated && this.producer?.countFacts) this.producer.countFacts().then(settle, settle)
    else settle()
  }

  #settle(status: Settled['status'], httpStatus: number, errorCode: string | null): void {
    if (!this.move('settled')) return
    clearTimeout(this.#deadline)
    this.answered()
    this.response.off('close', this.#onClose)
    const { costMicroUsd, usage, servedBy } = this.facts
    this.granted?.settle(costMicroUsd ?? NOTHING, { tokens: usage.inputTokens + usage.outputTokens, model: servedBy })
    this.attempts?.ended(status, errorCode)
    const latencyMs = (this.#cancelledMs ?? monotonicMs()) - this.#startedMs
    // The draft itself is settled: a copy of forty fields for each request would be the largest thing made here.
    const event = this.#draft
    event.output = cut(event.output)
    event.status = status
    event.httpStatus = httpStatus
    event.errorCode = errorCode
    event.latencyMs = rounded(latencyMs)
    event.firstTokenMs = this.#firstTokenMs === null ? null : rounded(this.#firstTokenMs)
    event.overheadMs = rounded(Math.max(0, latencyMs - this.#awayMs))
    this.#turnEnd.settle({ event, asked: this.keptBody })
    // Those who wait for its answer wait in vain.
    if (status !== 'complete') this.#release(false)
  }
}

/** Microseconds are as fine as anybody reads. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000
