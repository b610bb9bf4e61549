/**
 * Is the rate of a rare, critical event below a ceiling? One arm, no control.
 *
 * E is the likelihood mixed over a beta prior, over that at the ceiling. It may be looked at after
 * every unit; large E says "not the ceiling", and together with a rate below it, "below the ceiling".
 */
import { requireOpenFraction, requirePart, requirePositive } from './argument.ts'
import { logBetaCdf } from './beta.ts'
import { logBeta } from './log-gamma.ts'

/**
 * The bet: a beta(a, b) prior on the rate, beta(0.5, 50) when left out, which aims at rare events.
 * `isTruncated` cuts it to (0, ceiling) and renormalises; valid too, and faster once there are events.
 */
export type CeilingBet = {
  readonly ceiling: number
  readonly alpha?: number
  readonly a?: number
  readonly b?: number
  readonly isTruncated?: boolean
}

/**
 * ln E after `events` in `n` units, and whether the rate is below `ceiling` (strictly between 0 and
 * 1) at level `alpha` (0.05 when left out): events/n < ceiling and E >= 1/alpha.
 */
export function oneArmCeiling(given: { readonly events: number; readonly n: number } & CeilingBet): {
  logE: number
  belowCeiling: boolean
} {
  const { events, n, ceiling, alpha = 0.05, a = 0.5, b = 50, isTruncated = false } = given
  requirePart({ name: 'events', value: events }, { name: 'n', value: n })
  requireOpenFraction('ceiling', ceiling)
  requireOpenFraction('alpha', alpha)
  requirePositive('a', a)
  requirePositive('b', b)

  const logAtCeiling = events * Math.log(ceiling) + (n - events) * Math.log1p(-ceiling)
  const logMixture = logBeta(a + events, b + n - events) - logBeta(a, b)
  const logCut = isTruncated
    ? logBetaCdf({ x: ceiling, a: a + events, b: b + n - events }) - logBetaCdf({ x: ceiling, a, b })
    : 0
  const logE = logMixture + logCut - logAtCeiling
  return { logE, belowCeiling: events < ceiling * n && logE >= -Math.log(alpha) }
}

/** The smallest number of units without any event after which `oneArmCeiling` says "below". */
export function unitsWithoutEventNeeded(bet: CeilingBet): number {
  const isEnough = (n: number) => oneArmCeiling({ ...bet, events: 0, n }).belowCeiling
  let high = 1
  while (!isEnough(high)) high *= 2
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}
