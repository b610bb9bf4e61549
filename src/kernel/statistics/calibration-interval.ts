/**
 * Interval of the expected calibration error over bins.
 *
 * The error itself is biased: chance moves each bin's share away from its probability, and distances from both sides add
 * up, so that answers that are calibrated perfectly show an error that shrinks with n alone (Bröcker 2012, Climate Dynamics
 * 39; Roelofs et al. 2022, AISTATS 151). A jackknife or a bootstrap carries the bias along and misses the truth. The two
 * limits rest on what always holds of a distance |g + e| that chance e moved: it is at most |g| + |e| (triangle), and at
 * least |g| + sign(g) e (convexity). So the truth is below by no more than the sum of |e|, whose quantile is drawn, and
 * above by no more than a sum of e, which is normal. Each limit takes half of the error. The lower one is too low where all
 * bins are far off: at n = 1,000 by about the width that a normal interval would have.
 *
 * e of the bins is normal, with variances and covariances over clusters. Few clusters in a bin know little of their own
 * error, so that of a bin is at least what Agresti & Coull 1998 give its answers, times the design effect (Kish 1965) of all
 * bins together. How often each bin is met moves both limits alike.
 */
import { requireOpenFraction, requireValues } from './argument.ts'
import { calibrationOf } from './classification.ts'
import type { Interval } from './interval.ts'
import { normalQuantile, standardNormal } from './normal.ts'
import { sortedQuantile } from './summary.ts'

const DRAWS = 2000

/**
 * @param all sums by bin as of `calibrationOf`: how many, their probabilities, their outcomes
 * @param groups the same of each of at least 2 independent clusters
 * @param random numbers in [0, 1): the same give the same interval
 */
export function calibrationInterval(given: {
  readonly all: Float64Array
  readonly groups: readonly Float64Array[]
  readonly random: () => number
  readonly confidence?: number
}): Interval | undefined {
  const { all, groups, random, confidence = 0.95 } = given
  requireOpenFraction('confidence', confidence)
  const found = calibrationOf(all)
  if (!found) return undefined
  requireValues({ name: 'groups', values: groups.map(() => 0), least: 2 })
  const places = Array.from({ length: all.length / 3 }, (_, bin) => 3 * bin).filter((at) => (all[at] ?? 0) > 0)
  const { covariance, ofCounts } = noiseOf(places, given, found.ece)
  const level = 1 - (1 - confidence) / 2
  const variance = covariance.flat().reduce((sum, value) => sum + Math.abs(value), ofCounts)
  const below = quantileOfFolded({ covariance, ofCounts, random, level })
  return {
    low: Math.max(0, found.ece - below),
    high: Math.min(1, found.ece + normalQuantile(level) * Math.sqrt(variance)),
  }
}

type Noise = {
  /** Of what chance adds to the weighted gap of each bin, with that of each other one. */
  readonly covariance: number[][]
  /** Variance of the error by how often each bin is met. */
  readonly ofCounts: number
}

function noiseOf(
  places: readonly number[],
  { all, groups }: { all: Float64Array; groups: readonly Float64Array[] },
  error: number,
): Noise {
  const counts = places.map((at) => all[at] ?? 0)
  const n = counts.reduce((sum, count) => sum + count, 0)
  const gaps = places.map((at, bin) => ((all[at + 2] ?? 0) - (all[at + 1] ?? 0)) / (counts[bin] ?? 1))
  const covariance = places.map(() => new Array<number>(places.length).fill(0))
  const few = groups.length / (groups.length - 1) / n ** 2
  let [ofCounts, cells] = [0, 0]
  for (const group of groups) {
    let moved = 0
    const met = places.flatMap((at, bin) => {
      const [count = 0, named = 0, right = 0] = group.subarray(at, at + 3)
      if (count === 0) return []
      moved += count * (Math.abs(gaps[bin] ?? 0) - error)
      return [{ bin, by: right - named - count * (gaps[bin] ?? 0) }]
    })
    cells += met.length
    ofCounts += few * moved ** 2
    for (const one of met)
      for (const other of met) {
        const row = covariance[one.bin]
        if (row) row[other.bin] = (row[other.bin] ?? 0) + few * one.by * other.by
      }
  }
  const shares = places.map((at, bin) => (all[at + 2] ?? 0) / (counts[bin] ?? 1))
  const effect = designEffect({ covariance, counts, shares, n, cells })
  for (const [bin, row] of covariance.entries()) {
    const count = counts[bin] ?? 0
    const share = ((shares[bin] ?? 0) * count + 2) / (count + 4)
    row[bin] = Math.max(row[bin] ?? 0, (effect * count * share * (1 - share)) / n ** 2)
  }
  return { covariance, ofCounts }
}

/** Variance over clusters beside that of as many single answers; at least 1. A bin's own share costs each of them one. */
function designEffect(given: {
  covariance: readonly (readonly number[])[]
  counts: readonly number[]
  shares: readonly number[]
  n: number
  /** Clusters of each bin, added up. */
  cells: number
}): number {
  const { covariance, counts, shares, n, cells } = given
  const degrees = (values: number) => values / Math.max(1, values - counts.length)
  const overClusters = covariance.reduce((sum, row, bin) => sum + (row[bin] ?? 0), 0) * n ** 2 * degrees(cells)
  const ofAnswers = counts.reduce((sum, count, bin) => sum + count * (shares[bin] ?? 0) * (1 - (shares[bin] ?? 0)), 0)
  return ofAnswers === 0 ? 1 : Math.max(1, overClusters / (ofAnswers * degrees(n)))
}

/** Of the sum of the distances that normal values with this covariance have from 0, and of one normal value more. */
function quantileOfFolded({
  covariance,
  ofCounts,
  random,
  level,
}: Noise & { random: () => number; level: number }): number {
  const root = rootOf(covariance)
  const sums = Float64Array.from({ length: DRAWS }, () => {
    const drawn = root.map(() => standardNormal(random))
    let sum = Math.sqrt(ofCounts) * standardNormal(random)
    for (const row of root) {
      let value = 0
      for (let at = 0; at < row.length; at++) value += (row[at] ?? 0) * (drawn[at] ?? 0)
      sum += Math.abs(value)
    }
    return sum
  }).sort()
  return Math.max(0, sortedQuantile(sums, level))
}

/** The lower triangle whose product with itself is the matrix (Cholesky); what rounding leaves below 0 is 0. */
function rootOf(matrix: readonly (readonly number[])[]): number[][] {
  const root: number[][] = []
  for (const [at, row] of matrix.entries()) {
    const own: number[] = []
    for (const [to, above] of [...root, own].entries()) {
      let left = row[to] ?? 0
      for (let before = 0; before < to; before++) left -= (own[before] ?? 0) * (above[before] ?? 0)
      const divisor = above[to] ?? 0
      own.push(to === at ? Math.sqrt(Math.max(0, left)) : divisor === 0 ? 0 : left / divisor)
    }
    root.push(own)
  }
  return root
}
