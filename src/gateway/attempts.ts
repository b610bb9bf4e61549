/**
 * The attempts at one request over the targets of a route, one at a time. While nothing that means something has left
 * for the client, a failure that another target may heal is followed by the next attempt, unseen; after that, never.
 */
import { Failure, messageOf } from '../kernel/failure.ts'
import { epochMs, type Instant, monotonicMs } from '../kernel/time.ts'
import type { UpstreamHeaders } from '../models/index.ts'
import type { Settled } from '../telemetry/index.ts'
import type { Exchange } from './exchange.ts'
import type { Attempt } from './passed.ts'
import { isHealable, isHealableCode, pauseBefore, retryAfterOf } from './retry.ts'
import { isUnderWay } from './stream-state.ts'
import type { TargetHealth } from './target-health.ts'

/** A client is not kept waiting longer than this for the same target to recover. */
const LONGEST_WAIT_MS = 5_000

export type AttemptsPart = {
  readonly exchange: Exchange
  /** Targets in the order in which they are asked. */
  readonly order: readonly string[]
  /** How often it is asked again. */
  readonly retries: number
  readonly health: TargetHealth
  readonly clock: () => Instant
  /** In [0, 1). */
  readonly chance: () => number
  /** Asks one target. May throw what it fails at. */
  readonly ask: (model: string, attempt: Attempt) => void
}

export class Attempts implements Attempt {
  readonly #part: AttemptsPart
  #made = 0
  #model = ''
  #startedMs = 0
  #startedAt: Instant
  #isOpen = false

  constructor(part: AttemptsPart) {
    this.#part = part
    this.#startedAt = part.exchange.at
  }

  start(): void {
    this.#part.exchange.attempts = this
    this.#next()
  }

  /** A head that speaks of a failure. True when another attempt takes over. */
  refused(status: number, headers: UpstreamHeaders): boolean {
    const code =
      status === 429
        ? 'limited'
        : status === 401 || status === 403
          ? 'refused-key'
          : status === 404
            ? 'unknown-model'
            : 'failed'
    const failure = new Failure('unavailable', `models.upstream-${code}`, `${this.#model} answered ${status}.`)
    return this.#fail(failure, { status, retryAfterMs: retryAfterOf(headers, epochMs(this.#part.clock())) })
  }

  failed(thrown: unknown): boolean {
    return this.#fail(thrown, {})
  }

  /** The request has ended. */
  ended(status: Settled['status'], errorCode: string | null): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    const { health } = this.#part
    const failed = errorCode !== null && isHealableCode(errorCode)
    if (status === 'cancelled') health.left(this.#model)
    else health.ended(this.#model, { failed, ms: monotonicMs() - this.#startedMs })
  }

  #next(): void {
    const { exchange, order, health, clock, ask } = this.#part
    this.#model = order[this.#made % order.length] ?? ''
    this.#made += 1
    this.#startedMs = monotonicMs()
    this.#startedAt = clock()
    this.#isOpen = true
    exchange.setAttempts(this.#made)
    health.began(this.#model)
    try {
      ask(this.#model, this)
    } catch (thrown) {
      if (!this.failed(thrown)) exchange.fail(thrown)
    }
  }

  #fail(thrown: unknown, { status, retryAfterMs }: { status?: number; retryAfterMs?: number | undefined }): boolean {
    const { exchange, order, retries, health, chance } = this.#part
    if (!isUnderWay(exchange.state) || exchange.state === 'committed' || !isHealable(thrown)) return false
    this.#isOpen = false
    const ms = monotonicMs() - this.#startedMs
    health.ended(this.#model, { failed: true, ms, retryAfterMs })
    this.#record(thrown, ms, status)
    const isNewRound = this.#made >= order.length
    const pauseMs = isNewRound ? Math.max(pauseBefore(this.#made, chance()), retryAfterMs ?? 0) : 0
    if (this.#made > retries || pauseMs > LONGEST_WAIT_MS) return false
    exchange.retried()
    if (pauseMs === 0) this.#next()
    else
      setTimeout(() => {
        // The deadline, or the client, may have come first.
        if (isUnderWay(exchange.state)) this.#next()
      }, pauseMs)
    return true
  }

  #record(thrown: unknown, ms: number, status: number | undefined): void {
    this.#part.exchange.facts.steps.push({
      id: `attempt-${this.#made}`,
      name: `chat ${this.#model}`,
      kind: 'attempt',
      startedAt: this.#startedAt,
      durationMs: Math.round(ms * 1000) / 1000,
      attributes: {
        'gen_ai.request.model': this.#model,
        ...(status !== undefined && { 'http.response.status_code': status }),
      },
      error: { code: thrown instanceof Failure ? thrown.code : 'internal', message: messageOf(thrown) },
    })
  }
}
