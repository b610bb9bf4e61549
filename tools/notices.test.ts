import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { NOTICES, refused, shipped, writeNotices } from './notices.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const packages = shipped(root)

test('the notices name what reaches a user today; `npm run generate:notices` writes them anew', () => {
  expect(readFileSync(join(root, NOTICES), 'utf8')).toBe(writeNotices(packages))
})

test('packages of the server and those built into the pages are named, those of tests are not', () => {
  const names = packages.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['pg', 'zod', 'react', 'scheduler', 'node']))
  expect(names).not.toContain('vitest')
  expect(names).not.toContain('vite')
})

test('every licence is one that we allow, and a further one is refused by name', () => {
  expect(refused(packages)).toEqual([])
  const further = {
    name: 'tied',
    version: '1.0.0',
    licence: 'AGPL-3.0',
    how: 'installed',
    file: undefined,
    text: undefined,
  } as const
  expect(refused([further])).toEqual(['tied 1.0.0: AGPL-3.0'])
})

test('what is built into the pages has its licence text quoted, but for the Unlicense, which asks for nothing', () => {
  const silent = packages.filter(({ how, text }) => how === 'built-in' && text === undefined)
  expect(silent.filter(({ licence }) => licence !== 'Unlicense')).toEqual([])
})
