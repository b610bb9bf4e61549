/** Figures in words: money, intervals, ages, releases. The same everywhere in the CLI. */

import { dollars } from '../kernel/money.ts'
import { plural } from '../kernel/plural.ts'

/** `r3 9f31c2aa`. */
export const releaseName = ({ number, digest }: { number: number; digest: string }): string =>
  `r${number} ${digest.slice(7, 15)}`

export const money = (microUsd: string | null): string => (microUsd === null ? 'price not known' : dollars(microUsd))

/** `$0.12`, or `at least $0.12, price of judge/m not known`. */
export const moneyKnown = (microUsd: string, unpriced: readonly string[]): string =>
  unpriced.length === 0 ? money(microUsd) : `at least ${money(microUsd)}, price of ${unpriced.join(', ')} not known`

export const figure = (value: number | null): string =>
  value === null ? '-' : Number.isInteger(value) ? String(value) : value.toFixed(4)

/** `0.3121 [0.2807, 0.3435]`. */
export const withInterval = (value: number | null, interval: { low: number; high: number } | null): string =>
  interval ? `${figure(value)} [${figure(interval.low)}, ${figure(interval.high)}]` : figure(value)

/** `70 calls, $0.12, 3 min`: what a run takes, without what it takes nothing of. */
export function effort({ calls, costMicroUsd, minutes, atLeastMicroUsd, unpriced = [] }: Effort): string {
  const cost =
    atLeastMicroUsd === undefined || unpriced.length === 0 ? money(costMicroUsd) : moneyKnown(atLeastMicroUsd, unpriced)
  const parts = [
    ...(calls > 0 ? [plural(calls, 'call')] : []),
    ...(calls > 0 || Number(costMicroUsd) > 0 ? [cost] : []),
    ...(minutes >= 1 ? [`about ${figure(Math.ceil(minutes))} min`] : calls > 0 ? ['under a minute'] : []),
  ]
  return parts.join(', ')
}
type Effort = {
  readonly calls: number
  readonly costMicroUsd: string | null
  readonly minutes: number
  /** What of the cost is known, where that is said. */
  readonly atLeastMicroUsd?: string
  readonly unpriced?: readonly string[]
}

/** `40 s`, `12 min`, `5.5 h`, `3.0 days`. */
export function lasting(ms: number): string {
  const [size, unit] = (
    [
      [86_400_000, 'days'],
      [3_600_000, 'h'],
      [60_000, 'min'],
    ] as const
  ).find(([least]) => ms >= 2 * least) ?? [1000, 's']
  return `${(ms / size).toFixed(unit === 'days' || unit === 'h' ? 1 : 0)} ${unit}`
}

export const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`

/** `3 MISSING, 9 PASS`. */
export const verdictsInWords = (findings: readonly { readonly verdict: string }[]): string =>
  [...Map.groupBy(findings, ({ verdict }) => verdict)].map(([verdict, { length }]) => `${length} ${verdict}`).join(', ')

export const MARKS: Readonly<Record<string, string>> = {
  PASS: '✔',
  FAIL: '✘',
  MISSING: '◌',
  STALE: '◷',
  INCONCLUSIVE: '◐',
  WAIVED: '◇',
  NOT_APPLICABLE: '–',
}
