/** The time that a page of usage shows, in whole days of UTC, and as much time before it to compare with. */
import { say } from '../words/say.ts'

const DAY_MS = 86_400_000

export const PERIODS = [
  ['7', 'last 7 days'],
  ['30', 'last 30 days'],
  ['90', 'last 90 days'],
  ['month', say('usage-time.this-month')],
] as const

export type Span = { readonly since: string; readonly until: string }

export type UsageTime = Span & {
  /** The same stretch before; ends at the same hour of its last day, as today is not over. */
  readonly before: Span
  /** `2026-11-21`, oldest first. */
  readonly days: readonly string[]
  readonly month: { readonly since: string; readonly name: string; readonly leftDays: number; readonly today: string }
}

export function usageTime(period: string | undefined, nowMs: number): UsageTime {
  const midnight = Math.floor(nowMs / DAY_MS) * DAY_MS
  const today = new Date(midnight)
  const monthStart = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1)
  const monthEnd = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1)
  const count = period === 'month' ? today.getUTCDate() : period === '7' || period === '90' ? Number(period) : 30
  const start = midnight - (count - 1) * DAY_MS
  return {
    since: iso(start),
    until: iso(midnight + DAY_MS),
    before: { since: iso(start - count * DAY_MS), until: iso(nowMs - count * DAY_MS) },
    days: Array.from({ length: count }, (_, i) => dayOf(start + i * DAY_MS)),
    month: {
      since: iso(monthStart),
      name: dayOf(monthStart).slice(0, 7),
      leftDays: (monthEnd - nowMs) / DAY_MS,
      today: dayOf(midnight),
    },
  }
}

const iso = (ms: number): string => new Date(ms).toISOString()
const dayOf = (ms: number): string => iso(ms).slice(0, 10)
