/**
 * Limits in force, in memory: `reserve` takes no I/O and answers at once.
 *
 * Invariant: what is spent plus what is reserved never passes a cap, whatever runs at the same time, because a
 * request reserves its upper bound before it starts and settles what it cost when it ends. In no stretch of
 * sixty seconds are more requests let through than the limit says.
 */
import { type MicroUsd, microUsd, picoOf } from '../kernel/money.ts'
import { type Clock, epochMs, type Instant, instantOf, later, SECOND } from '../kernel/time.ts'
import { DEFAULT_LIMITS, type LimitState, type Limits, type ReachedLimit, WARNING_SHARE } from './limits.ts'
import { createWindow, type Window } from './window.ts'

export type Reservation =
  | {
      readonly kind: 'granted'
      /** Says what it cost, `'0'` when nothing; the first call counts. Always call it, best in a `finally`. */
      settle(actualMicroUsd: MicroUsd): void
    }
  | {
      readonly kind: 'refused'
      readonly limit: ReachedLimit
      /** What stands against the cap: requests in the last minute, or micro-dollars spent and reserved. */
      readonly found: number | MicroUsd
      readonly opensAt: Instant
      /** The sentence for the client. */
      readonly message: string
    }

export type ReserveAsk = {
  readonly application: string | null
  /** Id of the key. */
  readonly key: string | null
  readonly requests?: number
  /** Upper bound of what it may cost. */
  readonly costMicroUsd: MicroUsd
}
export type Reserve = (ask: ReserveAsk) => Reservation

type Scope = ReachedLimit['scope']
type Meter = {
  readonly scope: Scope
  readonly name: string
  month: string
  spent: bigint
  reserved: bigint
  readonly window: Window
}
export type SpendChange = { scope: Scope; name: string; month: string; pico: bigint }
export type Standing = { inLastMinute: number; month: string; spent: bigint; reserved: bigint }

export function createLimiter({
  clock,
  limitsOf,
  onStateChange,
}: {
  clock: Clock
  /** Limits in force; undefined for a key without its own. */
  limitsOf: (scope: Scope, name: string) => Limits | undefined
  /** An application's money came near its cap, or reached it. */
  onStateChange: (application: string, state: LimitState) => void
}) {
  const meters = new Map<string, Meter>()
  let changes = new Map<string, SpendChange>()

  function meterOf(scope: Scope, name: string, now: Instant): Meter {
    const id = `${scope} ${name}`
    const month = monthOf(now)
    let meter = meters.get(id)
    if (!meter) {
      meter = { scope, name, month, spent: 0n, reserved: 0n, window: createWindow() }
      meters.set(id, meter)
    }
    if (meter.month < month) Object.assign(meter, { month, spent: 0n, reserved: 0n })
    return meter
  }

  function settle(meter: Meter, month: string, upper: bigint, actual: bigint): void {
    if (meter.month === month) {
      const before = stateOf(meter)
      meter.reserved -= upper
      meter.spent += actual
      const after = stateOf(meter)
      if (meter.scope === 'application' && after !== before && after !== 'ok') onStateChange(meter.name, after)
    }
    if (actual !== 0n) count({ scope: meter.scope, name: meter.name, month, pico: actual })
  }

  function count(change: SpendChange): void {
    const id = `${change.month} ${change.scope} ${change.name}`
    changes.set(id, { ...change, pico: change.pico + (changes.get(id)?.pico ?? 0n) })
  }

  const stateOf = (meter: Meter): LimitState => {
    const cap = (limitsOf(meter.scope, meter.name) ?? UNLIMITED).costMicroUsdPerMonth
    return moneyState(meter.spent, cap)
  }

  const reserve: Reserve = ({ application, key, requests = 1, costMicroUsd }) => {
    const now = clock()
    const upper = picoOf(costMicroUsd)
    const asked: { meter: Meter; limits: Limits }[] = []
    if (application !== null)
      asked.push({
        meter: meterOf('application', application, now),
        limits: limitsOf('application', application) ?? DEFAULT_LIMITS,
      })
    if (key !== null) {
      const limits = limitsOf('key', key)
      asked.push({ meter: meterOf('key', key, now), limits: limits ?? UNLIMITED })
    }
    for (const { meter, limits } of asked) {
      const refusal = refusalOf({ meter, limits, requests, upper, now })
      if (refusal) return refusal
    }
    const month = monthOf(now)
    for (const { meter } of asked) {
      meter.window.add(epochMs(now), requests)
      meter.reserved += upper
    }
    let isOpen = true
    return {
      kind: 'granted',
      settle(actualMicroUsd) {
        if (!isOpen) return
        isOpen = false
        const actual = picoOf(actualMicroUsd)
        for (const { meter } of asked) settle(meter, month, upper, actual)
      },
    }
  }

  return {
    reserve,
    standing(scope: Scope, name: string): Standing {
      const now = clock()
      const { window, month, spent, reserved } = meterOf(scope, name, now)
      return { inLastMinute: window.count(epochMs(now)), month, spent, reserved }
    },
    /** Puts back what the database knows, at the start. */
    restore({ scope, name, month, pico }: SpendChange): void {
      const meter = meterOf(scope, name, clock())
      if (meter.month === month) meter.spent = pico + (changes.get(`${month} ${scope} ${name}`)?.pico ?? 0n)
    },
    /** What was spent since the last call. */
    takeChanges(): SpendChange[] {
      const taken = [...changes.values()]
      changes = new Map()
      return taken
    },
    /** Gives back what could not be written. */
    returnChanges(taken: readonly SpendChange[]): void {
      for (const change of taken) count(change)
    },
  }
}

export type Limiter = ReturnType<typeof createLimiter>

const UNLIMITED: Limits = { requestsPerMinute: null, costMicroUsdPerMonth: null }

/** `2026-03` */
export const monthOf = (now: Instant): string => now.slice(0, 7)

export function nextMonth(month: string): Instant {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return instantOf(Date.UTC(year, number, 1))
}

export function moneyState(spent: bigint, cap: string | null): LimitState {
  if (cap === null) return 'ok'
  const limit = picoOf(cap)
  if (spent >= limit) return 'reached'
  return spent * 100n >= limit * BigInt(WARNING_SHARE * 100) ? 'near' : 'ok'
}

function refusalOf({
  meter,
  limits,
  requests,
  upper,
  now,
}: {
  meter: Meter
  limits: Limits
  requests: number
  upper: bigint
  now: Instant
}): Reservation | undefined {
  const { scope, name, window, spent, reserved, month } = meter
  const whose = scope === 'application' ? `The application ${name}` : 'This key'
  const { requestsPerMinute: most, costMicroUsdPerMonth: cap } = limits
  if (most !== null) {
    const found = window.count(epochMs(now))
    if (found + requests > most) {
      const opensAt = instantOf(window.opensAt(epochMs(now), most - requests))
      const message = `${whose} may make ${most} ${most === 1 ? 'request' : 'requests'} a minute and has made ${found}. Try again after ${opensAt}, or raise its limit.`
      return {
        kind: 'refused',
        limit: { scope, name, kind: 'requests-per-minute', cap: most },
        found,
        opensAt,
        message,
      }
    }
  }
  if (cap !== null && upper > 0n && spent + reserved + upper > picoOf(cap)) {
    // When only requests under way stand in the way, what they do not use comes free when they end.
    const opensAt = spent + upper > picoOf(cap) ? nextMonth(month) : later(now, SECOND)
    const found = microUsd(spent + reserved)
    const message = `${whose} may spend ${dollars(picoOf(cap))} a month; ${dollars(spent)} is spent, ${dollars(reserved)} is held by requests under way, and this one may cost ${dollars(upper)}. Try again after ${opensAt}, or raise its limit.`
    return { kind: 'refused', limit: { scope, name, kind: 'cost-per-month', cap }, found, opensAt, message }
  }
  return undefined
}

const dollars = (pico: bigint): string => {
  const micro = pico / 1_000_000n
  const fraction = (micro % 1_000_000n)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '')
  return `$${micro / 1_000_000n}.${fraction}`
}
