/**
 * Intervals for one proportion: `successes` out of `n` independent trials.
 *
 * Invariant: the interval lies in [0, 1] and contains successes / n. With n = 0 it is [0, 1]:
 * no trial excludes no rate.
 */
import { requireCount, requireOpenFraction, requirePart } from './argument.ts'
import { betaQuantile } from './beta.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'

/** `successes` of `n` trials; `confidence` is strictly between 0 and 1 and 0.95 when left out. */
export type Proportion = { readonly successes: number; readonly n: number; readonly confidence?: number }

/** Wilson's two-sided score interval (Wilson 1927), without continuity correction. */
export const wilson = (given: Proportion): Interval => ({
  low: wilsonLimit(given, { sides: 2, end: 'low' }),
  high: wilsonLimit(given, { sides: 2, end: 'high' }),
})

/** One-sided lower limit of Wilson's score interval: the whole error is spent below. */
export const wilsonLower = (given: Proportion): number => wilsonLimit(given, { sides: 1, end: 'low' })

/** One-sided upper limit of Wilson's score interval: the whole error is spent above. */
export const wilsonUpper = (given: Proportion): number => wilsonLimit(given, { sides: 1, end: 'high' })

/** The exact two-sided interval (Clopper & Pearson 1934): beta quantiles at half the error. */
export const clopperPearson = (given: Proportion): Interval => ({
  low: exactLower(given, errorOf(given) / 2),
  high: exactUpper(given, errorOf(given) / 2),
})

/** Exact one-sided lower limit (Clopper & Pearson 1934). */
export const clopperPearsonLower = (given: Proportion): number => exactLower(given, errorOf(given))

/** Exact one-sided upper limit (Clopper & Pearson 1934). */
export const clopperPearsonUpper = (given: Proportion): number => exactUpper(given, errorOf(given))

/** One-sided upper limit of a failure rate after `n` trials without a failure: 1 - (1 - confidence)^(1/n). */
export function zeroFailuresUpper({ n, confidence = 0.95 }: { n: number; confidence?: number }): number {
  requireCount({ name: 'n', value: n })
  requireOpenFraction('confidence', confidence)
  return n === 0 ? 1 : -Math.expm1(Math.log1p(-confidence) / n)
}

/** Wilson's limits of a rate of `n` trials, which need not be whole, at `z` standard errors. */
export function wilsonLimits({ rate, n, z }: { rate: number; n: number; z: number }): Interval {
  if (n === 0) return { low: 0, high: 1 }
  const spread = z * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n))
  const centre = rate + (z * z) / (2 * n)
  const scale = 1 + (z * z) / n
  // At the ends rounding alone would move a limit that is exact.
  return {
    low: rate === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: rate === 1 ? 1 : Math.min(1, (centre + spread) / scale),
  }
}

const wilsonLimit = (given: Proportion, { sides, end }: { sides: 1 | 2; end: 'low' | 'high' }): number => {
  const z = -normalQuantile(errorOf(given) / sides)
  return wilsonLimits({ rate: given.successes / given.n, n: given.n, z })[end]
}

function exactLower({ successes, n }: Proportion, error: number): number {
  return successes === 0 ? 0 : betaQuantile({ probability: error, a: successes, b: n - successes + 1 })
}

function exactUpper({ successes, n }: Proportion, error: number): number {
  return successes === n ? 1 : 1 - betaQuantile({ probability: error, a: n - successes, b: successes + 1 })
}

function errorOf({ successes, n, confidence = 0.95 }: Proportion): number {
  requirePart({ name: 'successes', value: successes }, { name: 'n', value: n })
  requireOpenFraction('confidence', confidence)
  return 1 - confidence
}
