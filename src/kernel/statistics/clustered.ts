/**
 * Means of scores that come in clusters (turns of one conversation, samples of one question).
 *
 * Scores inside a cluster are alike, so the error of the mean rests on the number of clusters.
 */
import { requireOpenFraction, requireSameLength, requireValues } from './argument.ts'
import { type ClusterKeys, clusterCodes } from './cluster-codes.ts'
import type { Interval } from './interval.ts'
import { pairedDifferences } from './paired.ts'
import { studentQuantile } from './student.ts'
import { mean, variance } from './summary.ts'
import type { Values } from './values.ts'

/**
 * `n` scores in `clusters` clusters. Standard errors: `seIndependent` as if there were no clusters,
 * `seCR0` (Liang & Zeger 1986), `seCR1` = CR0 sqrt(G/(G-1)), `seCR2` (Bell & McCaffrey 2002) with
 * Satterthwaite's `degreesOfFreedom`, on which `low` and `high` rest. `designEffect` is the variance
 * CR0 over that of independent scores (both with divisor n); `undefined` when all scores are equal.
 */
export type ClusteredMean = Interval & {
  readonly n: number
  readonly clusters: number
  readonly mean: number
  readonly seIndependent: number
  readonly seCR0: number
  readonly seCR1: number
  readonly seCR2: number
  readonly degreesOfFreedom: number
  readonly designEffect: number | undefined
}

/** Mean of `scores`, score i belonging to cluster `clusters[i]`; at least 2 clusters. Throws RangeError otherwise. */
export function clusteredMean(given: { scores: Values; clusters: ClusterKeys; confidence?: number }): ClusteredMean {
  const { scores, clusters, confidence = 0.95 } = given
  requireSameLength({ name: 'scores', values: scores }, { name: 'clusters', values: clusters })
  requireValues({ name: 'scores', values: scores, least: 2 })
  requireOpenFraction('confidence', confidence)
  const centre = mean(scores)
  const { totals, sizes } = residualsByCluster({ scores, clusters, centre })
  const count = sizes.length
  if (count < 2) throw new RangeError(`clusters must name at least 2 clusters, but it names ${count}.`)

  const n = scores.length
  const varianceCR0 = sumOf(totals, (total) => total * total) / n ** 2
  const varianceCR2 = sumOf(totals, (total, at) => (total * total) / (1 - (sizes.at(at) ?? 0) / n)) / n ** 2
  const varianceIndependent = variance(scores) / n
  const degreesOfFreedom = satterthwaite(sizes)
  const halfWidth = Math.sqrt(varianceCR2) * -studentQuantile((1 - confidence) / 2, degreesOfFreedom)
  return {
    n,
    clusters: count,
    mean: centre,
    seIndependent: Math.sqrt(varianceIndependent),
    seCR0: Math.sqrt(varianceCR0),
    seCR1: Math.sqrt((varianceCR0 * count) / (count - 1)),
    seCR2: Math.sqrt(varianceCR2),
    degreesOfFreedom,
    designEffect: varianceIndependent > 0 ? varianceCR0 / ((varianceIndependent * (n - 1)) / n) : undefined,
    low: centre - halfWidth,
    high: centre + halfWidth,
  }
}

/** `clusteredMean` of first - second, two systems' scores on the same cases. */
export const clusteredPairedDifference = (given: {
  first: Values
  second: Values
  clusters: ClusterKeys
  confidence?: number
}): ClusteredMean => clusteredMean({ ...given, scores: pairedDifferences(given) })

type Residuals = { readonly totals: Values; readonly sizes: Values }

function residualsByCluster(given: { scores: Values; clusters: ClusterKeys; centre: number }): Residuals {
  const { scores, centre } = given
  const { codes, count } = clusterCodes(given.clusters)
  // Where each score is a cluster of its own there is nothing to add up, nor to hold.
  if (count === scores.length) return { totals: scores.map((score) => score - centre), sizes: scores.map(() => 1) }
  const totals = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let at = 0; at < scores.length; at++) {
    const code = codes.at(at) ?? 0
    totals[code] = (totals[code] ?? 0) + (scores.at(at) ?? 0) - centre
    sizes[code] = (sizes[code] ?? 0) + 1
  }
  return { totals, sizes }
}

/**
 * Satterthwaite's degrees of freedom of CR2 under independence, for a mean: with cluster sizes n_g
 * and w_g = n_g^2 / (1 - n_g/n) the general form tr(P)^2 / tr(P^2) shrinks to sums over clusters.
 */
function satterthwaite(sizes: Values): number {
  const n = sumOf(sizes, (size) => size)
  const weightOf = (size: number) => size ** 2 / (1 - size / n)
  const own = sumOf(sizes, (size) => size ** 2)
  const between = (sumOf(sizes, weightOf) ** 2 - sumOf(sizes, (size) => weightOf(size) ** 2)) / n ** 2
  return n ** 2 / (own + between)
}

/** Nothing is held of what is added up. */
const sumOf = (values: Values, term: (value: number, at: number) => number): number =>
  values.reduce((total, value, at) => total + term(value, at), 0)
