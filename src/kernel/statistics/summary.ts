/** Mean, variance and quantile of a list of numbers, in two passes so that large offsets cost no digits (NIST SmLs07). */
import { requireFraction, requireValues } from './argument.ts'
import type { Values } from './values.ts'

/** Arithmetic mean of at least one value, corrected by the mean of the residuals. */
export function mean(values: Values): number {
  requireValues({ name: 'values', values })
  const first = sum(values) / values.length
  return first + values.reduce((total, value) => total + (value - first), 0) / values.length
}

/** Sample variance (divisor n - 1) of at least two values, by the corrected two-pass formula (Chan, Golub & LeVeque 1983). */
export function variance(values: Values): number {
  requireValues({ name: 'values', values, least: 2 })
  const centre = mean(values)
  const correction = values.reduce((total, value) => total + (value - centre), 0) ** 2 / values.length
  const squares = values.reduce((total, value) => total + (value - centre) * (value - centre), 0)
  return (squares - correction) / (values.length - 1)
}

/** Sample standard deviation: the root of `variance`. */
export const standardDeviation = (values: Values): number => Math.sqrt(variance(values))

/**
 * Quantile of at least one value at `level` from 0 to 1: type 7 of Hyndman & Fan 1996, linear
 * between order statistics, which is R's and NumPy's default.
 */
export function quantile(values: Values, level: number): number {
  requireValues({ name: 'values', values })
  return sortedQuantile(Float64Array.from(values).sort(), level)
}

/** `quantile` of at least one value already in ascending order. */
export function sortedQuantile(sorted: ArrayLike<number>, level: number): number {
  requireFraction('level', level)
  const position = (sorted.length - 1) * level
  const below = Math.floor(position)
  const low = sorted[below]
  if (low === undefined) throw new RangeError('sorted must hold at least 1 values, but it holds 0.')
  const high = sorted[below + 1] ?? low
  return low + (position - below) * (high - low)
}

const sum = (values: Values): number => values.reduce((total, value) => total + value, 0)
