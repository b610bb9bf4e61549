import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of experiments runs and prints its figure beside the bare inserts', () => {
  const bench = fileURLToPath(new URL('./experiment.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(/experiment, started to all rows kept +\d+ rows\/s/)
})
