/**
 * Bootstrap intervals, bias-corrected and accelerated (BCa; Efron 1987).
 *
 * Chance is an argument: the same `random` gives the same interval. A resample of n values takes
 * n draws in order, each of them the index floor(random() * n).
 */
import { requireCount, requireOpenFraction, requireValues } from './argument.ts'
import type { Interval } from './interval.ts'
import { largeMeanReplicates } from './large-bootstrap.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { pairedDifferences } from './paired.ts'
import { mean, sortedQuantile, standardDeviation } from './summary.ts'

/** `resamples` (2,000 when left out, at least 2) drawn with `random`, which returns numbers in [0, 1). */
export type BootstrapPlan = {
  readonly random: () => number
  readonly resamples?: number
  readonly confidence?: number
}

/**
 * What a bootstrap says, in the units of the statistic. `bias` is z0, `acceleration` is a;
 * `lowLevel` and `highLevel` are the quantiles of the replicates at which the interval ends,
 * `percentile` is the plain interval beside it.
 */
export type BootstrapInterval = Interval & {
  readonly estimate: number
  readonly standardError: number
  readonly bias: number
  readonly acceleration: number
  readonly lowLevel: number
  readonly highLevel: number
  readonly percentile: Interval
}

/** From here on means are drawn by counts: 10,000 resamples of 100,000 values one by one would be a milliard draws. */
const LARGE = 5000

/** BCa interval of the mean of first - second over the same cases (at least 2), which are resampled as pairs. */
export const pairedBootstrap = (
  given: { readonly first: readonly number[]; readonly second: readonly number[] } & BootstrapPlan,
): BootstrapInterval => bootstrap({ ...given, values: Array.from(pairedDifferences(given)) })

/** BCa interval of `statistic` (the mean when left out) of at least 2 independent values. */
export function bootstrap(
  given: {
    readonly values: readonly number[]
    readonly statistic?: (values: readonly number[]) => number
  } & BootstrapPlan,
): BootstrapInterval {
  const { values, statistic = mean, random, resamples = 2000, confidence = 0.95 } = given
  const isMean = statistic === mean
  requireValues({ name: 'values', values, least: 2 })
  requireCount({ name: 'resamples', value: resamples, least: 2 })
  requireOpenFraction('confidence', confidence)

  const estimate = statistic(values)
  const replicates =
    isMean && values.length > LARGE
      ? largeMeanReplicates({ values, random, resamples })
      : Array.from({ length: resamples }, () => statistic(resample(values, random)))
  replicates.sort((a, b) => a - b)
  const bias = normalQuantile(shareBelow(replicates, estimate))
  const acceleration = isMean ? accelerationOfMean(values, estimate) : accelerationOf(values, statistic)
  const error = (1 - confidence) / 2
  const lowLevel = correctedLevel({ z: normalQuantile(error), bias, acceleration })
  const highLevel = correctedLevel({ z: -normalQuantile(error), bias, acceleration })
  return {
    estimate,
    standardError: standardDeviation(replicates),
    bias,
    acceleration,
    lowLevel,
    highLevel,
    low: sortedQuantile(replicates, lowLevel),
    high: sortedQuantile(replicates, highLevel),
    percentile: { low: sortedQuantile(replicates, error), high: sortedQuantile(replicates, 1 - error) },
  }
}

function resample(values: readonly number[], random: () => number): number[] {
  return values.map(() => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new RangeError('random must return numbers from 0 up to, not including, 1.')
    return value
  })
}

/**
 * Share of replicates below the estimate, those equal to it by half. Equal means within 1e-12 of
 * the largest: the sum of the same numbers in another order differs in its last digit. Kept half
 * a replicate away from 0 and 1, where z0 would be infinite.
 */
function shareBelow(sorted: readonly number[], estimate: number): number {
  const largest = Math.max(Math.abs(estimate), Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0))
  const equal = sorted.filter((replicate) => Math.abs(replicate - estimate) <= 1e-12 * largest).length
  const below = sorted.filter((replicate) => replicate < estimate - 1e-12 * largest).length
  const count = Math.min(sorted.length - 0.5, Math.max(0.5, below + equal / 2))
  return count / sorted.length
}

/** The same for the mean, whose jackknife value without x is the mean less (x - mean) / (n - 1). */
function accelerationOfMean(values: readonly number[], centre: number): number {
  let squares = 0
  let cubes = 0
  for (const value of values) {
    const distance = value - centre
    squares += distance ** 2
    cubes += distance ** 3
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

/** a = sum d^3 / (6 (sum d^2)^1.5) over the jackknife's distances d from their mean. */
function accelerationOf(values: readonly number[], statistic: (values: readonly number[]) => number): number {
  const jackknife = values.map((_, left) => statistic(values.toSpliced(left, 1)))
  const centre = mean(jackknife)
  const squares = jackknife.reduce((sum, value) => sum + (centre - value) ** 2, 0)
  const cubes = jackknife.reduce((sum, value) => sum + (centre - value) ** 3, 0)
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

function correctedLevel({ z, bias, acceleration }: { z: number; bias: number; acceleration: number }): number {
  const shifted = bias + z
  const divisor = 1 - acceleration * shifted
  if (divisor <= 0) return shifted > 0 ? 1 : 0
  return normalCdf(bias + shifted / divisor)
}
