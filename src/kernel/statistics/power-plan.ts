/** What a planned comparison promises: how often it may be wrong and how often it must see an effect. */
import { requireOpenFraction } from './argument.ts'
import { normalQuantile } from './normal.ts'

/** `alpha` 0.05, `power` 0.8 and 2 `sides` when left out. */
export type PowerPlan = { readonly alpha?: number; readonly power?: number; readonly sides?: 1 | 2 }

/** `exact` solves the formula; `n` is the next whole number, the one to collect. */
export type SampleSize = { readonly exact: number; readonly n: number }

/** The plan with its defaults and the two normal quantiles; throws RangeError for a level outside (0, 1) or other sides. */
export function powerQuantiles(plan: PowerPlan): {
  alpha: number
  power: number
  sides: 1 | 2
  zAlpha: number
  zPower: number
} {
  const { alpha = 0.05, power = 0.8, sides = 2 } = plan
  requireOpenFraction('alpha', alpha)
  requireOpenFraction('power', power)
  if (sides !== 1 && sides !== 2) throw new RangeError(`sides must be 1 or 2, but it is ${String(sides)}.`)
  return { alpha, power, sides, zAlpha: -normalQuantile(alpha / sides), zPower: normalQuantile(power) }
}

/** Rounds up, forgiving the last digits of an exact number that is whole. */
export const sampleSize = (exact: number): SampleSize => ({ exact, n: Math.ceil(exact * (1 - 1e-12)) })
