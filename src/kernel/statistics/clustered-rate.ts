/**
 * The interval of a rate whose trials come in clusters: Wilson's, on as many independent trials as these are worth.
 *
 * The effective number of trials is rate (1 - rate) / variance, the variance being that of `clusteredMean` (CR2), made
 * smaller by (z/t)^2 for its few degrees of freedom (Korn & Graubard 1998, Survey Methodology 24; with Wilson's limits
 * Dean & Pagano 2015, Journal of Survey Statistics and Methodology 3). Trials of 0 or 1 are never worth more than their
 * number (the same authors' truncation). Where all scores are alike nothing can be learned of how alike a
 * cluster is, so each cluster counts as one trial.
 *
 * Invariant: the interval lies in [0, 1] and contains the rate.
 */
import { requireFraction, requireOpenFraction, requireSameLength, requireValues } from './argument.ts'
import { type ClusterKeys, clusterCodes } from './cluster-codes.ts'
import { clusteredMean } from './clustered.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'
import { wilsonLimits } from './proportions.ts'
import { studentQuantile } from './student.ts'
import type { Values } from './values.ts'

/** `n` scores in `clusters` clusters with the mean `rate`, worth `effectiveN` independent trials at this confidence. */
export type ClusteredRate = Interval & {
  readonly n: number
  readonly clusters: number
  readonly rate: number
  readonly effectiveN: number
}

/**
 * Rate of `scores` in [0, 1] (0 or 1, or a share over repeats), score i belonging to cluster `clusters[i]`. Throws
 * RangeError for other scores, and for one cluster alone unless its scores are all 0 or all 1.
 */
export function clusteredRate(given: { scores: Values; clusters: ClusterKeys; confidence?: number }): ClusteredRate {
  const { scores, confidence = 0.95 } = given
  const clusters = clusterCodes(given.clusters)
  requireSameLength({ name: 'scores', values: scores }, { name: 'clusters', values: given.clusters })
  requireValues({ name: 'scores', values: scores })
  const outside = scores.findIndex((score) => !(score >= 0 && score <= 1))
  if (outside >= 0) requireFraction(`scores[${outside}]`, scores.at(outside) ?? Number.NaN)
  requireOpenFraction('confidence', confidence)
  const z = -normalQuantile((1 - confidence) / 2)
  const groups = clusters.count
  const rate = scores.at(0) ?? 0
  if ((rate === 0 || rate === 1) && scores.every((score) => score === rate))
    return { ...wilsonLimits({ rate, n: groups, z }), n: scores.length, clusters: groups, rate, effectiveN: groups }

  const { n, mean, seCR2, degreesOfFreedom } = clusteredMean({ scores, clusters, confidence })
  const fewer = z / studentQuantile((1 - confidence) / 2, degreesOfFreedom)
  const worth = ((mean * (1 - mean)) / seCR2 ** 2) * fewer ** 2
  // Scores between 0 and 1 are means of several trials each, and may be worth more than their number.
  const isPlain = scores.every((score) => score === 0 || score === 1)
  const effectiveN = isPlain || !Number.isFinite(worth) ? Math.min(n, worth) : worth
  return { ...wilsonLimits({ rate: mean, n: effectiveN, z }), n, clusters: groups, rate: mean, effectiveN }
}
