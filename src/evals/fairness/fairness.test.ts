/** Gaps between groups, and between the halves of a pair. */
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { digestOf } from '../../kernel/digest.ts'
import { createIds } from '../../kernel/ids.ts'
import { secureBytes, seededRandom } from '../../kernel/random.ts'
import { wilson } from '../../kernel/statistics/index.ts'
import { systemClock } from '../../kernel/time.ts'
import { exampleRelease } from '../release.example.ts'
import { gapOf } from './fairness.ts'
import type { GapAt } from './gap.ts'
import { pairedGap } from './pairs.ts'
import { createFairness } from './producer.ts'
import { forSeveral } from './several.ts'

const group = (value: string, successes: number, n: number) => ({
  value,
  n,
  mean: successes / n,
  ...wilson({ successes, n }),
})

test.for([
  ['alike, with enough cases', [group('old', 900, 1000), group('young', 905, 1000)], { isDecided: true, isFair: true }],
  ['far apart', [group('old', 300, 500), group('young', 450, 500)], { isDecided: true, isFair: false }],
  ['alike, with few cases', [group('old', 27, 30), group('young', 28, 30)], { isDecided: false, isFair: false }],
] as const)('groups that are %s', ([, groups, { isDecided, isFair }]) => {
  const gap = gapOf('s', 'age', groups)
  expect(gap?.missingCases === 0).toBe(isDecided)
  expect((gap?.high ?? 1) <= 0.05).toBe(isFair)
  expect(gap?.low).toBeLessThan(gap?.gap ?? 0)
})

test('one group alone has no gap', () => {
  expect(gapOf('s', 'age', [group('old', 9, 10)])).toBeUndefined()
})

const pair = (at: number, by: string, values: Readonly<Record<string, number>>) =>
  Object.entries(values).map(([value, score]) => ({ cluster: `c${at}`, metadata: { [by]: value }, score }))
const pairs = (count: number, values: Readonly<Record<string, number>>) =>
  Array.from({ length: count }, (_, at) => pair(at, 'age', values)).flat()
const ask = { suite: 's', by: 'age', kind: 'rate' as const, margin: 0.05 }

test.for([
  ['that all agree, a hundred of them', pairs(100, { old: 1, young: 1 }), { gap: 0, isDecided: true, isFair: true }],
  ['that all agree, ten of them', pairs(10, { old: 1, young: 1 }), { gap: 0, isDecided: false, isFair: false }],
  ['where the old are served worse', pairs(60, { old: 0, young: 1 }), { gap: 1, isDecided: true, isFair: false }],
] as const)('pairs %s', ([, cases, { gap, isDecided, isFair }]) => {
  const found = pairedGap(ask, cases)
  expect(found?.gap).toBe(gap)
  expect(found?.pairs).toBe(cases.length / 2)
  expect((found?.missingCases ?? -1) === 0).toBe(isDecided)
  expect((found?.high ?? 1) <= 0.05).toBe(isFair)
})

test('scores that never differ are no proof by their lack of variance alone', () => {
  const found = pairedGap({ ...ask, kind: 'mean' }, pairs(10, { old: 0.5, young: 0.5 }))
  expect(found?.high).toBeCloseTo(wilson({ successes: 0, n: 10 }).high)
  expect(found?.missingCases).toBeGreaterThan(0)
})

test('cases without a twin are groups and no pairs', () => {
  const alone = Array.from({ length: 40 }, (_, at) => pair(at, 'age', { [at % 2 ? 'old' : 'young']: 1 })).flat()
  expect(pairedGap(ask, alone)).toBeUndefined()
})

const groups =
  (by: string, n: number, [worst, best]: readonly [number, number]): GapAt =>
  (level) => {
    const found = gapOf('s', by, [group('a', worst, n), group('b', best, n)], level)
    if (!found) throw new Error('Two groups have a gap.')
    return found
  }

test('a gap that accuses alone does not among five attributes, and a clear one still does', () => {
  const [clear, slight] = [groups('age', 400, [200, 360]), groups('gender', 400, [320, 362])]
  const fair = ['origin', 'religion', 'disability'].map((by) => groups(by, 400, [358, 360]))
  expect(forSeveral([slight])[0]?.low).toBeGreaterThan(0.05)
  const found = forSeveral([slight, clear, ...fair])
  expect(found.map(({ by }) => by)).toEqual(['gender', 'age', 'origin', 'religion', 'disability'])
  expect(found[0]?.low).toBeLessThanOrEqual(0.05)
  expect(found[0]?.missingCases).toBeGreaterThan(0)
  expect(found[1]?.low).toBeGreaterThan(0.05)
  // Holm: the first of five at 99 %, the second at 98.75 %, and those after it at the same.
  expect(found.map(({ level }) => level)).toEqual([0.9875, 0.99, 0.9875, 0.9875, 0.9875])
  for (const [at, gap] of found.entries()) expect(gap.high).toBe([slight, clear, ...fair][at]?.(0.95).high)
})

test('among five fair attributes the check is failed by chance no more often than one in forty', () => {
  const random = seededRandom(20_260_301)
  const draw = () =>
    Array.from({ length: 300 }, () => (random() < 0.5 ? 1 : 0)).reduce<number>((sum, one) => sum + one, 0)
  // As far apart as the margin allows: half the people of one group, and 5 points more of the other.
  const drawMore = () =>
    Array.from({ length: 300 }, () => (random() < 0.55 ? 1 : 0)).reduce<number>((sum, one) => sum + one, 0)
  const rounds = Array.from({ length: 200 }, () =>
    forSeveral(Array.from({ length: 5 }, (_, at) => groups(String(at), 300, [draw(), drawMore()]))),
  )
  const failed = (isCorrected: boolean) =>
    rounds.filter((gaps) =>
      gaps.some(({ low, by, best, worst }) =>
        isCorrected ? low > 0.05 : (gapOf('s', by, [best, worst])?.low ?? 0) > 0.05,
      ),
    ).length / rounds.length
  expect(failed(false)).toBeGreaterThan(0.06)
  expect(failed(true)).toBeLessThanOrEqual(0.05)
})

test('a gate reads the pairs of the newest run of a suite, and says how many cases would decide', async () => {
  const values = ['old', 'young'] as const
  const rows = Array.from({ length: 12 }, (_, at) =>
    values.map((age) => Example.parse({ id: `q${at}-${age}`, input: 'Open?', cluster: `q${at}`, metadata: { age } })),
  ).flat()
  const blobs = {
    async putPieces(pieces: AsyncIterable<unknown>) {
      for await (const _ of pieces);
      return digestOf('questions')
    },
  }
  const suite = {
    name: 'bias',
    dataset: 'd',
    splits: ['regress' as const],
    evaluators: [{ use: 'exact', options: {} }],
  }
  const release = await exampleRelease({
    newId: createIds({ clock: systemClock, random: secureBytes }),
    blobs,
    datasets: { d: rows },
    suites: [{ ...suite, primary: 'exact', margin: 0.05, slices: ['age'] }],
  })
  const id = 'exp_1'
  const { run } = createFairness({
    // Of an experiment and its rows no more is read.
    experimentsOf: async () => [{ id, suite: 'bias', dataset: 'd', primary: 'exact', arms: [], slices: [] }] as never,
    async *numbersOf() {
      yield rows.map((_, at) => ({ exampleNumber: at + 1, scores: [1] }))
    },
    examplesOf: {
      async *pieces() {
        yield rows
      },
    },
  })
  const context = {
    release,
    by: release.frozenBy,
    checks: [],
    application: {} as never,
    signal: new AbortController().signal,
  }
  const [draft] = await run(context)
  expect(draft?.summary).toMatch(/On bias by age in 12 pairs: .* more cases would decide/)
  expect(draft?.facts.gap).toMatchObject({ value: 0, n: 12, interval: { method: 'paired' } })
  expect(draft?.facts.missingCases?.value).toBeGreaterThan(0)
})
