import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of the gateway runs and prints its figures beside the bare proxy', () => {
  const bench = fileURLToPath(new URL('./gateway.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/share of the bare proxy, 100 KB .+ \d+\.\d %/)
  expect(stdout).toMatch(/added median, ours over bare .+ -?\d+\.\d+ ms/)
  expect(stdout.match(/event-loop delay while .+ p99 \d+\.\d ms/g)).toHaveLength(2)
}, 120_000)

test('the bench of the parts of a request names what each costs', () => {
  const bench = fileURLToPath(new URL('./parts.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  for (const part of ['identify', 'parse', 'reserve', 'ask', 'stream', 'settle', 'spool'])
    expect(stdout.match(new RegExp(`^  ${part} +\\d+\\.\\d µs`, 'gm'))).toHaveLength(3)
}, 120_000)

test.for([
  { file: './streams.ts', figure: /added to the first token, ours over direct, p99 .+ -?\d+\.\d ms/ },
  { file: './guardrails.ts', figure: /all six, in pieces of 4 .+ µs\/KB, \d+ times the bare limit/ },
  { file: './near-answers.ts', figure: /ours, threshold 0\.9 .+ \d+ µs, \d+ % of bare/ },
  { file: './beside.ts', figure: /ours: added to the first token .+ ms/ },
])('the bench $file runs', { timeout: 120_000 }, ({ file, figure }) => {
  const bench = fileURLToPath(new URL(file, import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(figure)
})
