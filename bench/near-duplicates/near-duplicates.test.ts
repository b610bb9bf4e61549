import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of near duplicates runs, finds what a comparison of all pairs finds, and prints its figure', async () => {
  const stdout = await smoke('./near-duplicates.ts', import.meta.url)
  expect(stdout).toMatch(/near duplicates among 5000 rows +[\d.]+ s/)
  const [, near, found] = /(\d+), of which found (\d+)/.exec(stdout) ?? []
  expect(Number(found)).toBeGreaterThanOrEqual(Number(near) * 0.98)
})
