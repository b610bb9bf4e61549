import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { compile } from './compile.ts'

const root = mkdtempSync(join(tmpdir(), 'airworthy-compile-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}

test('what the entry reaches runs as JavaScript, and what it does not reach stays out', async () => {
  write('src/greeting.txt', 'good morning')
  write(
    'src/words/said.ts',
    `export type Said = { readonly text: string }\nexport const loud = (said: Said): string => said.text.toUpperCase()\n`,
  )
  write('src/words/said.test.ts', `import { loud } from './said.ts'\nloud({ text: '' })\n`)
  write(
    'src/main.ts',
    [
      `import { readFileSync } from 'node:fs'`,
      `import type { Said } from './words/said.ts'`,
      `const late = await import('./words/said.ts')`,
      `const said: Said = { text: readFileSync(new URL('./greeting.txt', import.meta.url), 'utf8') }`,
      `export const answer: string = late.loud(said)`,
    ].join('\n'),
  )
  const into = join(root, 'dist')
  expect(compile(root, ['src/main.ts'], into)).toEqual(['src/greeting.txt', 'src/main.ts', 'src/words/said.ts'])
  expect(existsSync(join(into, 'src/words/said.test.js'))).toBe(false)
  expect(readFileSync(join(into, 'src/main.js'), 'utf8').split('\n')[4]).toContain('export const answer')
  expect(await import(pathToFileURL(join(into, 'src/main.js')).href)).toMatchObject({ answer: 'GOOD MORNING' })
})

test('a neighbour that is not there is named with who asks for it', () => {
  write('src/broken.ts', `import './gone.ts'\n`)
  expect(() => compile(root, ['src/broken.ts'], join(root, 'dist'))).toThrow(
    'src/broken.ts asks for ./gone.ts, which is not there.',
  )
})
