/** Labels through the front door, held against the function of the published figures, which has vectors of scikit-learn. */
import { afterAll, expect, test } from 'vitest'
import { lastUserTurn } from '../../core/conversation.ts'
import { classification } from '../../kernel/statistics/index.ts'
import type { RunFlow } from '../deps.ts'
import { install, outcome, questions, suite } from '../installation.example.ts'
import type { ClassFigures } from './contract.ts'

const LABELS = ['billing', 'parcel', 'other']
const truth = (number: number): string => LABELS[number % 3] ?? ''
/** The candidate is wrong on each fifth question, and says no label on each tenth; the baseline on each second. */
const told = (number: number, arm: string): string => {
  if (arm === 'baseline') return number % 2 === 0 ? truth(number) : truth(number + 1)
  if (number % 10 === 0) return 'I cannot say'
  return number % 5 === 0 ? truth(number + 1) : truth(number)
}
const says: RunFlow = async ({ turns, arm }) => {
  const question = lastUserTurn(turns)
  const number = Number(/\d+/.exec(question)?.[0])
  if (number === 7 && question.startsWith('broken')) throw new Error('the upstream hung up')
  const label = told(number, arm)
  return outcome(question.startsWith('sure') ? JSON.stringify({ label, sure: 0.9 }) : label)
}
const airworthy = await install(says)
afterAll(() => airworthy.stop())

async function measured({
  count = 60,
  more = () => ({}),
  evaluators = [{ use: 'exact', options: {} }],
}: {
  count?: number
  more?: (number: number) => Record<string, unknown>
  evaluators?: { use: string; options: Record<string, unknown> }[]
} = {}) {
  const release = await airworthy.release({
    datasets: { questions: questions(count, (number) => ({ expected: truth(number), ...more(number) })) },
    suites: [suite('facts', { evaluators, primary: evaluators[0]?.use ?? 'exact' })],
  })
  return (await airworthy.ended((await airworthy.start(release)).body.id)).id
}
const figuresOf = (id: string, who = 'builder') =>
  airworthy.ask<ClassFigures>('GET', `/api/v1/experiments/${id}/class-figures`, undefined, who)

test('figures of labels are those of the kit, each with an interval, and arms are told apart', async () => {
  const id = await measured()
  const { status, body } = await figuresOf(id)
  expect(status).toBe(200)
  expect(body).toMatchObject({ reading: 'exact', labels: 3, others: 0, note: expect.stringContaining('probability') })
  const numbers = Array.from({ length: 60 }, (_, at) => at + 1)
  const known = (label: string) => (LABELS.includes(label) ? label : '?')
  const wanted = classification({
    truth: numbers.map(truth),
    predicted: numbers.map((number) => known(told(number, 'candidate'))),
  })
  const candidate = body.arms.find(({ arm }) => arm === 'candidate')
  expect(candidate).toMatchObject({ n: 60, examples: 60, unlabelled: 0, errors: 0, none: 6, calibration: null })
  const value = (figure: string) => candidate?.figures.find((one) => one.figure === figure)?.value
  expect(value('accuracy')).toBeCloseTo(48 / 60, 12)
  // 48 right of 60 expected and 54 told.
  expect(value('micro-f1')).toBeCloseTo(96 / 114, 12)
  expect(value('mcc')).toBeCloseTo(wanted?.mcc ?? Number.NaN, 12)
  // What is no label is none that the mean is of.
  expect(value('macro-f1')).toBeCloseTo(((wanted?.macroF1 ?? 0) * 4) / 3, 12)
  for (const { figure, value, interval } of candidate?.figures ?? []) {
    expect(interval?.low, figure).toBeLessThan(value ?? 0)
    expect(interval?.high, figure).toBeGreaterThan(value ?? 1)
  }
  expect(candidate?.confusion.flat().reduce((sum, n) => sum + n, 0)).toBe(60)
  expect(candidate?.confusion.map((row) => row.at(-1))).toEqual([2, 2, 2])
  for (const one of wanted?.byLabel.filter(({ support }) => support > 0) ?? []) {
    const found = candidate?.classes.find(({ label }) => label === one.label)
    expect([found?.support, found?.precision.value, found?.recall.value, found?.f1.value]).toEqual([
      one.support,
      expect.closeTo(one.precision, 12),
      expect.closeTo(one.recall, 12),
      expect.closeTo(one.f1, 12),
    ])
  }
  expect(body.comparisons).toMatchObject([{ arm: 'candidate', to: 'control' }])
  expect(body.comparisons[0]?.comparison[0]).toMatchObject({
    evaluator: 'accuracy',
    n: 60,
    difference: expect.closeTo(48 / 60 - 30 / 60, 12),
    verdict: 'better',
  })
  expect((await figuresOf(id, 'stranger')).status).toBe(403)
}, 60_000)

test('calibration is known where answers name a probability; what failed is in no figure', async () => {
  const id = await measured({
    more: (number) => ({ input: `${number === 7 ? 'broken' : 'sure'} ${number}` }),
    evaluators: [{ use: 'classification', options: { field: 'label', probability: 'sure' } }],
  })
  const { body } = await figuresOf(id)
  expect(body).toMatchObject({ reading: 'classification', note: null })
  const candidate = body.arms.find(({ arm }) => arm === 'candidate')
  expect(candidate).toMatchObject({ n: 59, errors: 1 })
  expect(candidate?.calibration).toMatchObject({ n: 59, error: expect.closeTo(0.9 - 47 / 59, 12) })
  expect(body.comparisons[0]?.comparison[0]).toMatchObject({ n: 59, excluded: { count: 1, examples: ['q7'] } })
}, 60_000)

test('answers that hardly return are no labels, and few clusters have no interval', async () => {
  const free = await figuresOf(await measured({ more: (number) => ({ expected: `answer ${number}` }) }))
  expect(free.body).toMatchObject({ arms: [], comparisons: [], note: expect.stringContaining('60 different') })
  const few = await figuresOf(await measured({ more: (number) => ({ cluster: `conversation ${number % 5}` }) }))
  expect(
    few.body.arms[0]?.figures.map(({ value, interval, noIntervalFor }) => [value !== null, interval, noIntervalFor]),
  ).toEqual(Array.from({ length: 4 }, () => [true, null, 'few-clusters']))
  expect(few.body.comparisons[0]?.comparison[0]).toMatchObject({ interval: null, verdict: 'undecided' })
}, 60_000)
