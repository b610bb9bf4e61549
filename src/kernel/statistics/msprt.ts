/**
 * Mixture sequential probability ratio test (Robbins 1970; Johari et al. 2015), normal mixture.
 * Kept for results of tools that use it; for own decisions use the other sequences.
 */
import { requireCount, requireFinite, requirePositive } from './argument.ts'

/**
 * One look at an observed `difference` of means after `n` units per arm: ln of
 * sqrt(V/(V + n tau^2)) exp(n^2 tau^2 (d - d0)^2 / (2 V (V + n tau^2))) and the always-valid
 * p = min(previousP, 1/Lambda). `variancePerPair` V is the sum of both arms' unit variances (for unequal
 * arms n se^2), `mixingVariance` tau^2 that of the effects one expects, `nullDifference` d0 is 0 and
 * `previousP`, the p of the look before, 1 when left out.
 */
export function msprt(given: {
  difference: number
  n: number
  variancePerPair: number
  mixingVariance: number
  nullDifference?: number
  previousP?: number
}): { logLambda: number; p: number } {
  const { difference, n, variancePerPair, mixingVariance, nullDifference = 0, previousP = 1 } = given
  requireFinite('difference', difference)
  requireFinite('nullDifference', nullDifference)
  requireCount({ name: 'n', value: n })
  requirePositive('variancePerPair', variancePerPair)
  requirePositive('mixingVariance', mixingVariance)

  const mixed = variancePerPair + n * mixingVariance
  const squared = (n * (difference - nullDifference)) ** 2 * mixingVariance
  const logLambda = 0.5 * Math.log(variancePerPair / mixed) + squared / (2 * variancePerPair * mixed)
  return { logLambda, p: Math.min(previousP, Math.exp(-logLambda)) }
}
