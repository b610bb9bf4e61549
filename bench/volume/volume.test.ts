import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of volumes runs and prints its figures beside a row by its key', { timeout: 120_000 }, () => {
  const bench = fileURLToPath(new URL('./volume.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^\| spans in over OTLP\/HTTP, best round +\| 5000 \/s +\| \d+ \/s +\| (met|NOT MET) +\|$/m)
  expect(stdout).toMatch(/^\| +traces told afterwards +\| 512 +\| 512 +\| met/m)
  expect(stdout.match(/ \| 400 ms +\| \d+\.\d ms +\| (met|NOT MET) +\|$/gm)).toHaveLength(32)
})
