import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of the start prints its figures beside the bare engine', { timeout: 120_000 }, async () => {
  const stdout = await smoke('./startup.ts', import.meta.url)
  for (const figure of ['new folder, to /readyz', 'existing folder, to /readyz', 'existing folder, resident'])
    expect(stdout).toMatch(new RegExp(`^${figure} .+ \\d+ (ms|MB), bare \\d+ (ms|MB), ratio \\d+\\.\\d\\d$`, 'm'))
  expect(stdout).toMatch(/idle until .+ \d+\.\d\d % of a core/)
})
