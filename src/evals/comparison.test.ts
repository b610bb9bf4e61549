import { expect, test } from 'vitest'
import { seededRandom } from '../kernel/random.ts'
import { type ComparisonPlan, compare, type Pair, verdictOf } from './comparison.ts'

const plan = (more: Partial<ComparisonPlan> = {}): ComparisonPlan => ({
  evaluator: 'exact',
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  margin: 0.05,
  intervals: 'clustered-t',
  random: seededRandom(7),
  excluded: [],
  ...more,
})
const times = (count: number, candidate: number, control: number, clusterSize = 1): Pair[] =>
  Array.from({ length: count }, (_, at) => ({
    candidate,
    control,
    cluster: `${candidate}/${control}/${Math.floor(at / clusterSize)}`,
  }))

/** GSM8K: 175b_verification against 175b_finetuning, 742 and 458 of 1,319 right. */
const gsm8k = [...times(382, 1, 1), ...times(360, 1, 0), ...times(76, 0, 1), ...times(501, 0, 0)]

test('the published GSM8K pair is better, with its difference, interval and exact p', () => {
  const result = compare(gsm8k, plan())
  expect(result).toMatchObject({
    n: 1319,
    verdict: 'better',
    neededN: null,
    discordant: { onlyCandidate: 360, onlyControl: 76 },
    method: 'newcombe-paired, exact McNemar',
  })
  expect(result.difference).toBeCloseTo(0.2153, 4)
  expect(result.pValue).toBeGreaterThan(2.85e-45)
  expect(result.pValue).toBeLessThan(2.95e-45)
  expect(result.interval?.low).toBeCloseTo(0.1865, 2)
  expect(result.interval?.high).toBeCloseTo(0.2441, 2)
})

test('the same pair as means has the published paired standard error and interval', () => {
  const result = compare(gsm8k, plan({ kind: 'mean' }))
  const { low = 0, high = 0 } = result.interval ?? {}
  expect((high - low) / (2 * 1.96)).toBeCloseTo(0.01468, 4)
  expect(low).toBeCloseTo(0.1865, 3)
  expect(high).toBeCloseTo(0.2441, 3)
  expect(result.method).toBe('wilson on the effective n of pairs')
})

test('the bootstrap agrees and gives the same interval for the same seed', () => {
  const run = () => compare(gsm8k, plan({ kind: 'mean', intervals: 'bca-bootstrap', random: seededRandom(11) }))
  const result = run()
  expect(result.interval?.low).toBeCloseTo(0.1865, 2)
  expect(result.interval?.high).toBeCloseTo(0.2441, 2)
  expect(run().interval).toEqual(result.interval)
})

test.for([
  ['better', 0.01, 0.2, 'higher'],
  ['worse', -0.2, -0.01, 'higher'],
  ['equivalent', -0.04, 0.05, 'higher'],
  ['undecided', -0.04, 0.06, 'higher'],
  ['undecided', -0.06, 0.01, 'higher'],
  ['worse', 0.01, 0.2, 'lower'],
  ['better', -0.2, -0.01, 'lower'],
  ['equivalent', 0, 0, 'lower'],
] as const)('the verdict is %s for an interval from %d to %d where %s is better', ([verdict, low, high, better]) => {
  expect(verdictOf({ low, high }, { better, margin: 0.05 })).toBe(verdict)
})

test('an undecided comparison says how many pairs would decide, from the variance that was seen', () => {
  const rate = compare([...times(20, 1, 1), ...times(6, 1, 0), ...times(5, 0, 1), ...times(9, 0, 0)], plan())
  expect(rate).toMatchObject({ verdict: 'undecided', neededN: 862 })
  const mean = compare([...times(10, 0.9, 0.6), ...times(10, 0.3, 0.6)], plan({ kind: 'mean' }))
  expect(mean.verdict).toBe('undecided')
  expect(mean.neededN).toBeGreaterThan(290)
  expect(mean.neededN).toBeLessThan(310)
})

test('pairs of one cluster are not taken as independent: the interval widens and the needed number grows', () => {
  const pairs = (size: number) => [...times(60, 0.8, 0.6, size), ...times(40, 0.5, 0.7, size)]
  const alone = compare(pairs(1), plan({ kind: 'mean' }))
  const clustered = compare(pairs(10), plan({ kind: 'mean' }))
  const width = ({ interval }: typeof alone) => (interval?.high ?? 0) - (interval?.low ?? 0)
  expect(alone.difference).toBeCloseTo(clustered.difference ?? 0, 12)
  expect(width(clustered)).toBeGreaterThan(2.5 * width(alone))
  expect(clustered).toMatchObject({
    n: 100,
    clusters: 10,
    method: 'wilson on the effective n of clustered pairs',
    verdict: 'undecided',
  })
  expect(clustered.neededN).toBeGreaterThan(100)
})

test.for([
  ['no pair', [], 'undecided'],
  ['one pair', times(1, 0.5, 0.4), 'undecided'],
  ['one cluster', times(5, 0.5, 0.4, 5), 'undecided'],
] as const)('%s proves nothing', ([, pairs, verdict]) => {
  expect(compare(pairs, plan({ kind: 'mean' }))).toMatchObject({ verdict, interval: null, neededN: null })
})

test('rates that agree everywhere in three clusters are not proved equivalent', () => {
  const result = compare(times(30, 1, 1, 10), plan())
  expect(result).toMatchObject({ difference: 0, verdict: 'undecided', clusters: 3 })
})

test('what lacks a score in an arm is counted and named', () => {
  const excluded = Array.from({ length: 150 }, (_, at) => `e${at}`)
  const result = compare(gsm8k, plan({ excluded }))
  expect(result.excluded.count).toBe(150)
  expect(result.excluded.examples).toHaveLength(100)
})

test('pairs that are all alike are no proof: their number bounds what else there may be', () => {
  const same = compare(times(31, 0.4, 0.4), plan({ kind: 'mean' }))
  expect(same).toMatchObject({ difference: 0, verdict: 'undecided', neededN: 73 })
  expect(same.interval?.high).toBeCloseTo(0.1103, 4)
  expect(compare(times(73, 0.4, 0.4), plan({ kind: 'mean' }))).toMatchObject({ verdict: 'equivalent', neededN: null })
  // Two pairs that gained a half each.
  expect(compare(times(2, 0.9, 0.4), plan({ kind: 'mean' })).verdict).toBe('undecided')
})

test.for([
  ['shares', plan({ kind: 'mean' }), 40, 1, 2 ** -39],
  ['clustered shares', plan({ kind: 'mean' }), 40, 4, 2 ** -9],
  ['milliseconds', plan({ kind: 'mean', unit: 'ms' }), 6, 1, 2 ** -5],
] as const)('pairs of %s that all differ alike have the exact p of flipped signs', ([, how, pairs, size, p]) => {
  expect(compare(times(pairs, 0.9, 0.4, size), how).pValue).toBeCloseTo(p, 14)
  expect(compare(times(pairs, 0.4, 0.4, size), how).pValue).toBe(1)
})
