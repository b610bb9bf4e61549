/** The reference vectors of what judges and labels need: agreement, correction, classification, and rank correlation. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { brierScore, calibrationError, classification } from './classification.ts'
import { agreementTable, cohenKappa } from './cohen-kappa.ts'
import { fleissKappa } from './fleiss-kappa.ts'
import { predictionPoweredMean, roganGladen, roganGladenDifference } from './judge-correction.ts'
import { krippendorffAlpha, krippendorffInterval, type RatingLevel } from './krippendorff.ts'
import { spearman } from './rank-correlation.ts'

// biome-ignore lint/suspicious/noExplicitAny: each vector's input is what its own function takes
type Entry = { function: string; input: any; expected: Record<string, unknown>; tolerance: number }

const levels: RatingLevel[] = ['nominal', 'ordinal', 'interval', 'ratio']
const COMPUTED: Readonly<Record<string, (input: Entry['input']) => object>> = {
  cohenKappa: (input) => cohenKappa(input) ?? { kappa: 0, se: 0, low: 0, high: 0 },
  'weightedKappa.linear': (input) => cohenKappa({ ...input, weights: 'linear' }) ?? {},
  'weightedKappa.quadratic': (input) => cohenKappa({ ...input, weights: 'quadratic' }) ?? {},
  ...Object.fromEntries(
    levels.map((level) => [
      `krippendorffAlpha.${level}`,
      ({ ratings }: { ratings: (number | null)[][] }) =>
        krippendorffAlpha({ level, units: (ratings[0] ?? []).map((_, at) => ratings.map((row) => row[at] ?? null)) }) ??
        {},
    ]),
  ),
  fleissKappa: ({ counts }) => fleissKappa(counts) ?? {},
  roganGladen: (input) => roganGladen(input) ?? {},
  'roganGladen.difference': ({ nPerArm, ...input }) =>
    roganGladenDifference({ ...input, nA: nPerArm, nB: nPerArm }) ?? {},
  'ppi.mean': (input) => predictionPoweredMean(input),
  'ppi.meanTuned': (input) => {
    const { lambda, lambdaUnclamped, ...rest } = predictionPoweredMean({ ...input, lambda: 'tuned' })
    return { ...rest, lambda: lambdaUnclamped, lambdaClamped: lambda }
  },
  classification: (input) => {
    const found = classification(input)
    const column = (name: 'precision' | 'recall' | 'f1') => found?.byLabel.map((label) => label[name])
    return { ...found, precision: column('precision'), recall: column('recall'), f1: column('f1') }
  },
  mcc: ({ truth, predicted }) => classification({ truth: truth.map(String), predicted: predicted.map(String) }) ?? {},
  ece: (input) => calibrationError(input) ?? {},
  brier: (input) => ({ brier: brierScore(input) }),
}
/** Not used here: nothing of the product is decided by them. */
const NOT_COMPUTED = ['logLossClipped1e-15', 'rocAuc']

test.for(['agreement', 'judge', 'classification'].flatMap(entriesOf))('meets vector $title', ({ entry }) => {
  const found = new Map<string, unknown>(Object.entries(COMPUTED[entry.function]?.(entry.input) ?? {}))
  for (const [name, wanted] of Object.entries(entry.expected)) {
    if (NOT_COMPUTED.includes(name)) continue
    const values = [found.get(name)].flat(2)
    const expected = [wanted].flat(2)
    expect(values, name).toHaveLength(expected.length)
    expected.forEach((value, at) => {
      expect(Number(values[at]), name).toBeCloseTo(Number(value), 9)
    })
  }
})

test('what cannot be told is undefined, and never 0 or 1', () => {
  expect(
    cohenKappa({
      table: [
        [0, 0],
        [0, 0],
      ],
    }),
  ).toBeUndefined()
  expect(
    cohenKappa({
      table: [
        [9, 0],
        [0, 0],
      ],
    }),
  ).toBeUndefined()
  expect(
    krippendorffAlpha({
      units: [
        [1, 1],
        [1, 1],
      ],
      level: 'nominal',
    }),
  ).toBeUndefined()
  expect(krippendorffAlpha({ units: [[1], [2, null]], level: 'nominal' })).toBeUndefined()
  const useless = { truePositive: 5, positives: 10, trueNegative: 5, negatives: 10 }
  expect(roganGladen({ ...useless, judgePositive: 5, n: 10 })).toBeUndefined()
  expect(roganGladen({ ...useless, truePositive: 0, positives: 0, judgePositive: 5, n: 10 })).toBeUndefined()
  expect(spearman({ first: [1, 1, 1], second: [1, 2, 3] })).toBeUndefined()
  expect(classification({ truth: [], predicted: [] })).toBeUndefined()
})

test('labels that are missing are left out of the table, and unknown ones are refused', () => {
  expect(
    agreementTable(
      [
        ['a', 'a'],
        ['a', 'b'],
        [null, 'b'],
      ],
      ['a', 'b'],
    ),
  ).toEqual([
    [1, 1],
    [0, 0],
  ])
  expect(() => agreementTable([['a', 'c']], ['a', 'b'])).toThrow('labels must hold a and c')
})

test("the bootstrap of Krippendorff's alpha holds alpha, and is the same with the same chance", () => {
  const units = Array.from({ length: 60 }, (_, at) => [at % 4, at % 3 === 0 ? (at + 1) % 4 : at % 4])
  const plan = { units, level: 'ordinal' as const }
  const { alpha = Number.NaN } = krippendorffAlpha(plan) ?? {}
  const interval = krippendorffInterval({ ...plan, random: seededRandom(7) })
  expect(interval?.low).toBeLessThan(alpha)
  expect(interval?.high).toBeGreaterThan(alpha)
  expect(krippendorffInterval({ ...plan, random: seededRandom(7) })).toEqual(interval)
})

test('Spearman with ties is that of scipy 1.17 (0.8207826816681233)', () => {
  expect(spearman({ first: [1, 2, 3, 4, 5], second: [5, 6, 7, 8, 7] })).toBeCloseTo(0.8207826816681233, 12)
})

function entriesOf(file: string) {
  const url = new URL(`../../../data/statistics-vectors/${file}.json`, import.meta.url)
  const entries: Entry[] = JSON.parse(readFileSync(url, 'utf8'))
  return entries.map((entry, at) => ({ title: `${file} ${at} ${entry.function}`, entry }))
}

test('units that are alike may be counted: the same alpha, and the bootstrap draws how often they come', () => {
  const counted = { level: 'nominal', units: [[0, 0], [1, 1], [0, 1], [1]], counts: [300, 500, 90, 10] } as const
  const units = counted.units.flatMap((unit, at) => Array.from({ length: counted.counts[at] ?? 0 }, () => unit))
  expect(krippendorffAlpha(counted)).toEqual(krippendorffAlpha({ level: 'nominal', units }))
  const each = krippendorffInterval({ level: 'nominal', units, random: seededRandom(7), resamples: 4000 })
  const drawn = krippendorffInterval({ ...counted, random: seededRandom(7), resamples: 4000 })
  expect(drawn?.low).toBeCloseTo(each?.low ?? Number.NaN, 2)
  expect(drawn?.high).toBeCloseTo(each?.high ?? Number.NaN, 2)
  expect(() => krippendorffAlpha({ ...counted, counts: [1] })).toThrow('counts')
})
