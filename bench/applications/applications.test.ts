import { expect, test } from 'vitest'
import { smoke } from '../smoke.ts'

test('the bench of many applications asks what each page asks', { timeout: 120_000 }, async () => {
  const stdout = await smoke('./applications.ts', import.meta.url)
  expect(stdout.match(/ \| \d+ ms +\| \d+ ms +\| (met|NOT MET) +\|$/gm)).toHaveLength(43)
})
