/** Figures over a corpus through the front door, held against what sacreBLEU gave for the same answers. */
import { readFileSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { lastUserTurn } from '../../core/conversation.ts'
import type { RunFlow } from '../deps.ts'
import { install, outcome, questions, suite } from '../installation.example.ts'
import type { CorpusFigures } from './contract.ts'

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
