/** A quote of a calibration: a judge that asks twice about an answer is counted twice, and nothing is sent. */
import { expect, test } from 'vitest'
import { type MicroUsd, microUsd } from '../../kernel/money.ts'
import { prepareEvaluators } from '../evaluators/index.ts'
import { quoteCalibration } from './quote-calibration.ts'

const judge = { model: 'example/judge-2026-01-01' }
const labelled = (count: number) =>
  ({
    queue: { name: 'questions' },
    items: Array.from({ length: count }, (_, at) => ({
      id: `i${at}`,
      input: 'Open?',
      expected: 'Yes.',
      answer: 'Yes, from nine.',
      passages: ['Open from nine.'],
      labels: at % 10 === 9 ? [] : [{ by: 'ada', value: 'good' }],
      adjudicated: null,
    })),
    // Of a queue and its items no more is read.
  }) as never as Parameters<typeof quoteCalibration>[0]
const scoreOf = (use: string, options: Record<string, unknown>) => {
  const [prepared] = prepareEvaluators([{ use, options: { judge, ...options } }])
  if (!prepared) throw new Error(`${use} is an evaluator.`)
  return prepared.score
}

const taking = (costMicroUsd: MicroUsd | null) => ({ inputTokens: 100, outputTokens: 80, costMicroUsd })

test.for([
  ['criterion', { criterion: 'is polite' }, 1],
  ['rubric', { rubric: 'is right', scale: { meaning: { 1: 'wrong', 5: 'right' } } }, 1],
  ['faithfulness', {}, 2],
  ['toxicity', {}, 1],
  ['correctness', {}, 4],
] as const)('%s is quoted with all its questions', async ([use, options, each]) => {
  const asked: string[] = []
  const quote = await quoteCalibration({
    ...labelled(100),
    score: scoreOf(use, options),
    signal: new AbortController().signal,
    estimateJudge: async ({ model, messages }) => {
      asked.push(`${model} ${messages.length}`)
      return taking(microUsd(120_000_000n))
    },
  })
  expect(quote).toMatchObject({ answers: 90, calls: 90 * each, costMicroUsd: String(90 * each * 120) })
  expect(quote.minutes).toBeCloseTo((90 * each * 2) / 4 / 60, 2)
  expect(asked[0]).toBe('example/judge-2026-01-01 2')
})

test('a price that is not known stays unknown, and nothing labelled takes nothing', async () => {
  const given = { score: scoreOf('criterion', { criterion: 'is polite' }), signal: new AbortController().signal }
  expect(await quoteCalibration({ ...labelled(10), ...given, estimateJudge: async () => taking(null) })).toMatchObject({
    calls: 9,
    costMicroUsd: null,
    basis: expect.stringContaining('not known'),
  })
  expect(
    await quoteCalibration({ ...labelled(0), ...given, estimateJudge: async () => taking(microUsd(1_000_000n)) }),
  ).toMatchObject({
    answers: 0,
    calls: 0,
    costMicroUsd: '0',
  })
})
