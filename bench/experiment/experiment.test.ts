import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test.for([
  ['experiments beside the bare inserts', './experiment.ts', /experiment, started to all rows kept +\d+ rows\/s/],
  ['experiments beside a plain loop', './beside.ts', /bare undici loop against a local server +\d+ rows\/s/],
  ['sizes and pages', './sizes.ts', / 500( +-?\d+){10}\n.* worst first \d+ ms once/],
] as const)('the bench of %s runs and prints its figures', ([, file, figures]) => {
  const bench = fileURLToPath(new URL(file, import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout).toMatch(figures)
})
