/** How many cases a comparison of proportions needs, and what it can see with those it has. */
import { requireCount, requireFraction, requireOpenFraction, requirePositive } from './argument.ts'
import { bisect } from './bisect.ts'
import { type PowerPlan, powerQuantiles, type SampleSize, sampleSize } from './power-plan.ts'

/**
 * Cases needed by McNemar's test (Connor 1987): (z_a sqrt(psi) + z_b sqrt(psi - d^2))^2 / d^2.
 * `discordant` psi is the expected share of cases on which the systems disagree, `difference` d of
 * their rates, at most psi.
 */
export function pairedProportionsSampleSize(given: { discordant: number; difference: number } & PowerPlan): SampleSize {
  const { discordant, difference } = given
  requireDiscordant(discordant)
  const { zAlpha, zPower } = powerQuantiles(given)
  const distance = Math.abs(difference)
  if (!(distance > 0 && distance <= discordant)) {
    throw new RangeError(
      `difference must be other than 0 and within discordant (${discordant}), but it is ${difference}.`,
    )
  }
  const root = zAlpha * Math.sqrt(discordant) + zPower * Math.sqrt(discordant - distance ** 2)
  return sampleSize((root / distance) ** 2)
}

/**
 * The smallest difference of rates McNemar's test sees with `n` cases: the root in d of Connor's
 * formula. `undefined` when even a difference as large as `discordant` stays unseen.
 */
export function pairedProportionsDetectable(given: { discordant: number; n: number } & PowerPlan): number | undefined {
  const { discordant, n } = given
  requireDiscordant(discordant)
  requireCount({ name: 'n', value: n, least: 1 })
  const { zAlpha, zPower } = powerQuantiles(given)
  const falseShare = zAlpha * Math.sqrt(discordant)
  const sees = (d: number) => d * Math.sqrt(n) >= falseShare + zPower * Math.sqrt(Math.max(0, discordant - d ** 2))
  return sees(discordant) ? bisect({ low: 0, high: discordant }, sees) : undefined
}

/**
 * Units needed per arm by the two-sample test of proportions `p1` and `p2`, variance pooled under
 * the null hypothesis (Fleiss, Levin & Paik 2003, without correction; R's power.prop.test).
 */
export function unpairedProportionsSampleSize(given: { p1: number; p2: number } & PowerPlan): SampleSize {
  const { p1, p2 } = given
  requireFraction('p1', p1)
  requireFraction('p2', p2)
  if (p1 === p2) throw new RangeError(`p2 must differ from p1 (${p1}), but it is ${p2}.`)
  return sampleSize(unitsPerArm({ p1, p2, ...powerQuantiles(given) }))
}

/**
 * The smallest rise above `p1` (fall below it with `direction` 'down') that `n` units per arm see;
 * `undefined` when even a rate of 1 (0) stays unseen.
 */
export function unpairedProportionsDetectable(
  given: { p1: number; n: number; direction?: 'up' | 'down' } & PowerPlan,
): number | undefined {
  const { p1, n, direction = 'up' } = given
  requireFraction('p1', p1)
  requireCount({ name: 'n', value: n, least: 1 })
  const quantiles = powerQuantiles(given)
  const room = direction === 'up' ? 1 - p1 : p1
  const sees = (d: number) => d > 0 && unitsPerArm({ p1, p2: direction === 'up' ? p1 + d : p1 - d, ...quantiles }) <= n
  return sees(room) ? bisect({ low: 0, high: room }, sees) : undefined
}

/**
 * Cases needed to show that a rate, `p` in both arms, is not worse by `margin`, one-sided:
 * (z_a + z_b)^2 2 p (1 - p)(1 - correlation) / margin^2. `correlation` is that of the two outcomes
 * on a case (0.4 when left out); with 0 the result is the number per arm of an unpaired design.
 */
export function nonInferioritySampleSize(given: { p: number; margin: number } & NonInferiority): SampleSize {
  requirePositive('margin', given.margin)
  return sampleSize(nonInferiorityScale(given) / given.margin ** 2)
}

/** The smallest margin that `n` cases can exclude: `nonInferioritySampleSize` solved for it. */
export function nonInferiorityMargin(given: { p: number; n: number } & NonInferiority): number {
  requireCount({ name: 'n', value: given.n, least: 1 })
  return Math.sqrt(nonInferiorityScale(given) / given.n)
}

type NonInferiority = { correlation?: number; alpha?: number; power?: number }

function nonInferiorityScale(given: { p: number } & NonInferiority): number {
  const { p, correlation = 0.4 } = given
  requireOpenFraction('p', p)
  if (!(correlation > -1 && correlation < 1)) {
    throw new RangeError(`correlation must lie strictly between -1 and 1, but it is ${correlation}.`)
  }
  const { zAlpha, zPower } = powerQuantiles({ ...given, sides: 1 })
  return (zAlpha + zPower) ** 2 * 2 * p * (1 - p) * (1 - correlation)
}

function unitsPerArm(given: { p1: number; p2: number; zAlpha: number; zPower: number }): number {
  const { p1, p2, zAlpha, zPower } = given
  const pooled = (p1 + p2) / 2
  const root = zAlpha * Math.sqrt(2 * pooled * (1 - pooled)) + zPower * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
  return (root / (p1 - p2)) ** 2
}

function requireDiscordant(discordant: number): void {
  requireFraction('discordant', discordant)
  requirePositive('discordant', discordant)
}
