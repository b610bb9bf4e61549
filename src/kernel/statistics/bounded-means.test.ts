/** Means that cannot be everywhere: their intervals stay where the mean can be, and hold it as often as they say. */
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { clusteredPairedDifference } from './clustered.ts'
import { clusteredAmount } from './clustered-amount.ts'
import { clusteredMean } from './index.ts'
import { shareDifference } from './share-difference.ts'

const REPLICATES = 400
const random = seededRandom(23)
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
const places = (count: number) => Array.from({ length: count }, (_, at) => at)
const holds = ({ low, high }: { low: number; high: number }, truth: number) => low <= truth && truth <= high

// The last column is what the simulation gave, less two standard errors: few values of a long tail hide it from everybody.
test.for([
  ['times that differ by half', 30, 0.5, 0.92],
  ['times that differ much', 30, 1, 0.87],
  ['times that differ much', 1000, 1, 0.93],
  ['five times that differ much', 5, 1, 0.85],
] as const)('%s (%d of them, logarithmic deviation %d) have an interval above zero', ([, n, deviation, least]) => {
  const truth = Math.exp(deviation ** 2 / 2)
  let [ours, student] = [0, 0]
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const given = { scores: Array.from({ length: n }, () => Math.exp(deviation * normal())), clusters: places(n) }
    const found = clusteredAmount(given)
    expect(found.low).toBeGreaterThan(0)
    ours += Number(holds(found, truth))
    student += Number(holds(clusteredMean(given), truth))
  }
  expect(ours / REPLICATES).toBeGreaterThanOrEqual(least)
  expect(ours).toBeGreaterThanOrEqual(student)
})

test('amounts that are all zero are zero, and one below zero is refused by its place', () => {
  expect(clusteredAmount({ scores: [0, 0, 0], clusters: [1, 2, 3] })).toMatchObject({ low: 0, high: 0 })
  expect(() => clusteredAmount({ scores: [1, -2], clusters: [1, 2] })).toThrow(/scores\[1\] must be at least 0/)
})

type Draw = () => readonly [number, number]
const skewed: Draw = () => {
  const worse = random() ** 2 * 0.9
  return [worse + random() * 0.1, worse]
}
test.for<readonly [string, number, Draw, number, number]>([
  ['shares that differ a little', 30, skewed, 0.05, 0.92],
  ['shares that differ a little', 1000, skewed, 0.05, 0.93],
  ['shares that differ nearly all there is', 30, () => [1, random() < 0.8 ? 0 : 0.5], 0.9, 0.93],
  ['shares of repeats', 30, () => [random() < 0.6 ? 1 : 1 / 3, random() < 0.5 ? 1 : 2 / 3], -0.1, 0.92],
])('%s (%d pairs) have an interval inside [-1, 1]', ([, n, draw, truth, least]) => {
  let [ours, outside] = [0, 0]
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const pairs = Array.from({ length: n }, draw)
    const given = { first: pairs.map(([one]) => one), second: pairs.map(([, other]) => other), clusters: places(n) }
    const found = shareDifference(given)
    const { low, high, mean } = clusteredPairedDifference(given)
    expect([-1, found.low, mean, found.high, 1]).toEqual([-1, found.low, mean, found.high, 1].toSorted((a, b) => a - b))
    ours += Number(holds(found, truth))
    outside += Number(low < -1 || high > 1)
  }
  expect(ours / REPLICATES).toBeGreaterThanOrEqual(least)
  expect(outside > 0).toBe(truth === 0.9)
})
