import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of rollouts holds its levels and meets the published table', { timeout: 120_000 }, async () => {
  const stdout = await smoke('./rollout.ts', import.meta.url)
  // What is timed depends on the machine; the statistics do not.
  const statistics = stdout.split('\nTime')[0] ?? ''
  expect(statistics.match(/\| met \|$/gm)).toHaveLength(13)
  expect(statistics).not.toMatch(/NOT MET/)
})
