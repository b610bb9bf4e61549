/**
 * Intervals of a share that is a smooth function of sums over cases, such as BLEU over a corpus, by the jackknife: what
 * it comes to without each case in turn says how far chance moves it (Tukey 1958; Efron & Stein 1981, Annals of
 * Statistics 9).
 *
 * Around it lies Wilson's interval on as many trials as the share is worth, as for `clusteredRate`: share (1 - share) /
 * error^2, made smaller by (z/t)^2 for the few cases. Where few cases decide (answers that are nearly all right), the
 * error itself is little known: t has the degrees of freedom that the kurtosis of the jackknife's values leaves it, by the
 * variance of a variance (Satterthwaite 1946, Biometrics Bulletin 2; Cramér 1946, section 27.4). Percentiles of resamples
 * are too narrow, and BCa does not mend it (`bench/statistics/corpus.ts`). Where no case moves the share, each counts as
 * one trial.
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
  const { error, degreesOfFreedom } = jackknifeError(given.without)
  return wilsonAround({ ...given, error, degreesOfFreedom })
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
  const { error } = jackknifeError(without)
  if (error > 0) {
    // Differences of pairs are hardly skewed, so that all cases count.
    const half = { share: (1 + difference) / 2, without, error: error / 2, degreesOfFreedom: without.length - 1 }
    const { low, high } = wilsonAround({ ...half, confidence })
    return { low: 2 * low - 1, high: 2 * high - 1, standardError: error }
  }
  const others = wilson({ successes: 0, n: without.length, confidence }).high
  const usual = difference * (1 - others)
  return { low: usual - others, high: usual + others, standardError: 0 }
}

function wilsonAround(given: {
  readonly share: number
  readonly without: readonly number[]
  readonly error: number
  readonly degreesOfFreedom: number
  readonly confidence?: number
}): JackknifeInterval {
  const { share, without, error, degreesOfFreedom, confidence = 0.95 } = given
  requireFraction('share', share)
  requireOpenFraction('confidence', confidence)
  const z = -normalQuantile((1 - confidence) / 2)
  const fewer = z / -studentQuantile((1 - confidence) / 2, degreesOfFreedom)
  const spread = share * (1 - share)
  const n = error > 0 && spread > 0 ? (spread / error ** 2) * fewer ** 2 : without.length
  return { ...wilsonLimits({ rate: share, n, z }), standardError: error }
}

/** Less than this share of the values themselves is rounding. */
const ROUNDING = 1e-12

function jackknifeError(without: readonly number[]): { error: number; degreesOfFreedom: number } {
  requireValues({ name: 'without', values: without, least: 2 })
  const n = without.length
  const centre = mean(without)
  const sumOf = (power: number) => without.reduce((sum, value) => sum + (value - centre) ** power, 0)
  const squares = sumOf(2)
  const error = Math.sqrt(((n - 1) / n) * squares)
  if (error <= ROUNDING * Math.abs(centre) * n) return { error: 0, degreesOfFreedom: n - 1 }
  const kurtosis = (n * sumOf(4)) / squares ** 2
  const left = 2 / (kurtosis / n - (n - 3) / (n * (n - 1)))
  return { error, degreesOfFreedom: left > 0 ? Math.min(n - 1, Math.max(LEAST_DEGREES, left)) : n - 1 }
}

/** A kurtosis of few values says too little to widen more. */
const LEAST_DEGREES = 2
