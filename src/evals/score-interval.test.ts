/** Which interval a score gets: rates never leave [0, 1], and too little gives none. */
import { expect, test } from 'vitest'
import { seededRandom } from '../kernel/random.ts'
import { intervalOf } from './score-interval.ts'

const RATE = { kind: 'rate', unit: 'share', method: 'clustered-t', random: seededRandom(1) } as const

test('a high rate over a few conversations stays inside [0, 1]', () => {
  // 19 of 20 in 6 conversations: the clustered mean reaches from 0.82 to 1.08.
  const values = Array.from({ length: 20 }, (_, index) => Number(index !== 0))
  const clusters = values.map((_, index) => `conversation ${index % 6}`)
  const interval = intervalOf({ values, clusters }, RATE)
  expect(interval).toMatchObject({ method: 'wilson on the effective n', sides: 2, level: 0.95 })
  expect(interval?.low).toBeGreaterThan(0.6)
  expect(interval?.high).toBeLessThan(1)
})

test.for([
  ['independent', [1, 0, 1], ['a', 'b', 'c'], 'wilson'],
  ['repeated', [1, 0.5, 1], ['a', 'b', 'c'], 'wilson on the effective n'],
  ['all alike in one cluster', [1, 1], ['a', 'a'], 'wilson on the effective n'],
  ['different in one cluster', [1, 0], ['a', 'a'], undefined],
  ['missing', [], [], undefined],
] as const)('scores that are %s', ([, values, clusters, method]) => {
  const interval = intervalOf({ values, clusters }, RATE)
  expect(interval?.method).toBe(method)
  for (const limit of interval ? [interval.low, interval.high] : []) {
    expect(limit).toBeGreaterThanOrEqual(0)
    expect(limit).toBeLessThanOrEqual(1)
  }
})

test('no time is below zero, however much times differ', () => {
  const values = [12, 15, 9, 4000]
  const clusters = values.map((_, at) => `${at}`)
  const interval = intervalOf({ values, clusters }, { ...RATE, kind: 'mean', unit: 'ms' })
  expect(interval).toMatchObject({ method: 'student-t of the logarithm', level: 0.95 })
  expect(interval?.low).toBeGreaterThan(0)
  expect(interval?.low).toBeLessThan(1009)
  expect(interval?.high).toBeGreaterThan(1009)
})

test('the interval of a mean of shares holds the mean where nearly all scores are 1, and stays inside [0, 1]', () => {
  const random = seededRandom(3)
  const [samples, n, truth] = [400, 30, 0.985]
  const held = Array.from({ length: samples }, () => {
    const values = Array.from({ length: n }, () => (random() < 0.97 ? 1 : 0.5))
    const clusters = values.map((_, at) => `${at}`)
    const interval = intervalOf({ values, clusters }, { kind: 'mean', unit: 'share', method: 'clustered-t', random })
    expect(interval?.high).toBeLessThanOrEqual(1)
    return interval !== null && interval.low <= truth && truth <= interval.high
  })
  expect(held.filter(Boolean).length / samples).toBeGreaterThan(0.92)
})
