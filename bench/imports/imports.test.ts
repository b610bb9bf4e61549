import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of imports runs and prints its figures', { timeout: 120_000 }, () => {
  const bench = fileURLToPath(new URL('./imports.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  for (const what of ['jsonl by HTTP', 'csv by HTTP', 'list by HTTP', 'the same again, merged', 'by the command'])
    expect(stdout).toMatch(
      new RegExp(`${what} +\\d+ rows/s, \\d+ µs of a processor each, -?\\d+ MB over \\d+ MB idle .* in quarantine`),
    )
  expect(stdout).toMatch(/one by its id +\d+ ms/)
})
