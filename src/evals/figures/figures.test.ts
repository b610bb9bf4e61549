/** Published figures are met from the very files (see data/README.md), or differ for a reason that is written down. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestAirworthy, testAirworthy } from '../../testing/airworthy.ts'
import { differs } from './figure.ts'
import { FIGURES } from './figures.ts'

let house: TestAirworthy
beforeAll(async () => {
  house = await testAirworthy()
})
afterAll(() => house.close())

const base64Of = (path: string) => readFileSync(new URL(`../../../data/${path}`, import.meta.url)).toString('base64')
const packed = (rows: readonly unknown[]) =>
  gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')).toString('base64')

/** How many figures each set has, and how many of them may differ for the reason that they give. */
test.for([
  ['gsm8k', 35, 5],
  ['game24', 11, 0],
  ['taubench', 20, 0],
  ['bfcl', 20, 0],
  ['refchecker', 63, 0],
  ['cacm', 34, 7],
  ['clapnq', 10, 0],
  ['mtrag', 34, 1],
  ['banking77', 6, 0],
  ['llmbar', 268, 0],
  ['xstest', 33, 1],
  ['bbq', 40, 0],
  ['nist', 7, 1],
] as const)('every figure of %s is met, or differs for a reason', async ([name, figures, explained]) => {
  const set = FIGURES.find((one) => one.name === name)
  const files = Object.fromEntries((set?.files ?? []).map((path) => [path, base64Of(path)]))
  const { items } = await house.client.computeFigures({ params: { name }, body: { files } })
  expect(items.filter(({ isMet, deviation }) => !isMet && deviation === null)).toEqual([])
  expect(items).toHaveLength(figures)
  expect(items.filter(({ isMet }) => !isMet).length).toBeLessThanOrEqual(explained)
})

test('every set is in the list, and among the tests above', async () => {
  const { items } = await house.client.listFigures()
  expect(items.map(({ name }) => name)).toEqual(FIGURES.map(({ name }) => name))
  expect(items).toHaveLength(13)
})

test('a reason excuses a small difference and no large one', () => {
  const why = 'Another interval.'
  expect(differs('low', 0.1865, 0.1862, { why, within: 0.0005 })).toMatchObject({ isMet: false, deviation: why })
  expect(differs('low', 0.1865, 0.1762, { why, within: 0.0005 })).toMatchObject({ isMet: false, deviation: null })
  expect(differs('low', 0.1865, Number.NaN, { why, within: 0.0005 })).toMatchObject({ isMet: false, deviation: null })
})

const solved = (isRight: boolean) => ({ is_correct: isRight, solution: isRight ? 'So many.\nA: 1,018' : 'A: 3' })
const used = (output: number, input: number) => ({ completion_tokens: output, prompt_tokens: input })
const tried = (rights: readonly number[], usage: unknown) => ({
  ys: rights.map((r) => (r ? 'Steps:\nAnswer: 4 * 6 = 24' : 'Answer: 4 + 6 = 24')),
  infos: rights.map((r) => ({ r })),
  usage_so_far: usage,
})

/** The form of the source, in our own rows: what is read of them shows in a figure. */
test.for([
  {
    name: 'gsm8k',
    files: {
      'reasoning-gsm8k/model_solutions.jsonl.gz': packed(
        [true, false].map((isRight) => ({
          ground_truth: 'A: 1018',
          '6b_finetuning': solved(false),
          '6b_verification': solved(isRight),
          '175b_finetuning': solved(!isRight),
          '175b_verification': solved(true),
        })),
      ),
    },
    seen: {
      '6b fine-tuned: right': 0,
      '175b verified: right': 2,
      '6b verified less 175b fine-tuned: right here alone': 1,
      '175b verified: answers read as the source read them': 2,
    },
  },
  {
    name: 'game24',
    files: {
      'reasoning-game24/cot_100_samples.jsonl.gz': packed([
        tried([1, 0, 1], used(10, 5)),
        tried([0, 0, 1], used(1e6, 2e6)),
      ]),
      'reasoning-game24/tot_bfs.jsonl.gz': packed([tried([0, 1], used(1, 1)), tried([0, 0], used(500_000, 1e6))]),
    },
    seen: {
      'tries: puzzles that the answer of most solves': 1,
      'tries: dollars': 120,
      'search: puzzles solved by any of five answers': 1,
      'search: puzzles solved by the first answer': 0,
      'search: dollars': 60,
    },
  },
  {
    name: 'taubench',
    files: {
      'agents-taubench/gpt-4o-airline.jsonl.gz': packed(
        [1, 0, 1, 1].map((reward, trial) => ({
          task_id: trial % 2,
          reward,
          info: { user_cost: 0.25 },
          traj: [
            { role: 'user' },
            { role: 'assistant', tool_calls: [{ function: { name: 'get_reservation_details' } }] },
            { role: 'tool', tool_calls: null },
          ],
        })),
      ),
    },
    seen: { 'user simulator, dollars': 1, 'runs that succeeded': 3, messages: 12, 'calls of tools': 4 },
  },
] as const)('$name is read in the form of its source as well', async ({ name, files, seen }) => {
  const { items } = await house.client.computeFigures({ params: { name }, body: { files } })
  const ours = Object.fromEntries(items.map((one) => [one.figure, one.ours]))
  expect(ours).toMatchObject(seen)
})

test.for([
  ['nothing', {}, 'evals.figures-unknown'],
  ['game24', {}, 'evals.figures-file-missing'],
  ['taubench', { 'agents-taubench/gpt-4o-airline.runs.jsonl.gz': 'AAAA' }, 'evals.figures-file-broken'],
] as const)('%s with the wrong files is refused with what is missing', async ([name, files, code]) => {
  const asked = house.client.computeFigures({ params: { name }, body: { files } })
  await expect(asked).rejects.toMatchObject({ code })
})
