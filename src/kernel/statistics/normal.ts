/**
 * The standard normal distribution.
 *
 * Own code, because a tail read as `1 - cdf` is 0 from z = 8.3 on (so is jstat 1.9.6's);
 * here both tails keep their relative accuracy down to 1e-300.
 */
import { requireFinite, requireOpenFraction } from './argument.ts'

/** P(Z <= z) for a standard normal Z; relative error about 1e-14 in the left tail. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) requireFinite('z', z)
  return z > 0 ? 1 - tail(z) : tail(-z)
}

/** P(Z > z), the complement of `normalCdf` without its loss of digits in the right tail. */
export const normalUpperTail = (z: number): number => normalCdf(-z)

/** Density of the standard normal distribution at `z`. */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

/**
 * z with P(Z <= z) = `probability`, strictly between 0 and 1.
 * Abramowitz & Stegun 26.2.23 for a start, then Halley's iteration to full precision.
 */
export function normalQuantile(probability: number): number {
  requireOpenFraction('probability', probability)
  if (probability > 0.5) return -normalQuantile(1 - probability)
  if (probability === 0.5) return 0

  const t = Math.sqrt(-2 * Math.log(probability))
  let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
  for (let round = 0; round < 3; round += 1) {
    const step = (normalCdf(z) - probability) / normalDensity(z)
    z -= step / (1 + (z * step) / 2)
  }
  return z
}

/** One draw of it (Box & Muller 1958); `random` returns numbers in [0, 1). */
export const standardNormal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** P(Z > z) for z >= 0. */
function tail(z: number): number {
  const half = (z * z) / 2
  if (half === Number.POSITIVE_INFINITY) return 0
  return half < 1.5 ? 0.5 - normalDensity(z) * centralSeries(z) : normalDensity(z) * millsRatio(z)
}

/** (cdf(z) - 1/2) / density(z) = z + z^3/3 + z^5/(3*5) + ..., all terms of one sign. */
function centralSeries(z: number): number {
  let term = z
  let sum = z
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return sum
}

/** Upper tail over density, by Laplace's continued fraction 1/(z + 1/(z + 2/(z + 3/(z + ...)))), from its end. */
function millsRatio(z: number): number {
  let below = z
  for (let k = Math.ceil(10 + 250 / (z * z)); k >= 1; k -= 1) below = z + k / below
  return 1 / below
}
