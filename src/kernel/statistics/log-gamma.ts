/**
 * Logarithms of the gamma and beta functions.
 *
 * Stirling's series alone is not good to 1e-10 below 10, so small arguments are first
 * lifted above 15 by the recurrence.
 */
import { requirePositive } from './argument.ts'

/** Coefficients of 1/x, 1/x^3, ... in Stirling's series: B_2k / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]

/** ln of the gamma function at `x` > 0, by Stirling's series; error about 1e-15 of the larger of 1 and the result. */
export function logGamma(x: number): number {
  requirePositive('x', x)
  let lifted = x
  let product = 1
  while (lifted < 15) {
    product *= lifted
    lifted += 1
  }
  const inverseSquare = 1 / (lifted * lifted)
  const series = STIRLING.reduceRight((sum, coefficient) => sum * inverseSquare + coefficient, 0) / lifted
  return (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}

/** ln of the beta function at `a`, `b` > 0: ln gamma(a) + ln gamma(b) - ln gamma(a + b). */
export const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b)
