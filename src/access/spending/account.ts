/** What one key, team, application, release, model or organisation uses: in the minute, the day and the month, and now. */
import { epochMs, type Instant, instantOf } from '../../kernel/time.ts'
import type { CapKind, LimitScope } from '../cap.ts'
import type { CapInForce } from '../limits.ts'
import type { Share } from './share.ts'
import { createWindow, type Window } from './window.ts'

export type Amounts = { requests: bigint; tokens: bigint; cost: bigint }
type Calendar = {
  /** What the database knew when it was last read, of everybody. */
  known: Amounts
  /** Used here and not written yet. */
  unwritten: Amounts
  /** Held here by requests that are under way, at their upper bound. */
  reserved: Amounts
}

export type Account = {
  readonly scope: LimitScope
  readonly name: string
  /** `2026-03-14` */
  dayName: string
  day: Calendar
  month: Calendar
  running: bigint
  readonly minute: { readonly requests: Window; tokens: Window | undefined; cost: Window | undefined }
  /** What was used and is not on its way into the database, by day. */
  pending: Map<string, Amounts>
  /** Of caps that are shared with other processes. */
  readonly shares: Map<CapKind, Share>
}

export const nothing = (): Amounts => ({ requests: 0n, tokens: 0n, cost: 0n })
const newCalendar = (): Calendar => ({ known: nothing(), unwritten: nothing(), reserved: nothing() })

export const newAccount = (scope: LimitScope, name: string, now: Instant): Account => ({
  scope,
  name,
  dayName: dayOf(now),
  day: newCalendar(),
  month: newCalendar(),
  running: 0n,
  minute: { requests: createWindow(), tokens: undefined, cost: undefined },
  pending: new Map(),
  shares: new Map(),
})

/** Begins a new day and a new month. What is under way settles in the day in which it began. */
export function rollOver(account: Account, day: string): void {
  if (account.dayName >= day) return
  if (monthOf(account.dayName) < monthOf(day)) account.month = newCalendar()
  account.day = newCalendar()
  account.dayName = day
}

/** The calendars that this day still belongs to. */
export function calendarsOf(account: Account, day: string): Calendar[] {
  if (account.dayName === day) return [account.day, account.month]
  return monthOf(account.dayName) === monthOf(day) ? [account.month] : []
}

export function addTo(sum: Amounts, { requests, tokens, cost }: Amounts): void {
  sum.requests += requests
  sum.tokens += tokens
  sum.cost += cost
}

export function takeFrom(sum: Amounts, { requests, tokens, cost }: Amounts): void {
  sum.requests -= requests
  sum.tokens -= tokens
  sum.cost -= cost
}

/** The window of a minute's cap, from the first time that it is asked for. */
function windowOf({ minute }: Account, measure: 'requests' | 'tokens' | 'cost'): Window {
  if (measure === 'requests') return minute.requests
  minute[measure] ??= createWindow()
  return minute[measure]
}

/** What stands against a cap: used by everybody as far as it is known, and held here. */
export function standing(account: Account, { measure, period }: CapInForce, now: Instant): bigint {
  if (measure === 'concurrent') return account.running
  if (period === 'minute') return windowOf(account, measure).count(epochMs(now))
  const { known, unwritten, reserved } = period === 'day' ? account.day : account.month
  return known[measure] + unwritten[measure] + reserved[measure]
}

/** Used by everybody, without what is only held. */
export function used(account: Account, cap: CapInForce, now: Instant): bigint {
  return standing(account, cap, now) - reservedOf(account, cap)
}

/** Of what stands against a cap, the part that is held by requests under way; in a minute it is used already. */
export function reservedOf(account: Account, { measure, period }: CapInForce): bigint {
  if (measure === 'concurrent' || period === 'minute') return 0n
  return (period === 'day' ? account.day : account.month).reserved[measure]
}

/** What stands against this process's share of a cap. */
export function standingHere(account: Account, cap: CapInForce, now: Instant): bigint {
  const { measure, period } = cap
  if (measure === 'concurrent' || period === 'minute' || period === 'now') return standing(account, cap, now)
  const { unwritten, reserved } = period === 'day' ? account.day : account.month
  return unwritten[measure] + reserved[measure]
}

/** When a cap that is reached may let `amount` through again. */
export function opensAt(
  account: Account,
  { measure, period, most }: CapInForce,
  amount: bigint,
  now: Instant,
): Instant {
  if (measure === 'concurrent') return instantOf(epochMs(now) + 1000)
  if (period === 'minute') return instantOf(windowOf(account, measure).opensAt(epochMs(now), most - amount))
  return period === 'day' ? nextDay(now) : nextMonth(monthOf(now))
}

/** `2026-03-14` */
export const dayOf = (now: Instant): string => now.slice(0, 10)

/** `2026-03`, of an instant or a day */
export const monthOf = (now: string): string => now.slice(0, 7)

export const nextDay = (now: Instant): Instant => instantOf(Date.parse(`${dayOf(now)}T00:00:00.000Z`) + 86_400_000)

export function nextMonth(month: string): Instant {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return instantOf(Date.UTC(year, number, 1))
}
