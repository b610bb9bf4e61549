import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test.for([
  ['experiments beside the bare inserts', './experiment.ts', /experiment, started to all rows kept +\d+ rows\/s/],
  ['experiments beside a plain loop', './beside.ts', /bare undici loop against a local server +\d+ rows\/s/],
  ['sizes and pages', './sizes.ts', / 500( +-?\d+){10}\n.* worst first \d+ ms once/],
] as const)('the bench of %s runs and prints its figures', { timeout: 120_000 }, async ([, file, figures]) => {
  const stdout = await smoke(file, import.meta.url)
  expect(stdout).toMatch(figures)
})
