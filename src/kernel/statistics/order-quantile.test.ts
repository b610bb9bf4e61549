/** Intervals of quantiles: against published ranks, and against chance. */
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { orderQuantile } from './order-quantile.ts'

const ranks = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

test('the ranks around the median are those of the sign test (Conover, Practical Nonparametric Statistics, table A3)', () => {
  expect(orderQuantile(ranks(10), { level: 0.5 })).toEqual({ low: 2, high: 9 })
  expect(orderQuantile(ranks(20), { level: 0.5 })).toEqual({ low: 6, high: 15 })
  expect(orderQuantile(ranks(25), { level: 0.5 })).toEqual({ low: 8, high: 18 })
})

test('how far a p95 may lie above is not known of few values: 0.95^n has to be below 0.025', () => {
  expect(orderQuantile(ranks(71), { level: 0.95 }).high).toBeNull()
  expect(orderQuantile(ranks(73), { level: 0.95 }).high).toBe(73)
  expect(orderQuantile([5], { level: 0.5 })).toEqual({ low: null, high: null })
})

test('it holds the true quantile in at least 95 of 100 samples', () => {
  const random = seededRandom(7)
  const held = Array.from({ length: 1000 }, () => {
    const values = Array.from({ length: 200 }, () => -Math.log(1 - random())).sort((a, b) => a - b)
    const { low, high } = orderQuantile(values, { level: 0.95 })
    const truth = -Math.log(0.05)
    return (low ?? 0) <= truth && truth <= (high ?? Number.POSITIVE_INFINITY)
  }).filter(Boolean).length
  expect(held / 1000).toBeGreaterThan(0.94)
})
