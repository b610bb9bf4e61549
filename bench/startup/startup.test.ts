import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of the start prints its figures beside the bare engine', { timeout: 120_000 }, () => {
  const bench = fileURLToPath(new URL('./startup.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  for (const figure of ['new folder, to /readyz', 'existing folder, to /readyz', 'existing folder, resident'])
    expect(stdout).toMatch(new RegExp(`^${figure} .+ \\d+ (ms|MB), bare \\d+ (ms|MB), ratio \\d+\\.\\d\\d$`, 'm'))
  expect(stdout).toMatch(/idle until .+ \d+\.\d\d % of a core/)
})
