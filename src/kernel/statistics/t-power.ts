/** Power of a t test, by the noncentral t distribution. */
import { requireFinite, requireOpenFraction, requirePositive } from './argument.ts'
import { logGamma } from './log-gamma.ts'
import { normalCdf } from './normal.ts'
import { studentQuantile } from './student.ts'

/**
 * Probability that a t test with `degreesOfFreedom` rejects when the statistic is shifted by
 * `noncentrality` = effect / standard error. T = (Z + shift) / S with S^2 = chi^2 / df, so the tail
 * is the mean of a normal tail over S: Simpson's rule, relative error 4e-6 at 1 degree of freedom, below 1e-7 from 3 on.
 */
export function tTestPower(given: {
  noncentrality: number
  degreesOfFreedom: number
  alpha: number
  sides: 1 | 2
}): number {
  const { noncentrality, degreesOfFreedom, alpha, sides } = given
  requireFinite('noncentrality', noncentrality)
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  requireOpenFraction('alpha', alpha)
  const critical = -studentQuantile(alpha / sides, degreesOfFreedom)
  const rejects = (s: number) =>
    normalCdf(noncentrality - critical * s) + (sides === 2 ? normalCdf(-noncentrality - critical * s) : 0)
  return meanOverScale(rejects, degreesOfFreedom)
}

/** Mean of `value` over S = sqrt(chi^2 / df). */
function meanOverScale(value: (s: number) => number, degreesOfFreedom: number): number {
  const reach = 10 / Math.sqrt(2 * degreesOfFreedom)
  const low = Math.max(1e-12, 1 - reach)
  const high = 1 + reach
  const intervals = 600
  const width = (high - low) / intervals
  const half = degreesOfFreedom / 2
  const logConstant = Math.LN2 + half * Math.log(half) - logGamma(half)
  let total = 0
  for (let index = 0; index <= intervals; index += 1) {
    const s = low + index * width
    const logDensity = logConstant + (degreesOfFreedom - 1) * Math.log(s) - half * s * s
    const weight = index === 0 || index === intervals ? 1 : index % 2 === 1 ? 4 : 2
    total += weight * value(s) * Math.exp(logDensity)
  }
  return (total * width) / 3
}
