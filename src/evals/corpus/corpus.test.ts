/** Figures over a corpus through the front door, held against what sacreBLEU gave for the same answers. */
import { readFileSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { lastUserTurn } from '../../core/conversation.ts'
import type { RunFlow } from '../deps.ts'
import { install, outcome, questions, suite } from '../installation.example.ts'
import type { CorpusComparisons, CorpusFigures } from './contract.ts'

type Entry = {
  function: string
  input: { hypotheses: string[]; references: string[] }
  expected: Record<string, number>
}
const entries: Entry[] = JSON.parse(
  readFileSync(new URL('../../../data/statistics-vectors/text.json', import.meta.url), 'utf8'),
)
const vectorOf = (name: string) => entries.find((one) => one.function === name) as Entry
const [bleu, chrf] = [vectorOf('bleu.corpus'), vectorOf('chrf.corpus')]
const { hypotheses, references } = bleu.input

/** Says what the vector says, one hypothesis after the other; question 7 fails. */
const says: RunFlow = async ({ turns }) => {
  const number = Number(/\d+/.exec(lastUserTurn(turns))?.[0])
  if (number === 7) throw new Error('the upstream hung up')
  return outcome(hypotheses[(number - 1) % hypotheses.length] ?? '')
}
const airworthy = await install(says)
afterAll(() => airworthy.stop())

async function measured(count: number, more: (number: number) => Record<string, unknown> = () => ({})) {
  const expected = (number: number) => references[(number - 1) % references.length]
  const release = await airworthy.release({
    baseline: false,
    datasets: { questions: questions(count, (number) => ({ expected: expected(number), ...more(number) })) },
    suites: [suite('facts', { evaluators: [{ use: 'exact', options: {} }] })],
  })
  const { body } = await airworthy.start(release)
  return airworthy.ended(body.id)
}
const figuresOf = (id: string) =>
  airworthy.ask<CorpusFigures & { code?: string }>('GET', `/api/v1/experiments/${id}/corpus-figures`)

test('the figures of a corpus are those of sacreBLEU, with the signature; a few examples have no interval', async () => {
  // Fewer than seven, so that none fails.
  const count = Math.min(hypotheses.length, 6)
  expect(count).toBe(hypotheses.length)
  expect(chrf.input).toEqual(bleu.input)
  const { id } = await measured(count)
  const { status, body } = await figuresOf(id)
  expect(status).toBe(200)
  expect(body.arms).toMatchObject([{ arm: 'candidate', n: count, examples: count, missing: 0, errors: 0 }])
  expect(body.arms[0]?.figures.slice(0, 2)).toEqual([
    {
      figure: 'bleu',
      value: expect.closeTo((bleu.expected.bleu ?? 0) / 100, 9),
      interval: null,
      signature: 'nrefs:1|eff:no|case:mixed|tok:13a|smooth:exp|version:2.6.0',
    },
    {
      figure: 'chrf',
      value: expect.closeTo((chrf.expected.chrf ?? 0) / 100, 9),
      interval: null,
      signature: 'nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0',
    },
  ])
})

test('many rows are counted by a job; what failed or has no reference is in no figure, and an interval is around each', async () => {
  const { id } = await measured(1_200, (number) => (number === 9 ? { expected: null } : {}))
  expect(await figuresOf(id)).toMatchObject({ status: 409, body: { code: 'evals.counting' } })
  const { body } = await vi.waitUntil(
    async () => {
      const found = await figuresOf(id)
      return found.status === 200 && found
    },
    { timeout: 30_000 },
  )
  expect(body.arms).toMatchObject([{ n: 1_198, examples: 1_198, missing: 1, errors: 1 }])
  for (const { figure, value, interval } of body.arms[0]?.figures ?? []) {
    expect(value, figure).toBeGreaterThanOrEqual(interval?.low ?? 1)
    expect(value, figure).toBeLessThanOrEqual(interval?.high ?? 0)
    expect((interval?.high ?? 1) - (interval?.low ?? 0), figure).toBeLessThan(0.1)
  }
  expect(await figuresOf(id)).toMatchObject({ status: 200, body })
}, 60_000)

test('many answers of few clusters have no interval', async () => {
  const { id } = await measured(60, (number) => ({ cluster: `conversation ${number % 5}` }))
  const { body } = await figuresOf(id)
  expect(body.arms).toMatchObject([{ n: 59, errors: 1 }])
  expect(body.arms[0]?.figures.map(({ value, interval }) => [value !== null, interval])).toEqual(
    Array.from({ length: 5 }, () => [true, null]),
  )
})

type Paired = {
  input: { first: string[]; second: string[]; references: string[] }
  expected: Record<'bleu' | 'chrf', { first: number; second: number; bootstrapP: number; randomisationP: number }>
}
const [paired]: [Paired] = JSON.parse(
  readFileSync(new URL('../../../data/statistics-vectors/corpus-pairs.json', import.meta.url), 'utf8'),
)
/** The baseline says the second; question 7 is one that only the candidate answers where the release says so. */
const saysBoth: RunFlow = async ({ turns, arm }) => {
  const question = lastUserTurn(turns)
  const number = Number(/\d+/.exec(question)?.[0])
  if (arm === 'baseline' && question.startsWith('unanswered')) throw new Error('the upstream hung up')
  return outcome(paired.input[arm === 'baseline' ? 'second' : 'first'][number - 1] ?? '')
}
const both = await install(saysBoth)
afterAll(() => both.stop())

async function measuredBoth(
  more: (number: number) => Record<string, unknown> = () => ({}),
  body: Record<string, unknown> = {},
) {
  const { references } = paired.input
  const release = await both.release({
    datasets: {
      questions: questions(references.length, (number) => ({ expected: references[number - 1], ...more(number) })),
    },
    suites: [suite('facts', { evaluators: [{ use: 'exact', options: {} }], margin: 0.02 })],
  })
  return (await both.ended((await both.start(release, body)).body.id)).id
}
const compared = (arms: string[], query = '', who = 'builder') =>
  both.ask<CorpusComparisons & { code?: string; detail?: string }>(
    'GET',
    `/api/v1/corpus-comparisons?arms=${arms.join(',')}${query}`,
    undefined,
    who,
  )

test('two arms differ as sacreBLEU says, by its two tests, and what n would decide is said', async () => {
  const id = await measuredBoth()
  const arms = [`${id}:candidate`, `${id}:control`]
  const { status, body } = await compared(arms, `&reference=${arms[1]}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ reference: arms[1], margin: 0.02, changed: 0, dataset: { name: 'questions' } })
  expect(body.comparisons.map(({ arm }) => arm)).toEqual([arms[0]])
  for (const figure of ['bleu', 'chrf'] as const) {
    const { first, second, bootstrapP, randomisationP } = paired.expected[figure]
    const one = body.comparisons[0]?.comparison.find(({ evaluator }) => evaluator === figure)
    expect(one).toMatchObject({
      n: paired.input.references.length,
      difference: expect.closeTo((first - second) / 100, 9),
      verdict: 'undecided',
      excluded: { count: 0, examples: [] },
    })
    // Four standard errors of as many draws: 10,000 shuffles, 1,000 resamples.
    const error = (p: number, draws: number) => 4 * Math.sqrt((p * (1 - p)) / draws)
    expect(Math.abs((one?.pValue ?? 1) - randomisationP)).toBeLessThan(error(randomisationP, 10_000))
    expect(Math.abs((one?.bootstrap?.pValue ?? 1) - bootstrapP)).toBeLessThan(error(bootstrapP, 1_000))
    expect(one?.interval?.low).toBeLessThan(0)
    expect(one?.interval?.high).toBeGreaterThan(0)
    expect(one?.neededN).toBeGreaterThan(paired.input.references.length)
  }
  const wide = await compared(arms, '&margin=0.2')
  expect(wide.body.comparisons[0]?.comparison[0]).toMatchObject({
    verdict: 'equivalent',
    nonInferior: true,
    neededN: null,
  })
  expect(await compared(arms, '&margin=2')).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('margin') },
  })
  expect(await compared([arms[0] ?? ''])).toMatchObject({ status: 400, body: { code: 'evals.arms-invalid' } })
  expect((await compared(arms, '', 'stranger')).status).toBe(403)
})

test('arms of two experiments stand side by side; an example that only one of them answered is in no pair', async () => {
  const whole = await measuredBoth()
  const broken = await measuredBoth((number) => (number === 3 ? { input: 'unanswered 3' } : {}))
  const arms = [`${broken}:candidate`, `${whole}:control`, `${broken}:control`]
  const { body } = await compared(arms, `&reference=${arms[2]}`)
  const n = paired.input.references.length
  // The third question has other words in the two versions of the dataset.
  expect(body.changed).toBe(1)
  expect(body.arms.map(({ arm, n, errors }) => [arm, n, errors])).toEqual([
    [arms[2], n - 1, 0],
    [arms[0], n - 1, 0],
    [arms[1], n - 1, 0],
  ])
  const [ours, alike] = body.comparisons
  expect(ours?.comparison[0]).toMatchObject({ n: n - 1, verdict: 'undecided' })
  // The same answers to the same questions: no shuffle is nearer, and many questions are needed for so small a margin.
  expect(alike?.comparison[0]).toMatchObject({ difference: 0, pValue: 1, adjustedP: 1, bootstrap: { ahead: 0 } })
  const own = await compared([`${broken}:candidate`, `${broken}:control`])
  expect(own.body.comparisons[0]?.comparison[0]).toMatchObject({ n: n - 1, excluded: { count: 1, examples: ['q3'] } })
})

test('an arm that is always worse is worse, also by Holm, and repeats weigh no more than their example', async () => {
  const id = await measuredBoth((number) => ({ expected: paired.input.second[number - 1] }), { repeats: 2 })
  const { body } = await compared([`${id}:control`, `${id}:candidate`])
  expect(body.arms.map(({ n, examples }) => [n, examples])).toEqual([
    [160, 80],
    [160, 80],
  ])
  for (const { evaluator, verdict, n, difference, interval, pValue } of body.comparisons[0]?.comparison ?? []) {
    expect([evaluator, verdict, n]).toEqual([evaluator, 'worse', 80])
    expect(difference).toBeGreaterThan(interval?.low ?? 0)
    expect(pValue).toBeLessThan(0.001)
  }
})
