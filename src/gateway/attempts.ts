/**
 * The attempts at one request over the targets of a route and the keys of their providers, one at a time. While nothing
 * that means something has left for the client, a failure is followed by what the action table says, unseen: another
 * key, another target, or the same target after a pause. After that, never.
 */
import { Failure, messageOf } from '../kernel/failure.ts'
import { epochMs, type Instant, monotonicMs } from '../kernel/time.ts'
import {
  actionOf,
  actionOfCode,
  type FailureAction,
  type Trouble,
  troubleOf,
  type UpstreamHeaders,
} from '../models/index.ts'
import type { Settled } from '../telemetry/index.ts'
import type { GatewayModels } from './deps.ts'
import type { Exchange } from './exchange.ts'
import { type AskedBefore, nextAttempt, providerOf } from './next-attempt.ts'
import type { Attempt } from './passed.ts'
import type { RetryBudget } from './retry-budget.ts'
import { isUnderWay } from './stream-state.ts'
import type { TargetHealth } from './target-health.ts'

export type AttemptsPart = {
  readonly exchange: Exchange
  /** Targets in the order in which they are asked. */
  readonly order: readonly string[]
  /** How often it is asked again; a change of keys does not count. */
  readonly retries: number
  readonly health: TargetHealth
  readonly budget: RetryBudget
  readonly providers: GatewayModels['providers']
  /** What requests that share a prompt have in common. */
  readonly near: string | undefined
  /** Why the targets stand in this order, for the trace. */
  readonly reason: string | undefined
  readonly clock: () => Instant
  /** In [0, 1). */
  readonly chance: () => number
  /** Asks one target. May throw what it fails at. */
  readonly ask: (model: string, attempt: Attempt) => void
  /** A target has answered. */
  readonly onAnswered?: (model: string) => void
}

type Failed = {
  readonly thrown: unknown
  readonly action: FailureAction
  readonly status?: number
  readonly trouble?: Trouble
}

export class Attempts implements Attempt {
  readonly #part: AttemptsPart
  #made = 0
  #again = 0
  #model = ''
  #credential: string | undefined
  #startedMs = 0
  #startedAt: Instant
  #isOpen = false
  /** How often each target was asked, and until when it wants to be left alone; made with the first failure. */
  #asked: Map<string, AskedBefore> | undefined
  /** Targets that are of no use for this request, and keys that have failed for it. */
  #spent: Set<string> | undefined
  #tried: Set<string> | undefined

  constructor(part: AttemptsPart) {
    this.#part = part
    this.#startedAt = part.exchange.at
  }

  /** The name of the key that this attempt uses; undefined where there is none to name. */
  get credential(): string | undefined {
    return this.#credential
  }

  start(): void {
    const { exchange, order, budget } = this.#part
    exchange.attempts = this
    const model = order[0] ?? ''
    budget.asked(providerOf(model))
    this.#begin(model)
  }

  /** An answer that speaks of a failure. True when another attempt takes over. */
  refused(status: number, headers: UpstreamHeaders, text: string): boolean {
    const nowMs = epochMs(this.#part.clock())
    const trouble = troubleOf({ status, headers, text, nowMs })
    const message = `${this.#model} answered ${status}.`
    const thrown = new Failure('unavailable', codeOf(status), message)
    return this.#fail({ thrown, action: trouble.action, status, trouble })
  }

  failed(thrown: unknown): boolean {
    return this.#fail({ thrown, action: actionOf(thrown) })
  }

  /** The request has ended. */
  ended(status: Settled['status'], errorCode: string | null): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    const { health, providers, onAnswered, reason } = this.#part
    const failed = errorCode !== null && actionOfCode(errorCode) !== 'return'
    const ms = monotonicMs() - this.#startedMs
    if (status === 'cancelled') health.left(this.#model)
    else health.ended(this.#model, { failed, ms, errorCode })
    if (status === 'complete') {
      if (this.#credential !== undefined) providers.keyWorked(providerOf(this.#model), this.#credential)
      onAnswered?.(this.#model)
    }
    // Who was asked alone, and for no special reason, is told by the request itself.
    if (this.#made > 1 || reason !== undefined || this.#isOneOfSeveral())
      this.#record({ ms, status: undefined, error: failed ? { code: errorCode, message: 'failed' } : null })
  }

  #begin(model: string): void {
    const { exchange, health, clock, ask, providers, near } = this.#part
    const provider = providerOf(model)
    this.#model = model
    this.#credential = providers.has(provider)
      ? providers.chooseKey(provider, { near, prefers: exchange.heldAt?.credential, ...this.#without() })
      : undefined
    this.#made += 1
    this.#startedMs = monotonicMs()
    this.#startedAt = clock()
    this.#isOpen = true
    exchange.setAttempts(this.#made)
    health.began(model)
    try {
      ask(model, this)
    } catch (thrown) {
      if (!this.failed(thrown)) exchange.fail(thrown)
    }
  }

  #fail({ thrown, action, status, trouble }: Failed): boolean {
    const { exchange, health, providers } = this.#part
    if (!isUnderWay(exchange.state) || exchange.state === 'committed') return false
    const provider = providerOf(this.#model)
    const credential = this.#credential
    if (credential !== undefined && trouble?.keyRest) providers.restKey(provider, credential, trouble)
    if (action === 'return') return false
    const other = action === 'rotate-key' && credential !== undefined && this.#hasOther(provider, credential)
    const ms = monotonicMs() - this.#startedMs
    this.#isOpen = false
    // A key that failed says nothing of its target while there is another one.
    if (other) health.left(this.#model)
    else {
      const errorCode = thrown instanceof Failure ? thrown.code : 'internal'
      health.ended(this.#model, { failed: true, ms, retryAfterMs: trouble?.waitMs, errorCode })
    }
    this.#record({
      ms,
      status,
      error: { code: thrown instanceof Failure ? thrown.code : 'internal', message: messageOf(thrown) },
    })
    if (other) {
      exchange.retried()
      this.#begin(this.#model)
      return true
    }
    return this.#next(action, status, trouble?.waitMs)
  }

  #hasOther(provider: string, credential: string): boolean {
    this.#tried ??= new Set()
    this.#tried.add(credential)
    return this.#part.providers.chooseKey(provider, { without: this.#tried, near: this.#part.near }) !== undefined
  }

  /** The next target, if there is one and it may be asked. */
  #next(action: FailureAction, status: number | undefined, waitMs: number | undefined): boolean {
    const { exchange, retries, budget, health, chance } = this.#part
    this.#spent ??= new Set()
    this.#asked ??= new Map()
    const known = this.#asked.get(this.#model)
    this.#asked.set(this.#model, { times: (known?.times ?? 0) + 1, untilMs: monotonicMs() + (waitMs ?? 0) })
    // A key that is refused, a model that is not there, a target that is silent: asking again changes nothing.
    if (action === 'fail-over' || (action === 'rotate-key' && status !== 429)) this.#spent.add(this.#model)
    if (this.#again >= retries) return false
    const next = nextAttempt({
      targets: this.#part.order.filter((model) => !this.#spent?.has(model)).map((model) => ({ name: model, model })),
      asked: this.#asked,
      made: this.#made,
      nowMs: monotonicMs(),
      chance,
      standingOf: health.standingOf,
      budget,
    })
    if (!next) return false
    const { model } = next.target
    this.#again += 1
    // Keys of another provider have failed nobody yet.
    if (providerOf(model) !== providerOf(this.#model) || this.#asked.has(model)) this.#tried = undefined
    exchange.retried()
    if (next.pauseMs === 0) this.#begin(model)
    else
      setTimeout(() => {
        // The deadline, or the client, may have come first.
        if (isUnderWay(exchange.state)) this.#begin(model)
      }, next.pauseMs)
    return true
  }

  #without(): { without?: ReadonlySet<string> } {
    return this.#tried ? { without: this.#tried } : {}
  }

  #isOneOfSeveral(): boolean {
    return this.#credential !== undefined && this.#part.providers.hasSeveralKeys(providerOf(this.#model))
  }

  #record({
    ms,
    status,
    error,
  }: {
    ms: number
    status: number | undefined
    error: { code: string; message: string } | null
  }): void {
    const { exchange, reason } = this.#part
    exchange.facts.steps.push({
      id: `attempt-${this.#made}`,
      name: `chat ${this.#model}`,
      kind: 'attempt',
      startedAt: this.#startedAt,
      durationMs: Math.round(ms * 1000) / 1000,
      attributes: {
        'gen_ai.request.model': this.#model,
        ...(this.#credential !== undefined && { 'airworthy.credential': this.#credential }),
        ...(reason !== undefined && { 'airworthy.route.reason': reason }),
        ...(status !== undefined && { 'http.response.status_code': status }),
      },
      error,
    })
  }
}

const codeOf = (status: number): string =>
  `models.upstream-${status === 429 ? 'limited' : status === 401 || status === 402 || status === 403 ? 'refused-key' : status === 404 ? 'unknown-model' : 'failed'}`
