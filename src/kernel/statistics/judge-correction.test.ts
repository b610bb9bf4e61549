/** Intervals of corrected rates by simulation: how often they hold the truth, near the ends too. */
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { correctedDifferenceInterval, correctedRateInterval } from './judge-correction.ts'

const random = seededRandom(20_314)
const successes = (n: number, rate: number) => Array.from({ length: n }, random).filter((drawn) => drawn < rate).length
const RUNS = 2_000

const share = (holds: () => boolean) => Array.from({ length: RUNS }, holds).filter(Boolean).length / RUNS
const called = (rate: number, { sensitivity, specificity }: { sensitivity: number; specificity: number }) =>
  rate * sensitivity + (1 - rate) * (1 - specificity)
const calibrated = ({ sensitivity, specificity }: { sensitivity: number; specificity: number }) => ({
  ...{ truePositive: successes(60, sensitivity), positives: 60 },
  ...{ trueNegative: successes(60, specificity), negatives: 60 },
})
const JUDGES = [
  { sensitivity: 0.95, specificity: 0.9 },
  { sensitivity: 0.8, specificity: 0.8 },
]

test.for(JUDGES)('of a rate hold at 0.02 to 0.98, with sensitivity $sensitivity', (judge) => {
  for (const rate of [0.02, 0.5, 0.98]) {
    const held = share(() => {
      const given = { ...calibrated(judge), judgePositive: successes(200, called(rate, judge)), n: 200 }
      const found = correctedRateInterval(given)
      return found !== undefined && found.low <= rate && rate <= found.high
    })
    expect(held, `at ${rate}`).toBeGreaterThan(0.935)
    expect(held, `at ${rate}`).toBeLessThan(0.985)
  }
})

test.for(JUDGES)('of a difference hold where both arms are nearly all good, with sensitivity $sensitivity', (judge) => {
  for (const [control, candidate] of [
    [0.98, 0.98],
    [0.9, 0.98],
    [0.3, 0.6],
  ] as const) {
    const held = share(() => {
      const found = correctedDifferenceInterval({
        ...calibrated(judge),
        ...{ judgePositiveA: successes(40, called(control, judge)), nA: 40 },
        ...{ judgePositiveB: successes(40, called(candidate, judge)), nB: 40 },
      })
      return found !== undefined && found.low <= candidate - control && candidate - control <= found.high
    })
    expect(held, `${control} and ${candidate}`).toBeGreaterThan(0.93)
  }
})

test('arms of which all were called good are not known to be alike', () => {
  const judge = { truePositive: 100, positives: 100, trueNegative: 100, negatives: 100 }
  const found = correctedDifferenceInterval({ ...judge, judgePositiveA: 12, nA: 12, judgePositiveB: 12, nB: 12 })
  expect(found?.low).toBeLessThan(-0.1)
  expect(found?.high).toBeGreaterThan(0.1)
  expect(correctedRateInterval({ ...judge, trueNegative: 0, judgePositive: 5, n: 10 })).toBeUndefined()
})
