/** The caps that there are: what is counted, over which time. Everything that knows a cap reads this table. */
import { z } from 'zod'

/** Whose use is counted. A request counts against all of them that it belongs to. */
export const LimitScope = z.enum(['organisation', 'team', 'key', 'application', 'release', 'model'])
export type LimitScope = z.infer<typeof LimitScope>

export const CapKind = z.enum([
  'requests-per-minute',
  'requests-per-day',
  'requests-per-month',
  'tokens-per-minute',
  'tokens-per-day',
  'tokens-per-month',
  'concurrent-requests',
  'cost-per-minute',
  'cost-per-day',
  'cost-per-month',
])
export type CapKind = z.infer<typeof CapKind>

/** Cost is counted in whole pico-dollars, the others one by one. */
export type Measure = 'requests' | 'tokens' | 'cost' | 'concurrent'
/** minute: any sixty seconds; day and month: of the calendar in UTC; now: what is under way. */
export type Period = 'minute' | 'day' | 'month' | 'now'

export type CapField = (typeof CAPS)[number]['field']
export type Cap = {
  readonly kind: CapKind
  readonly field: CapField
  readonly measure: Measure
  readonly period: Period
}

/** In the order in which they are looked at: what opens again soonest comes first. */
export const CAPS = [
  { kind: 'concurrent-requests', field: 'concurrentRequests', measure: 'concurrent', period: 'now' },
  { kind: 'requests-per-minute', field: 'requestsPerMinute', measure: 'requests', period: 'minute' },
  { kind: 'tokens-per-minute', field: 'tokensPerMinute', measure: 'tokens', period: 'minute' },
  { kind: 'cost-per-minute', field: 'costMicroUsdPerMinute', measure: 'cost', period: 'minute' },
  { kind: 'requests-per-day', field: 'requestsPerDay', measure: 'requests', period: 'day' },
  { kind: 'tokens-per-day', field: 'tokensPerDay', measure: 'tokens', period: 'day' },
  { kind: 'cost-per-day', field: 'costMicroUsdPerDay', measure: 'cost', period: 'day' },
  { kind: 'requests-per-month', field: 'requestsPerMonth', measure: 'requests', period: 'month' },
  { kind: 'tokens-per-month', field: 'tokensPerMonth', measure: 'tokens', period: 'month' },
  { kind: 'cost-per-month', field: 'costMicroUsdPerMonth', measure: 'cost', period: 'month' },
] as const satisfies readonly { kind: CapKind; field: string; measure: Measure; period: Period }[]
