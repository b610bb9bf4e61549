/** Coverage of the jackknife by simulation, and its edges. Of a mean it is the plain interval; of ratios the bench has more. */
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { jackknifeDifference, jackknifeShare } from './jackknife.ts'
import { wilson } from './proportions.ts'

type Case = readonly [top: number, bottom: number]
const shareOf = (cases: readonly Case[]) =>
  cases.reduce((sum, [top]) => sum + top, 0) / cases.reduce((sum, [, bottom]) => sum + bottom, 0)
const withoutEach = <One>(cases: readonly One[], of: (some: readonly One[]) => number) =>
  cases.map((_, left) => of(cases.toSpliced(left, 1)))

// Sums of tops over sums of bottoms: the truth is that of their expectations. The last column is what the simulation gave,
// less two standard errors.
test.for([
  ['spread evenly', 30, 1, 0.93],
  ['nearly all whole', 30, 12, 0.9],
] as const)('holds a ratio of sums, %s, n = %i', ([_, n, rarely, least]) => {
  const random = seededRandom(5)
  let held = 0
  const runs = 1_000
  for (let run = 0; run < runs; run++) {
    const cases = Array.from({ length: n }, (): Case => {
      const bottom = 1 + Math.floor(random() * 20)
      return [bottom * (1 - random() ** rarely), bottom]
    })
    const { low, high } = jackknifeShare({ share: shareOf(cases), without: withoutEach(cases, shareOf) })
    const truth = 1 - 1 / (rarely + 1)
    held += Number(low <= truth && truth <= high)
  }
  expect(held / runs).toBeGreaterThanOrEqual(least)
})

test('where no case moves it, each case is one trial, and a difference may still be some others', () => {
  const same = Array.from({ length: 30 }, () => 1)
  expect(jackknifeShare({ share: 1, without: same })).toEqual({ ...wilson({ successes: 30, n: 30 }), standardError: 0 })
  const others = wilson({ successes: 0, n: 30 }).high
  const none = same.map(() => 0)
  expect(jackknifeDifference({ difference: 0, without: none })).toEqual({
    low: -others,
    high: others,
    standardError: 0,
  })
})

test('two cases are the least, and a share lies between 0 and 1', () => {
  expect(() => jackknifeShare({ share: 0.5, without: [0.5] })).toThrow(RangeError)
  expect(() => jackknifeShare({ share: 1.5, without: [0.5, 0.4] })).toThrow(RangeError)
})
