import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the bench of many applications asks what each page asks', { timeout: 120_000 }, () => {
  const bench = fileURLToPath(new URL('./applications.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, [bench, '--smoke'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  expect(stdout.match(/ \| \d+ ms +\| \d+ ms +\| (met|NOT MET) +\|$/gm)).toHaveLength(43)
})
