import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { openLooseFile } from '../store/loose-file.ts'
import { createCases } from './columns/index.ts'
import { createNumberLog } from './numbers/index.ts'
import { summariseApart } from './summarise-apart.ts'
import type { SummaryInput } from './summary.ts'

const EXAMPLES = 200_000
const measures = [{ key: 'right', version: 1, kind: 'rate', unit: 'share', better: 'higher' }] as const

test('figures that need too much memory end their thread alone, and say what to do; the next ones are made', async () => {
  const open = () => openLooseFile(tmpdir())
  await using cases = createCases({ count: EXAMPLES }, open)
  const ask = { arms: ['candidate'], measures, examples: EXAMPLES, repeats: 1 }
  await using log = createNumberLog(ask, open)
  for (let at = 0; at < EXAMPLES; at++) {
    await cases.add({ id: `e${at}`, split: 'regress' })
    await log.add(at, {
      exampleNumber: at + 1,
      arm: 'candidate',
      repeat: 1,
      isFailed: false,
      isReused: false,
      latencyMs: at % 97,
      tokens: { input: 1, output: 1, estimated: false },
      costMicroUsd: null,
      scores: [at % 2],
      hasFailed: [false],
    })
  }
  await using scratch = await open()
  const suite = { primary: 'right', margin: 0.02 }
  const rest = { cases: cases.end(), measures, suite, intervals: 'clustered-t' as const, seed: 1 }
  const input: SummaryInput = { logged: log.logged(), scratch: { descriptor: scratch.descriptor }, ...rest }
  await expect(summariseApart(input, { megabytes: 8 })).rejects.toMatchObject({
    code: 'evals.summary-too-large',
    message: `The figures of ${EXAMPLES} rows took more than 8 MB of memory. The rows are kept; run it with fewer repeats or a smaller suite.`,
  })
  expect((await summariseApart(input)).arms).toMatchObject([
    { arm: 'candidate', rows: EXAMPLES, latencyMs: { p50: 48 }, scores: [{ n: EXAMPLES, mean: 0.5 }] },
  ])
}, 60_000)
