import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of volumes runs and prints its figures beside a row by its key', { timeout: 120_000 }, () => {
  const bench = fileURLToPath(new URL('./volume.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^spans in over OTLP +\d+ \/s, claim 5000/m)
  expect(stdout.match(/\d+\.\d ms, claim 400, (met|NOT MET)$/gm)).toHaveLength(18)
})
