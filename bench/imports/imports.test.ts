import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of imports runs and prints its figures', { timeout: 120_000 }, async () => {
  const stdout = await smoke('./imports.ts', import.meta.url)
  for (const what of ['jsonl by HTTP', 'csv by HTTP', 'list by HTTP', 'the same again, merged', 'by the command'])
    expect(stdout).toMatch(
      new RegExp(`${what} +\\d+ rows/s, \\d+ µs of a processor each, -?\\d+ MB over \\d+ MB idle .* in quarantine`),
    )
  expect(stdout).toMatch(/one by its id +\d+ ms/)
})
