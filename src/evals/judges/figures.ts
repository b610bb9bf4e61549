/** Figures of a calibration: shares and differences with n and interval. */
import { normalQuantile, wilson, wilsonLower } from '../../kernel/statistics/index.ts'
import type { Figure } from './calibration.ts'

export const LEVEL = 0.95
/** Gates read lower bounds at 90 %. */
const BOUND_LEVEL = 0.9

export const NOTHING: Figure = { value: null, n: 0, interval: null }

export function rateFigure(successes: number, n: number): Figure {
  if (n === 0) return NOTHING
  return {
    value: successes / n,
    n,
    interval: { ...wilson({ successes, n }), method: 'wilson', sides: 2, level: LEVEL },
  }
}

/** A share with its one-sided lower bound. */
export function lowerFigure(successes: number, n: number): Figure {
  if (n === 0) return NOTHING
  const low = wilsonLower({ successes, n, confidence: BOUND_LEVEL })
  return { value: successes / n, n, interval: { low, high: 1, method: 'wilson', sides: 1, level: BOUND_LEVEL } }
}

/** Mean of some numbers, by a normal interval; bias figures have many. */
export function meanFigure(values: readonly number[]): Figure {
  const n = values.length
  if (n === 0) return NOTHING
  const { mean, variance } = momentsOf(values)
  return { value: mean, n, interval: n < 2 ? null : around(mean, Math.sqrt(variance / n)) }
}

/** Mean of one group less that of the other. */
export function differenceFigure(one: readonly number[], other: readonly number[]): Figure {
  const n = one.length + other.length
  if (one.length < 2 || other.length < 2) return { ...NOTHING, n }
  const [a, b] = [momentsOf(one), momentsOf(other)]
  const difference = a.mean - b.mean
  return {
    value: difference,
    n,
    interval: around(difference, Math.sqrt(a.variance / one.length + b.variance / other.length)),
  }
}

function around(centre: number, se: number) {
  const half = -normalQuantile((1 - LEVEL) / 2) * se
  return { low: centre - half, high: centre + half, method: 'normal', sides: 2 as const, level: LEVEL }
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) }
}
