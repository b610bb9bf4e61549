import { expect, test } from 'vitest'
import { summariseApart } from './summarise-apart.ts'
import type { SummaryInput } from './summary.ts'

const EXAMPLES = 20_000
const input: SummaryInput = {
  arms: ['candidate'],
  rows: Array.from({ length: EXAMPLES }, (_, i) => ({
    arm: 'candidate',
    example: `e${i}`,
    repeat: 1,
    error: null,
    scores: { right: { score: i % 2, detail: 'x'.repeat(200) } },
    latencyMs: i % 97,
    tokens: { input: 1, output: 1, estimated: false },
    costMicroUsd: null,
    isReused: false,
  })),
  examples: Array.from({ length: EXAMPLES }, (_, i) => ({ id: `e${i}` })),
  measures: [{ key: 'right', version: 1, kind: 'rate', unit: 'share', better: 'higher' }],
  suite: { primary: 'right', margin: 0.02 },
  intervals: 'clustered-t',
  seed: 1,
}

test('figures that need too much memory end their thread alone, and say what to do; the next ones are made', async () => {
  await expect(summariseApart(input, { megabytes: 8 })).rejects.toMatchObject({
    code: 'evals.summary-too-large',
    message: `The figures of ${EXAMPLES} rows took more than 8 MB of memory. The rows are kept; run it with fewer repeats or a smaller suite.`,
  })
  expect((await summariseApart(input)).arms).toMatchObject([{ arm: 'candidate', rows: EXAMPLES }])
}, 60_000)
