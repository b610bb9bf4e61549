/**
 * Sample ratio mismatch: did the arms receive the share of subjects they were meant to?
 *
 * Sequential multinomial test with a Dirichlet mixture (Lindon & Malek, arXiv 2011.03567). Each subject is
 * counted once, in the step in which it was first seen: a sticky subject seen again is no new draw.
 */
import { requireCount, requireFraction, requireOpenFraction, requirePositive, requireSameLength } from './argument.ts'
import { logGamma } from './log-gamma.ts'

/** Subjects per arm while the arms had these assignment `weights`, which sum to 1. */
export type RatioStep = { readonly counts: readonly number[]; readonly weights: readonly number[] }

/** ln E, the always-valid p = min(1, 1/E), and whether E has reached 1/alpha. */
export type RatioEvidence = { readonly logE: number; readonly p: number; readonly mismatch: boolean }

/**
 * Evidence over all `steps`: the product of one e-value a step, each from a fresh Dirichlet(1, ..., 1)
 * prior. Pooling counts over steps against the last weight would always alarm. `alpha` is 0.001 when
 * left out; a mismatch means that no comparison of the arms is to be trusted.
 */
export function sampleRatio(given: { steps: readonly RatioStep[]; alpha?: number }): RatioEvidence {
  const { steps, alpha = 0.001 } = given
  requireOpenFraction('alpha', alpha)
  const logE = steps.reduce((sum, step) => sum + logRatioEvidence(step), 0)
  return { logE, p: Math.min(1, Math.exp(-logE)), mismatch: logE >= -Math.log(alpha) }
}

/**
 * ln of Gamma(A)/Gamma(A+n) prod Gamma(1+S_j)/Gamma(1) / prod w_j^S_j for one step with A arms;
 * Infinity when an arm of weight 0 has subjects.
 */
export function logRatioEvidence({ counts, weights }: RatioStep): number {
  requireSameLength({ name: 'counts', values: counts }, { name: 'weights', values: weights })
  requirePositive('the number of arms', counts.length)
  counts.forEach((value, j) => {
    requireCount({ name: `counts[${j}]`, value })
  })
  weights.forEach((weight, j) => {
    requireFraction(`weights[${j}]`, weight)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (Math.abs(total - 1) > 1e-9) throw new RangeError(`weights must sum to 1, but they sum to ${total}.`)

  const n = counts.reduce((sum, count) => sum + count, 0)
  const logMixture = counts.reduce(
    (sum, count) => sum + logGamma(1 + count),
    logGamma(counts.length) - logGamma(counts.length + n),
  )
  const logNull = counts.reduce((sum, count, j) => sum + (count === 0 ? 0 : count * Math.log(weights[j] ?? 0)), 0)
  return logMixture - logNull
}
