/**
 * Asymptotic confidence sequence (AsympCS; Waudby-Smith et al., arXiv 2103.06476) for a difference
 * of means: an interval that may be looked at as often as one likes, for large samples.
 *
 * Not to be read before 100 units and 5 events per arm: without the 5 events a release exactly at
 * its margin is promoted in 25 % of rollouts at a base rate of 0.5 %.
 */
import { requireCount, requireOpenFraction, requirePositive } from './argument.ts'

/** `alpha` is 0.05 and `sides` is 2 when left out. One side: the limit in one direction only, narrower. */
export type SequenceLevel = { readonly alpha?: number; readonly sides?: 1 | 2 }

/**
 * Half-width, in the units of the difference, from its standard error `se` after `n` units, both
 * arms together; `plannedUnits` is the n at which the interval is to be tightest. For a constant
 * canary weight; over several weights use `stratifiedSequence`.
 */
export function asymptoticHalfWidth(given: { se: number; n: number; plannedUnits: number } & SequenceLevel): number {
  const { se, n, plannedUnits, ...level } = given
  requirePositive('se', se)
  requireCount({ name: 'n', value: n, least: 1 })
  return halfWidthAt({ se, clock: n * asymptoticRho({ plannedUnits, ...level }) ** 2, ...level })
}

/** rho = sqrt(k / plannedUnits), one fixed-point step towards the value that minimises the width at `plannedUnits`. */
export function asymptoticRho({ plannedUnits, ...level }: { plannedUnits: number } & SequenceLevel): number {
  requirePositive('plannedUnits', plannedUnits)
  return Math.sqrt(clockRate(level) / plannedUnits)
}

/** Half-width at `clock` = N rho^2. */
export function halfWidthAt({
  se,
  clock,
  alpha = 0.05,
  sides = 2,
}: { se: number; clock: number } & SequenceLevel): number {
  requireOpenFraction('alpha', alpha)
  const growth = Math.sqrt(clock + 1)
  const logTerm = sides === 2 ? Math.log(growth / alpha) : Math.log1p(growth / (2 * alpha))
  return se * Math.sqrt(((2 * (clock + 1)) / clock) * logTerm)
}

/** k = -2 ln a + ln(-2 ln a + 1), with a = alpha on two sides and 2 alpha on one (below 1/2 then). */
export function clockRate({ alpha = 0.05, sides = 2 }: SequenceLevel): number {
  requireOpenFraction('alpha', alpha)
  if (sides === 1 && alpha >= 0.5) throw new RangeError(`alpha must be below 0.5 on one side, but it is ${alpha}.`)
  const spent = -2 * Math.log(sides === 2 ? alpha : 2 * alpha)
  return spent + Math.log(spent + 1)
}
