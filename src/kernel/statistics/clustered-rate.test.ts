/** Coverage of the clustered rate by simulation, and its edges. */
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { clusteredMean } from './clustered.ts'
import { clusteredRate } from './clustered-rate.ts'
import { wilson } from './proportions.ts'

const REPLICATES = 1_000
type Trials = { groups: number; largest: number; rate: number; alike: number }

/** Clusters of `largest` trials, or of 1 to `largest` when `isUneven`; two trials of one correlate by `alike`. */
function draw({ groups, largest, rate, alike }: Trials, isUneven: boolean, random: () => number) {
  const scores: number[] = []
  const clusters: number[] = []
  for (let group = 0; group < groups; group++) {
    const common = random() < rate ? 1 : 0
    const size = isUneven ? 1 + Math.floor(random() * largest) : largest
    for (let trial = 0; trial < size; trial++) {
      scores.push(random() < Math.sqrt(alike) ? common : Number(random() < rate))
      clusters.push(group)
    }
  }
  return { scores, clusters }
}

// The last column is what the simulation gave, less two standard errors: no interval is exact for few clusters.
test.for([
  [{ groups: 10, largest: 5, rate: 0.5, alike: 0.2 }, false, 0.94],
  [{ groups: 10, largest: 5, rate: 0.9, alike: 0.2 }, false, 0.94],
  [{ groups: 10, largest: 15, rate: 0.9, alike: 0.2 }, true, 0.93],
  [{ groups: 30, largest: 15, rate: 0.5, alike: 0.5 }, true, 0.94],
  [{ groups: 30, largest: 15, rate: 0.98, alike: 0.1 }, true, 0.94],
  [{ groups: 20, largest: 5, rate: 0.7, alike: 0 }, false, 0.94],
  [{ groups: 60, largest: 5, rate: 0.95, alike: 0.3 }, false, 0.9],
  [{ groups: 60, largest: 15, rate: 0.95, alike: 0.3 }, true, 0.86],
] as const)(
  'holds the rate of %j (uneven: %s) at least %d of the time, and never leaves [0, 1]',
  ([trials, isUneven, least]) => {
    const random = seededRandom(7)
    let ours = 0
    let plain = 0
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      const drawn = draw(trials, isUneven, random)
      const { low, high, rate } = clusteredRate(drawn)
      expect([0, low, rate, high, 1]).toEqual([0, low, rate, high, 1].toSorted((one, other) => one - other))
      const mean = clusteredMean(drawn)
      ours += Number(low <= trials.rate && trials.rate <= high)
      plain += Number(mean.low <= trials.rate && trials.rate <= mean.high)
    }
    expect(ours / REPLICATES).toBeGreaterThanOrEqual(least)
    expect(ours).toBeGreaterThanOrEqual(plain)
  },
)

test.for([0, 1])('counts clusters where all scores are %d, be it one cluster alone', (score) => {
  const clusters = ['a', 'a', 'b', 'c', 'c']
  const { low, high, effectiveN } = clusteredRate({ scores: clusters.map(() => score), clusters })
  expect({ low, high, effectiveN }).toEqual({ ...wilson({ successes: 3 * score, n: 3 }), effectiveN: 3 })
  expect(clusteredRate({ scores: [score, score], clusters: ['a', 'a'] })).toMatchObject(
    wilson({ successes: score, n: 1 }),
  )
})

test('clusters that are all alike among themselves are worth no more than their trials', () => {
  const scores = Array.from({ length: 40 }, (_, index) => index % 2)
  const clusters = scores.map((_, index) => Math.floor(index / 2))
  expect(clusteredRate({ scores, clusters })).toEqual({
    ...wilson({ successes: 20, n: 40 }),
    n: 40,
    clusters: 20,
    rate: 0.5,
    effectiveN: 40,
  })
})

test('shares over repeats may be worth more than their number', () => {
  const scores = Array.from({ length: 30 }, (_, index) => 0.5 + (index % 3) / 10)
  const { low, high, effectiveN } = clusteredRate({ scores, clusters: scores.map((_, index) => index) })
  expect(effectiveN).toBeGreaterThan(100)
  expect(high - low).toBeLessThan(0.1)
})

test.for([
  ['one cluster of different scores', [0, 1], ['a', 'a'], /at least 2 clusters/],
  ['a score above 1', [0, 1.2], ['a', 'b'], /scores\[1\] must lie between 0 and 1/],
  ['no score', [], [], /scores must hold at least 1/],
] as const)('refuses %s', ([, scores, clusters, message]) => {
  expect(() => clusteredRate({ scores, clusters })).toThrow(message)
})
