import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of rollouts holds its levels and meets the published table', { timeout: 120_000 }, () => {
  const bench = fileURLToPath(new URL('./rollout.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  // What is timed depends on the machine; the statistics do not.
  const statistics = stdout.split('\nTime')[0] ?? ''
  expect(statistics.match(/\| met \|$/gm)).toHaveLength(13)
  expect(statistics).not.toMatch(/NOT MET/)
})
