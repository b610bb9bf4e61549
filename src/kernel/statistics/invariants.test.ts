/** What must hold for any numbers: intervals contain their estimate, more data narrows, the null is no alarm. */
import { describe, expect, test } from 'vitest'
import { asymptoticHalfWidth } from './asymptotic-sequence.ts'
import { bootstrap } from './bootstrap.ts'
import { clusteredMean } from './clustered.ts'
import { newcombe, newcombePaired } from './newcombe.ts'
import { pairedT } from './paired.ts'
import {
  clopperPearson,
  clopperPearsonLower,
  clopperPearsonUpper,
  wilson,
  wilsonLower,
  wilsonUpper,
  zeroFailuresUpper,
} from './proportions.ts'
import { averagePrecision, meanOverQueries, ndcg, precisionAtK, recallAtK } from './retrieval.ts'
import { sampleRatio } from './sample-ratio.ts'
import { meanDetectable, meanSampleSize } from './samplesize-means.ts'
import {
  nonInferiorityMargin,
  nonInferioritySampleSize,
  pairedProportionsDetectable,
  pairedProportionsSampleSize,
  unpairedProportionsDetectable,
  unpairedProportionsSampleSize,
} from './samplesize-proportions.ts'
import { eventSample, stratifiedSequence } from './stratified-sequence.ts'
import { mean, quantile, variance } from './summary.ts'

const widthOf = ({ low, high }: { low: number; high: number }) => high - low
const scores = [0.1, 0.9, 0.4, 0.7, 0.7, 0.2, 1, 0]

describe.for([
  ['Wilson', wilson, wilsonLower, wilsonUpper],
  ['Clopper-Pearson', clopperPearson, clopperPearsonLower, clopperPearsonUpper],
] as const)('%s', ([_, interval, lower, upper]) => {
  test('contains the rate, and its one-sided limits lie inside its two-sided ones', () => {
    for (const n of [1, 2, 7, 50, 1000]) {
      for (const successes of new Set([0, 1, Math.floor(n / 3), n - 1, n])) {
        const { low, high } = interval({ successes, n })
        const inOrder = [0, low, lower({ successes, n }), successes / n, upper({ successes, n }), high, 1]
        expect(inOrder, `${successes} of ${n}`).toEqual(inOrder.toSorted((a, b) => a - b))
      }
    }
  })

  test('narrows with n and widens with the confidence', () => {
    const widths = [10, 100, 1000, 10_000].map((n) => widthOf(interval({ successes: n / 5, n })))
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    expect(widthOf(interval({ successes: 3, n: 20, confidence: 0.99 }))).toBeGreaterThan(
      widthOf(interval({ successes: 3, n: 20, confidence: 0.9 })),
    )
  })

  test('excludes nothing without a trial', () => {
    expect(interval({ successes: 0, n: 0 })).toEqual({ low: 0, high: 1 })
  })
})

test('agrees with the exact upper limit when nothing failed', () => {
  expect(zeroFailuresUpper({ n: 300 })).toBeCloseTo(clopperPearsonUpper({ successes: 0, n: 300 }), 14)
})

test('turns a difference of rates around when the samples change places', () => {
  const forth = newcombe({ successes1: 9, n1: 10, successes2: 3, n2: 12 })
  const back = newcombe({ successes1: 3, n1: 12, successes2: 9, n2: 10 })
  expect(forth.low).toBeCloseTo(-back.high, 14)
  expect(forth.high).toBeCloseTo(-back.low, 14)
})

test('turns a paired difference around when the systems change places', () => {
  const forth = newcombePaired({ bothRight: 20, onlyFirst: 10, onlySecond: 2, bothWrong: 18 })
  const back = newcombePaired({ bothRight: 20, onlyFirst: 2, onlySecond: 10, bothWrong: 18 })
  expect(forth.low).toBeCloseTo(-back.high, 14)
  expect(forth.difference).toBe(-back.difference)
})

test('says nothing and everything about differences that never vary', () => {
  expect(pairedT({ first: [1, 2, 3], second: [1, 2, 3] })).toMatchObject({ t: 0, p: 1, low: 0, high: 0 })
  expect(pairedT({ first: [2, 3, 4], second: [1, 2, 3] })).toMatchObject({
    t: Number.POSITIVE_INFINITY,
    p: 0,
    low: 1,
    high: 1,
  })
})

test('gives the plain t interval when every score is its own cluster', () => {
  const clustered = clusteredMean({ scores, clusters: scores.map((_, index) => index) })
  const plain = pairedT({ first: scores, second: scores.map(() => 0) })
  expect(clustered.seCR2).toBeCloseTo(clustered.seIndependent, 14)
  expect(clustered.degreesOfFreedom).toBeCloseTo(plain.degreesOfFreedom, 10)
  expect(clustered.low).toBeCloseTo(plain.low, 10)
})

test('puts the estimate inside the bootstrap interval, and repeats it with the same chance', () => {
  const run = () => bootstrap({ values: scores, random: seeded(7), resamples: 500 })
  const { low, estimate, high } = run()
  expect(low).toBeLessThan(estimate)
  expect(high).toBeGreaterThan(estimate)
  expect(run()).toEqual(run())
})

test('keeps a bootstrap of equal values at that value', () => {
  expect(bootstrap({ values: [2, 2, 2], random: seeded(1), resamples: 50 })).toMatchObject({ low: 2, high: 2 })
})

describe('sample sizes', () => {
  test('meet the published figures of non-inferiority', () => {
    const cases = (p: number, margin: number) => nonInferioritySampleSize({ p, margin }).n
    expect([cases(0.8, 0.05), cases(0.8, 0.03), cases(0.9, 0.05), cases(0.95, 0.05)]).toEqual([475, 1319, 268, 141])
  })

  test('and detectable effects undo each other', () => {
    const paired = pairedProportionsSampleSize({ discordant: 0.2, difference: 0.05 })
    expect(pairedProportionsDetectable({ discordant: 0.2, n: paired.n })).toBeCloseTo(0.05, 4)
    const unpaired = unpairedProportionsSampleSize({ p1: 0.8, p2: 0.85 })
    expect(unpairedProportionsDetectable({ p1: 0.8, n: unpaired.n })).toBeCloseTo(0.05, 4)
    const drop = unpairedProportionsSampleSize({ p1: 0.8, p2: 0.75 })
    expect(unpairedProportionsDetectable({ p1: 0.8, n: drop.n, direction: 'down' })).toBeCloseTo(0.05, 4)
    const means = meanSampleSize({ difference: 0.03, standardDeviation: 0.15 })
    expect(meanDetectable({ n: means.n, standardDeviation: 0.15 })).toBeCloseTo(0.03, 3)
    expect(nonInferiorityMargin({ p: 0.8, n: 475 })).toBeCloseTo(0.05, 4)
  })

  test('say that an effect is out of reach', () => {
    expect(pairedProportionsDetectable({ discordant: 0.1, n: 10 })).toBeUndefined()
    expect(unpairedProportionsDetectable({ p1: 0.9, n: 5 })).toBeUndefined()
  })

  test('fall as the effect grows', () => {
    const sizes = [0.01, 0.03, 0.1, 1].map((difference) => meanSampleSize({ difference, standardDeviation: 0.15 }).n)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(2)
  })
})

describe('asymptotic sequences', () => {
  test('are narrower on one side and wider than a single look', () => {
    const given = { se: 0.01, n: 2000, plannedUnits: 5000 }
    const oneSided = asymptoticHalfWidth({ ...given, sides: 1 })
    expect(oneSided).toBeLessThan(asymptoticHalfWidth(given))
    expect(oneSided).toBeGreaterThan(0.01 * 1.645)
  })

  test('are the same stratified as not while the weight is constant', () => {
    const events = (count: number) => eventSample({ events: count, units: 500 })
    const plannedSe = 0.004
    const step = stratifiedSequence({ steps: [{ canary: events(10), control: events(8) }], plannedSe })
    const se = step?.se ?? Number.NaN
    const plannedUnits = 1000 * (se / plannedSe) ** 2
    expect(step?.halfWidth).toBeCloseTo(asymptoticHalfWidth({ se, n: 1000, plannedUnits }), 12)
  })

  test('do not mistake a falling base rate during a ramp for a difference', () => {
    const at = (units: number, rate: number) => eventSample({ events: Math.round(units * rate), units })
    const steps = [
      { canary: at(100, 0.06), control: at(9900, 0.06) },
      { canary: at(5000, 0.01), control: at(5000, 0.01) },
    ]
    expect(stratifiedSequence({ steps, plannedSe: 0.004 })?.difference).toBeCloseTo(0, 12)
  })

  test('say nothing while nothing can be compared', () => {
    const nobody = eventSample({ events: 0, units: 0 })
    const quiet = eventSample({ events: 0, units: 100 })
    expect(stratifiedSequence({ steps: [{ canary: nobody, control: quiet }], plannedSe: 0.01 })).toBeUndefined()
    expect(stratifiedSequence({ steps: [{ canary: quiet, control: quiet }], plannedSe: 0.01 })).toBeUndefined()
  })
})

test('finds subjects in an arm of weight 0 at once', () => {
  const found = sampleRatio({ steps: [{ counts: [1, 9], weights: [0, 1] }] })
  expect(found).toEqual({ logE: Number.POSITIVE_INFINITY, p: 0, mismatch: true })
})

describe('rankings', () => {
  const relevance = { a: 2, b: 1, constructor: 0 }

  test('count a repeated document once', () => {
    const ranking = ['a', 'a', 'a']
    expect(precisionAtK({ ranking, relevance })).toBeCloseTo(1 / 3, 15)
    expect(recallAtK({ ranking, relevance })).toBe(0.5)
    expect(averagePrecision({ ranking, relevance })).toBe(0.5)
  })

  test('do not take the name of an object property for a judgement', () => {
    expect(precisionAtK({ ranking: ['toString'], relevance })).toBe(0)
  })

  test('are perfect in the ideal order, whatever the gain', () => {
    expect(ndcg({ ranking: ['a', 'b'], relevance })).toBe(1)
    expect(ndcg({ ranking: ['a', 'b'], relevance, gain: 'exponential' })).toBe(1)
  })

  test('report the queries without a relevant document', () => {
    const measured = [recallAtK({ ranking: ['a'], relevance }), recallAtK({ ranking: ['a'], relevance: {} })]
    expect(meanOverQueries(measured)).toEqual({ mean: 0.5, queries: 1, leftOut: 1 })
    expect(meanOverQueries([])).toEqual({ mean: undefined, queries: 0, leftOut: 0 })
  })
})

test('keeps the digits of a variance under a large offset', () => {
  const values = Array.from({ length: 1000 }, (_, i) => 1e12 + (i % 2) / 2)
  expect(variance(values)).toBeCloseTo(62.5 / 999, 15)
  expect(mean(values)).toBe(1e12 + 0.25)
})

test('reads quantiles between order statistics', () => {
  expect([0, 0.25, 0.5, 1].map((level) => quantile([4, 1, 3, 2], level))).toEqual([1, 1.75, 2.5, 4])
})

/** The generator of the vectors, with a seed. */
function seeded(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (1103515245n * state + 12345n) % 2n ** 31n
    return Number(state >> 8n) / 2 ** 23
  }
}
