/** The reference vectors of what experiments add: tries, several tests at once, and pairwise choices. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bradleyTerry } from './bradley-terry.ts'
import { benjaminiHochberg, holm } from './multiplicity.ts'
import { passAtK, passHatK, type Tries } from './pass-k.ts'
import { mean } from './summary.ts'

type Entry<Input, Expected> = { function: string; input: Input; expected: Expected }
const vectors = <Input, Expected>(file: string): Entry<Input, Expected>[] =>
  JSON.parse(readFileSync(new URL(`../../../data/statistics-vectors/${file}.json`, import.meta.url), 'utf8'))

/** Not used here: what the product does not need, with the reason. */
const NOT_IMPLEMENTED = {
  benjaminiYekutieli: 'Holm holds under any dependence as well and promises more',
  bonferroni: 'Holm is never weaker',
  hochberg: 'needs a kind of dependence that slices do not promise',
  eValueAverage: 'e-values are not averaged here',
}

test('pass@k and pass^k are those of the vectors', () => {
  type Input = { n: number; correct: number | number[]; k: number | number[] }
  type Expected = Record<'passAtK' | 'passHatK', number | number[]>
  for (const { input, expected } of vectors<Input, Expected>('pass-k')) {
    const correct = [input.correct].flat()
    const means = (run: (tries: Tries) => number) =>
      [input.k].flat().map((k) => mean(correct.map((one) => run({ n: input.n, correct: one, k }))))
    for (const [found, wanted] of [
      [means(passAtK), [expected.passAtK].flat()],
      [means(passHatK), [expected.passHatK].flat()],
    ] as const) {
      expect(found).toHaveLength(wanted.length)
      found.forEach((value, at) => {
        expect(value).toBeCloseTo(wanted[at] ?? Number.NaN, 10)
      })
    }
  }
  expect(() => passAtK({ n: 3, correct: 1, k: 4 })).toThrow('k must be at most n')
})

test('Holm and Benjamini-Hochberg are those of the vectors, and the others are left out for a reason', () => {
  const known = { holm, benjaminiHochberg }
  for (const { function: name, input, expected } of vectors<{ p: number[] }, { adjusted: number[] }>('multiplicity')) {
    const run = known[name as keyof typeof known]
    if (!run) {
      expect(NOT_IMPLEMENTED).toHaveProperty(name)
      continue
    }
    const adjusted = run(input.p)
    expect(adjusted).toHaveLength(expected.adjusted.length)
    adjusted.forEach((value, at) => {
      expect(value).toBeCloseTo(expected.adjusted[at] ?? Number.NaN, 10)
    })
  }
})

test('Bradley-Terry strengths and their errors are those of the vectors', () => {
  const [entry] = vectors<
    { wins: number[][] },
    { logAbility: number[]; se: number[]; low: number[]; logAbilityCentred: number[] }
  >('bradley-terry')
  const found = bradleyTerry({ wins: entry?.input.wins ?? [] }) ?? []
  found.forEach(({ logAbility, standardError, low, centred }, at) => {
    expect(logAbility).toBeCloseTo(entry?.expected.logAbility[at] ?? Number.NaN, 8)
    expect(standardError).toBeCloseTo(entry?.expected.se[at] ?? Number.NaN, 8)
    expect(low).toBeCloseTo(entry?.expected.low[at] ?? Number.NaN, 7)
    expect(centred).toBeCloseTo(entry?.expected.logAbilityCentred[at] ?? Number.NaN, 8)
  })
  expect(found).toHaveLength(4)
  expect(
    bradleyTerry({
      wins: [
        [0, 5],
        [0, 0],
      ],
    }),
  ).toBeUndefined()
})

test('errors over clusters do not shrink when everybody says everything twice', () => {
  const clusters = Array.from({ length: 40 }, (_, at) =>
    at < 30
      ? [
          [0, 0],
          [1, 0],
        ]
      : [
          [0, 1],
          [0, 0],
        ],
  )
  const sum = (times: number) => [
    [0, 10 * times],
    [30 * times, 0],
  ]
  const once = bradleyTerry({ wins: sum(1), clusters })?.[1]
  const twice = bradleyTerry({
    wins: sum(2),
    clusters: clusters.map((wins) => wins.map((row) => row.map((won) => 2 * won))),
  })?.[1]
  // Of independent games the error is Fisher's, but for m / (m - 1).
  const fisher = Math.sqrt(1 / (40 * 0.75 * 0.25))
  expect(once?.standardError).toBeCloseTo(fisher * Math.sqrt(40 / 39), 9)
  expect(twice?.standardError).toBeCloseTo(once?.standardError ?? Number.NaN, 9)
  expect(bradleyTerry({ wins: sum(2) })?.[1]?.standardError).toBeCloseTo(fisher / Math.SQRT2, 9)
})
