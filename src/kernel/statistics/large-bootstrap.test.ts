import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { binomialDraw } from './binomial-draw.ts'
import { bootstrap } from './bootstrap.ts'
import { mean, standardDeviation } from './summary.ts'

test.for([
  [40, 0.1],
  [1000, 0.3],
  [5000, 0.85],
] as const)('binomial draws of %i tries at %d have the mean and the spread of the binomial', ([n, p]) => {
  const random = seededRandom(7)
  const draws = Array.from({ length: 20_000 }, () => binomialDraw({ n, p, random }))
  const deviation = Math.sqrt(n * p * (1 - p))
  expect(Math.abs(mean(draws) - n * p)).toBeLessThan((4 * deviation) / Math.sqrt(draws.length))
  expect(standardDeviation(draws) / deviation).toBeCloseTo(1, 1)
})

test.for([
  ['few different values', (random: () => number) => (random() < 0.2 ? 1 : random() < 0.1 ? -1 : 0)],
  ['skewed numbers', (random: () => number) => Math.exp(2 * random() + random() ** 9 * 4)],
] as const)('of many values the bootstrap by counts agrees with theory: %s', ([, draw]) => {
  const random = seededRandom(3)
  const values = Array.from({ length: 20_000 }, () => draw(random))
  const { low, high, standardError, estimate } = bootstrap({ values, random, resamples: 4000 })
  const expected = standardDeviation(values) / Math.sqrt(values.length)
  expect(standardError / expected).toBeGreaterThan(0.95)
  expect(standardError / expected).toBeLessThan(1.05)
  expect((estimate - low) / expected).toBeCloseTo(1.96, 0)
  expect((high - estimate) / expected).toBeCloseTo(1.96, 0)
})
