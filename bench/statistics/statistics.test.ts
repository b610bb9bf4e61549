import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of statistics runs, and prints exact coverage beside simulated', () => {
  const bench = fileURLToPath(new URL('./statistics.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/paired comparison of 10000 rows, 500 bootstrap draws +[\d.]+ s/)
  expect(stdout).toMatch(/Wilson, n = 100: exact coverage over 9 rates +0\.9486, least 0\.9364/)
  const [, peeked] = /false "better" .*alpha 0\.05 +([\d.]+)/.exec(stdout) ?? []
  expect(Number(peeked)).toBeLessThanOrEqual(0.05)
})
