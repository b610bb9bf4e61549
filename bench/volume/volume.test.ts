import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of volumes runs and prints its figures beside a row by its key', { timeout: 120_000 }, async () => {
  const stdout = await smoke('./volume.ts', import.meta.url)
  expect(stdout).toMatch(/^\| spans in over OTLP\/HTTP, best round +\| 5000 \/s +\| \d+ \/s +\| (met|NOT MET) +\|$/m)
  expect(stdout).toMatch(/^\| +traces told afterwards +\| 512 +\| 512 +\| met/m)
  expect(stdout.match(/ \| 400 ms +\| \d+\.\d ms +\| (met|NOT MET) +\|$/gm)).toHaveLength(32)
})
