/** Mean difference of two systems on the same cases, by the paired t test. */
import { requireCount, requireOpenFraction, requireSameLength, requireValues } from './argument.ts'
import type { Interval } from './interval.ts'
import { studentQuantile, studentTwoSidedTail } from './student.ts'
import { mean, standardDeviation } from './summary.ts'
import type { Values } from './values.ts'

/**
 * Paired t test and interval (Student 1908) of first - second, in the units of the scores:
 * `first[i]` and `second[i]` belong to case i, at least 2 cases. `p` is two-sided. When all
 * differences are equal the interval has no width, `t` is infinite (0 for a difference of 0)
 * and `p` is 0 (1 for a difference of 0).
 */
export function pairedT(given: {
  first: readonly number[]
  second: readonly number[]
  confidence?: number
}): Interval & {
  mean: number
  standardDeviation: number
  t: number
  degreesOfFreedom: number
  p: number
} {
  const { confidence = 0.95 } = given
  requireOpenFraction('confidence', confidence)
  const differences = pairedDifferences(given)
  requireValues({ name: 'first', values: differences, least: 2 })

  const centre = mean(differences)
  const deviation = standardDeviation(differences)
  const standardError = deviation / Math.sqrt(differences.length)
  const degreesOfFreedom = differences.length - 1
  const t = centre === 0 ? 0 : centre / standardError
  const halfWidth = standardError * -studentQuantile((1 - confidence) / 2, degreesOfFreedom)
  return {
    mean: centre,
    standardDeviation: deviation,
    t,
    degreesOfFreedom,
    p: studentTwoSidedTail(t, degreesOfFreedom),
    low: centre - halfWidth,
    high: centre + halfWidth,
  }
}

/**
 * Exact two-sided p where all differences are alike, by flipping signs (Fisher 1935, The Design of Experiments, section
 * 21): of the 2^units deals of the two systems only the one that was seen and its mirror lie as far from 0. `units` are
 * pairs, or clusters whose pairs are dealt together. 1 for a difference of 0.
 */
export function alikePairs({ difference, units }: { difference: number; units: number }): { p: number } {
  requireCount({ name: 'units', value: units })
  return { p: difference === 0 || units === 0 ? 1 : 2 ** (1 - units) }
}

/** first[i] - second[i] for every case i; both lists must be of one length and finite. */
export function pairedDifferences(given: { first: Values; second: Values }): Values {
  requireSameLength({ name: 'first', values: given.first }, { name: 'second', values: given.second })
  requireValues({ name: 'first', values: given.first })
  requireValues({ name: 'second', values: given.second })
  return given.first.map((value, index) => value - (given.second.at(index) ?? Number.NaN))
}
