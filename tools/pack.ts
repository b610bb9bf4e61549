/**
 * Makes `dist/`, the program as it goes into the tarball: compiled, with its pages, packs, templates and the data of
 * the example. `npm pack` and `npm publish` run it by themselves (`prepack`) and remove the folder afterwards.
 */
import { cpSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildPages } from '../src/web-build.ts'
import { compile } from './package/compile.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const ENTRIES = ['src/main.ts', 'src/cli/main.ts']
/** What the program reads from its own folder; the rest of `data/` is for tests. */
const ALONG = ['packs', 'templates', 'web/dist', 'data/README.md', 'data/rag-mtrag-human', 'data/traffic-azure']

const into = join(ROOT, 'dist')
rmSync(into, { recursive: true, force: true })
if ((await buildPages(ROOT)) === 'failed') throw new Error('The pages could not be built; nothing is packed.')
const sources = compile(ROOT, ENTRIES, into)
// A file with a leading dot tells builds apart here, and nobody there.
const filter = (path: string) => !basename(path).startsWith('.')
for (const path of ALONG) cpSync(join(ROOT, path), join(into, path), { recursive: true, filter })
console.log(`dist/ holds ${sources.length} modules, the pages and ${ALONG.length} further parts.`)
