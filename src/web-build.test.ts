import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { buildPages } from './web-build.ts'

const root = mkdtempSync(join(tmpdir(), 'airworthy-pages-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const web = join(root, 'web')
const page = join(web, 'dist', 'index.html')
mkdirSync(join(web, 'src'), { recursive: true })
writeFileSync(join(root, 'package.json'), '{}')
symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(root, 'node_modules'))
const pageSaying = (text: string) => writeFileSync(join(web, 'index.html'), `<!doctype html><p>${text}</p>`)

test('pages are built anew when their sources change, and the old ones are served until the new ones are whole', async () => {
  writeFileSync(join(web, 'vite.config.ts'), 'export default { build: { emptyOutDir: true } }')
  pageSaying('first')
  expect(await buildPages(root)).toBe('built')
  expect(await buildPages(root)).toBe('fresh')

  pageSaying('second')
  let isDone = false
  const building = buildPages(root).finally(() => {
    isDone = true
  })
  const seen = new Set<string>()
  while (!isDone) {
    seen.add(existsSync(page) ? (/first|second/.exec(readFileSync(page, 'utf8'))?.[0] ?? 'half') : 'nothing')
    await new Promise((passed) => setTimeout(passed, 5))
  }
  expect(await building).toBe('built')
  expect([...seen].filter((state) => state !== 'second')).toEqual(['first'])
  expect(readFileSync(page, 'utf8')).toContain('second')
  expect(readdirSync(web).sort()).toEqual(['dist', 'index.html', 'src', 'vite.config.ts'])
})

test('two processes that build at once both end with whole pages', async () => {
  pageSaying('fourth')
  const builder = `import(${JSON.stringify(new URL('./web-build.ts', import.meta.url).href)}).then(async ({ buildPages }) => console.log(await buildPages(${JSON.stringify(root)})))`
  const build = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', builder])
  const both = await Promise.all([build(), build()])
  for (const { stdout } of both) expect(stdout.trim()).toMatch(/^(built|fresh)$/)
  expect(readFileSync(page, 'utf8')).toContain('fourth')
  expect(readdirSync(web).sort()).toEqual(['dist', 'index.html', 'src', 'vite.config.ts'])
})

test('two threads of a process that build at once both end with whole pages', async () => {
  pageSaying('threads')
  const builder = `import(${JSON.stringify(new URL('./web-build.ts', import.meta.url).href)}).then(async ({ buildPages }) => require('node:worker_threads').parentPort.postMessage(await buildPages(${JSON.stringify(root)})))`
  const build = () =>
    new Promise((resolve, reject) => {
      new Worker(builder, { eval: true }).once('message', resolve).once('error', reject)
    })
  for (const said of await Promise.all([build(), build()])) expect(said).toMatch(/^(built|fresh)$/)
  expect(readFileSync(page, 'utf8')).toContain('threads')
})

test('a build that fails leaves the pages as they are', async () => {
  writeFileSync(join(web, 'vite.config.ts'), 'throw new Error("broken")')
  pageSaying('third')
  expect(await buildPages(root)).toBe('failed')
  expect(readFileSync(page, 'utf8')).toContain('threads')
})
