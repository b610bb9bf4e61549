/** Coverage: groups of what was asked against cases, and kinds that are declared. */
import { expect, test } from 'vitest'
import { coverageOfTask, coverageOfTraffic } from './coverage.ts'

const times = (count: number, text: string) => Array.from({ length: count }, (_, at) => `${text} number ${at}`)
const refunds = (count: number) => times(count, 'How do I get a refund for my order?')
const parcels = (count: number) => times(count, 'Where is my parcel now?')

test.for([
  ['enough cases of each', [...refunds(30), ...parcels(10)], [...refunds(5), ...parcels(5)], 1, []],
  ['too few of one', [...refunds(30), ...parcels(10)], [...refunds(5), ...parcels(4)], 0.75, [10]],
  ['none at all', refunds(40), [], 0, [40]],
] as const)('a share of what was asked is covered: %s', ([, questions, cases, share, uncovered]) => {
  const found = coverageOfTraffic({ questions, cases })
  expect(found.coveredShare).toBeCloseTo(share)
  expect(found.uncovered.map((group) => group.questions)).toEqual(uncovered)
  expect(found.interval?.low).toBeLessThanOrEqual(share)
})

test('below thirty questions no share is said, and it is never taken for covered', () => {
  expect(coverageOfTraffic({ questions: refunds(29), cases: refunds(50) })).toMatchObject({
    coveredShare: null,
    interval: null,
  })
})

test('a case in other words than any question stands outside, and covers nothing', () => {
  const found = coverageOfTraffic({ questions: refunds(40), cases: times(9, 'Please reimburse what was paid') })
  expect(found).toMatchObject({ coveredShare: 0, casesOutside: 9 })
  expect(found.uncovered[0]?.words).toContain('refund')
})

test('before there is traffic the kinds of the task contract are what counts', () => {
  const kinds = [
    { what: 'refunds', examples: ['How do I get a refund for my order?'] },
    { what: 'parcels', examples: ['Where is my parcel now?'] },
  ]
  expect(coverageOfTask({ kinds, cases: [...refunds(5), ...parcels(2)] })).toMatchObject({
    basis: 'declared',
    coveredShare: 0.5,
    uncovered: [{ words: ['parcels'], cases: 2 }],
  })
  expect(coverageOfTask({ kinds: [], cases: refunds(5) }).coveredShare).toBeNull()
})
