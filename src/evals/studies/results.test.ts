/** What follows from choices, and what people are asked about; pure. */
import { expect, test } from 'vitest'
import { createIds } from '../../kernel/ids.ts'
import { secureBytes, seededRandom } from '../../kernel/random.ts'
import { systemClock } from '../../kernel/time.ts'
import { ItemLabel } from '../annotation/index.ts'
import type { ExperimentRow } from '../experiment.ts'
import { planStudy } from './plan.ts'
import { type LabelledPair, resultsOf } from './results.ts'
import type { StudyArm } from './study.ts'

const newId = createIds({ clock: systemClock, random: secureBytes })
const armOf = (experiment: string): StudyArm['id'] => `exp_${experiment.repeat(26)}:candidate`
const [OLD, NEW, THIRD] = [armOf('a'), armOf('b'), armOf('c')]
const arm = (id: StudyArm['id']) => ({ id }) as StudyArm
const people = [newId('act'), newId('act')] as const

/** `said` of each case: of whose arm the answer was preferred, by one person each. */
function pairsOf(said: readonly (string | null)[][], arms = [OLD, NEW] as const): LabelledPair[] {
  return said.map((values, at) => {
    const item = newId('ite')
    const isSwapped = at % 2 === 1
    const [first, second] = isSwapped ? [arms[1], arms[0]] : arms
    const labels = values.map((value, of) =>
      ItemLabel.parse({
        item,
        queue: newId('que'),
        by: people[of],
        value: value === first ? 'A' : value === second ? 'B' : value,
        isTurned: of === 1,
        comment: '',
        tookMs: 1000 * (at + 1),
        at: '2026-11-22T09:00:00.000Z',
      }),
    )
    return { item, example: `q${at}`, cluster: `q${at}`, first, second, labels, adjudicated: null }
  })
}
const times = <Value>(n: number, value: Value): Value[] => Array.from({ length: n }, () => value)
const read = (said: readonly (string | null)[][], margin = 0.1) =>
  resultsOf({ arms: [arm(OLD), arm(NEW)], margin }, pairsOf(said))

test.for([
  ['everybody prefers the new one', times(40, [NEW]), 'better'],
  ['nearly everybody prefers the old one', [...times(35, [OLD]), ...times(5, [NEW])], 'worse'],
  ['it is even in 400 cases', [...times(200, [OLD]), ...times(200, [NEW])], 'equivalent'],
  ['400 cases are ties', times(400, ['tie']), 'equivalent'],
  ['it is even in 20 cases', [...times(10, [OLD]), ...times(10, [NEW])], 'undecided'],
] as const)('%s', ([, said, verdict]) => {
  const [found] = read(said.map((values) => [...values])).comparisons
  expect(found?.comparison.verdict).toBe(verdict)
  expect(found?.arm).toBe(NEW)
  if (verdict === 'undecided') expect(found?.comparison.neededN).toBeGreaterThan(said.length)
})

test('two people on a case count as one case, and who cannot tell says nothing', () => {
  const { comparisons, cases, labels, untold, unlabelled, arms } = read([
    ...times(30, [NEW, NEW]),
    ...times(10, [OLD, NEW]),
    [null, null],
    [null, 'both bad'],
  ])
  expect({ cases, labels, untold, unlabelled }).toEqual({ cases: 41, labels: 84, untold: 3, unlabelled: 1 })
  // 30 wins, 10 halves, one tie: 30 of 41 more.
  expect(comparisons[0]?.comparison).toMatchObject({
    n: 41,
    difference: expect.closeTo(30 / 41, 9),
    excluded: { examples: ['q40'] },
  })
  expect(arms).toMatchObject([
    { arm: OLD, preferred: 10, lost: 70, tied: 0, bothBad: 1 },
    { arm: NEW, preferred: 70, lost: 10, tied: 0, bothBad: 1 },
  ])
})

test('strengths are those of Bradley and Terry, with errors by case', () => {
  const { arms } = read([...times(30, [NEW, NEW]), ...times(10, [OLD, OLD])])
  // Two arms: the chance is the share, and its error that of 40 cases, not of 80 labels.
  expect(arms[1]?.chance).toBeCloseTo(0.75, 6)
  const error = Math.sqrt((40 / 39) * (1 / (40 * 0.75 * 0.25)))
  expect(arms[1]?.interval?.low).toBeCloseTo(1 / (1 + Math.exp(-(Math.log(3) - 1.959964 * error))), 4)
  expect(arms[0]?.interval).toBeNull()
  expect((arms[0]?.strength ?? 0) + (arms[1]?.strength ?? 0)).toBeCloseTo(0, 9)
  // Always preferred: there is no finite strength, and none is said.
  expect(read(times(40, [NEW])).arms[1]).toMatchObject({ chance: null, strength: null })
})

test('what somebody decided stands in place of what people said', () => {
  const pairs = pairsOf(times(12, [OLD, NEW])).map((pair) => ({
    ...pair,
    adjudicated: pair.first === NEW ? 'A' : 'B',
  }))
  const found = resultsOf({ arms: [arm(OLD), arm(NEW)], margin: 0.1 }, pairs)
  expect(found.comparisons[0]?.comparison.difference).toBe(1)
})

test('a person who always takes what stands first is seen, and favours no arm', () => {
  // The pair is kept one way and shown the other, so "B" is what stood first.
  const pairs = pairsOf(times(60, ['tie'])).map(({ labels: [label], ...pair }, at) => ({
    ...pair,
    labels: label ? [{ ...label, isTurned: at % 4 < 2, value: at % 4 < 2 ? 'B' : 'A' }] : [],
  }))
  const found = resultsOf({ arms: [arm(OLD), arm(NEW)], margin: 0.1 }, pairs)
  expect(found.position).toMatchObject({ n: 60, firstShare: 1 })
  expect(found.position.interval?.low).toBeGreaterThan(0.9)
  expect(found.people).toMatchObject([{ by: people[0], labels: 60, firstShare: 1, medianMs: 30_500 }])
  expect(found.comparisons[0]?.comparison.difference).toBe(0)
})

test('with three arms p is by Holm, and every two arms meet in every case', () => {
  const rows = (words: (at: number) => string) =>
    Array.from(
      { length: 20 },
      (_, at) => ({ example: `q${at}`, input: `question ${at}`, answer: words(at), error: null }) as ExperimentRow,
    )
  const ask = {
    arms: [OLD, NEW, THIRD],
    rowsOf: new Map([
      [OLD, rows((at) => `old ${at}`)],
      [NEW, rows((at) => (at < 5 ? `old ${at} ` : `new ${at}`))],
      [THIRD, rows((at) => `third ${at}`).slice(0, 18)],
    ]),
    most: 10,
    doubleShare: 0.5,
    isReferenceShown: false,
    random: seededRandom(3),
  }
  const { plan, pairs } = planStudy(ask)
  expect(plan).toMatchObject({ cases: 10, failed: 2, changed: 0, pairs: 30 - plan.same })
  expect(pairs.filter(({ content }) => content?.labelsAsked === 2)).toHaveLength(Math.round(plan.pairs / 2))
  expect(plan.labels).toBe(plan.pairs + Math.round(plan.pairs / 2))
  expect(planStudy({ ...ask, random: seededRandom(3) }).pairs).toEqual(pairs)
  // Nothing that people are given says whose answer it is.
  expect(JSON.stringify(pairs.map(({ content }) => content))).not.toContain('exp_')
  const firsts = Map.groupBy(pairs, ({ first }) => first)
  expect(firsts.size).toBe(3)
})
