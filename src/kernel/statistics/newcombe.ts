/**
 * Newcombe's intervals for a difference of two proportions: the distances of two Wilson
 * intervals, squared and added. They stay inside [-1, 1] and contain the difference.
 */
import { requireCount, requireOpenFraction } from './argument.ts'
import type { Interval } from './interval.ts'
import { wilson } from './proportions.ts'

/**
 * First rate less second rate of two independent samples, without continuity correction
 * (Newcombe 1998, Statist. Med. 17:873, method 10). Both samples need at least one unit.
 */
export function newcombe(given: {
  successes1: number
  n1: number
  successes2: number
  n2: number
  confidence?: number
}): Interval & { difference: number } {
  const { successes1, n1, successes2, n2, confidence = 0.95 } = given
  requireCount({ name: 'n1', value: n1, least: 1 })
  requireCount({ name: 'n2', value: n2, least: 1 })
  return squareAndAdd({
    first: { successes: successes1, n: n1, confidence },
    second: { successes: successes2, n: n2, confidence },
    correlation: 0,
  })
}

/**
 * First rate less second rate of two systems on the same cases (Newcombe 1998, Statist. Med.
 * 17:2635, method 10), from the four counts of right and wrong answers. `phi` is the corrected
 * correlation: n/2 is taken off ad - bc, down to 0; it is untouched when negative and 0 when a
 * margin is empty. Needs at least one case.
 */
export function newcombePaired(given: {
  bothRight: number
  onlyFirst: number
  onlySecond: number
  bothWrong: number
  confidence?: number
}): Interval & { difference: number; phi: number } {
  const { bothRight, onlyFirst, onlySecond, bothWrong, confidence = 0.95 } = given
  for (const [name, value] of Object.entries({ bothRight, onlyFirst, onlySecond, bothWrong })) {
    requireCount({ name, value })
  }
  requireOpenFraction('confidence', confidence)
  const n = bothRight + onlyFirst + onlySecond + bothWrong
  requireCount({ name: 'the number of cases', value: n, least: 1 })

  const phi = correctedPhi({ bothRight, onlyFirst, onlySecond, bothWrong })
  const first = { successes: bothRight + onlyFirst, n, confidence }
  const second = { successes: bothRight + onlySecond, n, confidence }
  const difference = (onlyFirst - onlySecond) / n
  return { ...squareAndAdd({ first, second, correlation: phi }), difference, phi }
}

type Sample = { successes: number; n: number; confidence: number }

function squareAndAdd({ first, second, correlation }: { first: Sample; second: Sample; correlation: number }) {
  const interval1 = wilson(first)
  const interval2 = wilson(second)
  const rate1 = first.successes / first.n
  const rate2 = second.successes / second.n
  const distance = (one: number, other: number) =>
    Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other))
  const difference = rate1 - rate2
  return {
    difference,
    low: difference - distance(rate1 - interval1.low, interval2.high - rate2),
    high: difference + distance(interval1.high - rate1, rate2 - interval2.low),
  }
}

function correctedPhi(given: { bothRight: number; onlyFirst: number; onlySecond: number; bothWrong: number }): number {
  const { bothRight, onlyFirst, onlySecond, bothWrong } = given
  const n = bothRight + onlyFirst + onlySecond + bothWrong
  const margins =
    (bothRight + onlyFirst) * (onlySecond + bothWrong) * ((bothRight + onlySecond) * (onlyFirst + bothWrong))
  if (margins === 0) return 0
  const excess = bothRight * bothWrong - onlyFirst * onlySecond
  const corrected = excess > 0 ? Math.max(0, excess - n / 2) : excess
  return corrected / Math.sqrt(margins)
}
