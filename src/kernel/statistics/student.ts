/** Student's t distribution, through the incomplete beta function. */
import { requireFinite, requireOpenFraction, requirePositive } from './argument.ts'
import { betaCdf, betaQuantilePair, betaUpperTail } from './beta.ts'

/** P(|T| >= |t|) for T of Student's t with `degreesOfFreedom` above 0 (need not be whole). */
export function studentTwoSidedTail(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t)) requireFinite('t', t)
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  const square = t * t
  if (square === Number.POSITIVE_INFINITY) return 0
  return square < degreesOfFreedom
    ? betaUpperTail({ x: square / (degreesOfFreedom + square), a: 0.5, b: degreesOfFreedom / 2 })
    : betaCdf({ x: degreesOfFreedom / (degreesOfFreedom + square), a: degreesOfFreedom / 2, b: 0.5 })
}

/** P(T <= t) for T of Student's t with `degreesOfFreedom` above 0. */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  const half = studentTwoSidedTail(t, degreesOfFreedom) / 2
  return t > 0 ? 1 - half : half
}

/** t with P(T <= t) = `probability`, strictly between 0 and 1, for `degreesOfFreedom` above 0. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  requireOpenFraction('probability', probability)
  requirePositive('degreesOfFreedom', degreesOfFreedom)
  if (probability > 0.5) return -studentQuantile(1 - probability, degreesOfFreedom)
  const { x, y } = betaQuantilePair({ probability: 2 * probability, a: degreesOfFreedom / 2, b: 0.5 })
  return y === 0 ? 0 : -Math.sqrt((degreesOfFreedom * y) / x)
}
