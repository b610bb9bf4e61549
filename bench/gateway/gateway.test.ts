import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of the gateway runs and prints its figures beside the bare proxy', async () => {
  const stdout = await smoke('./gateway.ts', import.meta.url)
  expect(stdout).toMatch(/share of the bare proxy, 100 KB .+ \d+\.\d %/)
  expect(stdout).toMatch(/added median, ours over bare .+ -?\d+\.\d+ ms/)
  expect(stdout.match(/event-loop delay while .+ p99 \d+\.\d ms/g)).toHaveLength(2)
}, 120_000)

test('the bench of the parts of a request names what each costs', async () => {
  const stdout = await smoke('./parts.ts', import.meta.url)
  for (const part of ['identify', 'parse', 'reserve', 'ask', 'stream', 'settle', 'spool'])
    expect(stdout.match(new RegExp(`^  ${part} +\\d+\\.\\d µs`, 'gm'))).toHaveLength(3)
}, 120_000)

test.for([
  { file: './streams.ts', figure: /added to the first token, ours over direct, p99 .+ -?\d+\.\d ms/ },
  { file: './guardrails.ts', figure: /all six, in pieces of 4 .+ µs\/KB, \d+ times the bare limit/ },
  { file: './near-answers.ts', figure: /ours, threshold 0\.9 .+ \d+ µs, \d+ % of bare/ },
  { file: './beside.ts', figure: /ours: added to the first token .+ ms/ },
])('the bench $file runs', { timeout: 120_000 }, async ({ file, figure }) => {
  const stdout = await smoke(file, import.meta.url)
  expect(stdout).toMatch(figure)
})
