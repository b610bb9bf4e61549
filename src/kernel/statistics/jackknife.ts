/**
 * Intervals of a share that is a smooth function of sums over cases, such as BLEU over a corpus, by the jackknife: what
 * it comes to without each case in turn says how far chance moves it (Tukey 1958; Efron & Stein 1981, Annals of
 * Statistics 9).
 *
 * Around it lies Wilson's interval on as many trials as the share is worth, as for `clusteredRate`: share (1 - share) /
 * error^2, made smaller by (z/t)^2 for the few cases. Percentiles of resamples are too narrow for few cases, and BCa does
 * not mend it (`bench/statistics/corpus.ts`). Where no case moves the share, each counts as one trial.
 */
import { requireFraction, requireOpenFraction, requireValues } from './argument.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'
import { wilson, wilsonLimits } from './proportions.ts'
import { studentQuantile } from './student.ts'
import { mean } from './summary.ts'

/** `standardError` is in the units of what was estimated. */
export type JackknifeInterval = Interval & { readonly standardError: number }

/** Of a share in [0, 1]; `without[i]` is the same without case i, of at least 2 independent cases. */
export function jackknifeShare(given: {
  readonly share: number
  readonly without: readonly number[]
  readonly confidence?: number
}): JackknifeInterval {
  const { share, without, confidence = 0.95 } = given
  requireFraction('share', share)
  requireOpenFraction('confidence', confidence)
  const standardError = jackknifeError(without)
  const z = -normalQuantile((1 - confidence) / 2)
  const fewer = z / -studentQuantile((1 - confidence) / 2, without.length - 1)
  const spread = share * (1 - share)
  const n = standardError > 0 && spread > 0 ? (spread / standardError ** 2) * fewer ** 2 : without.length
  return { ...wilsonLimits({ rate: share, n, z }), standardError }
}

/**
 * Of the difference of two shares over the same cases: (1 + difference) / 2 is a share again. Where no case moves it, as
 * many others as the Wilson interval of 0 in so many leaves open may lie anywhere from -1 to 1.
 */
export function jackknifeDifference(given: {
  readonly difference: number
  readonly without: readonly number[]
  readonly confidence?: number
}): JackknifeInterval {
  const { difference, without, confidence = 0.95 } = given
  const half = (value: number) => (1 + value) / 2
  const found = jackknifeShare({ share: half(difference), without: without.map(half), confidence })
  if (found.standardError > 0)
    return { low: 2 * found.low - 1, high: 2 * found.high - 1, standardError: 2 * found.standardError }
  const others = wilson({ successes: 0, n: without.length, confidence }).high
  const usual = difference * (1 - others)
  return { low: usual - others, high: usual + others, standardError: 0 }
}

/** Less than this share of the values themselves is rounding. */
const ROUNDING = 1e-12

function jackknifeError(without: readonly number[]): number {
  requireValues({ name: 'without', values: without, least: 2 })
  const n = without.length
  const centre = mean(without)
  const error = Math.sqrt(((n - 1) / n) * without.reduce((sum, value) => sum + (value - centre) ** 2, 0))
  return error <= ROUNDING * Math.abs(centre) * n ? 0 : error
}
