import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of near duplicates runs, finds what a comparison of all pairs finds, and prints its figure', () => {
  const bench = fileURLToPath(new URL('./near-duplicates.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/near duplicates among 5000 rows +[\d.]+ s/)
  const [, near, found] = /(\d+), of which found (\d+)/.exec(stdout) ?? []
  expect(Number(found)).toBeGreaterThanOrEqual(Number(near) * 0.98)
})
