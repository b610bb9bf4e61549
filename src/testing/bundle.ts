/**
 * The program in few files, for the processes that tests start: finding and linking its 1,600 modules is half of what a
 * start takes of the processor. Names are kept, and every module still knows itself by the address of its source, so that
 * what it reads beside itself, and workers, are found as ever.
 *
 * Invariant: it is of the sources as they are. Its folder is named by them, so whoever changes one gets another bundle.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PLACE = join(ROOT, 'node_modules', '.cache', 'airworthy-bundles')
/** What is started: the server with its threads and further processes, and the commands. */
const ENTRIES = ['src/main.ts', 'src/testing/command-host.ts', 'src/**/*-worker.ts']
const SOURCES = ['{src,sdk,bin}/**/*.{ts,json}', 'package-lock.json']
const KEPT_MS = 86_400_000
const NEIGHBOUR = /new URL\(\s*'(\.{1,2}\/[^']+\.ts)',\s*import\.meta\.url\)/g

let made: Promise<string> | undefined

/** Where the bundle has a source that may be started, such as `src/main.ts`; made at the first call, or found. */
export async function bundled(source: string): Promise<string> {
  made ??= makeBundle()
  return join(await made, outputOf(source))
}

async function makeBundle(): Promise<string> {
  const folder = join(PLACE, digestOfSources())
  if (existsSync(folder)) return folder
  mkdirSync(PLACE, { recursive: true })
  forgetOld()
  const draft = mkdtempSync(join(PLACE, 'draft-'))
  await write(draft, folder)
  try {
    renameSync(draft, folder)
  } catch (thrown) {
    // The other worker was quicker, from the same sources.
    if (!existsSync(folder)) throw thrown
    rmSync(draft, { recursive: true })
  }
  return folder
}

/** @param folder where it will lie, which its modules name each other by */
async function write(draft: string, folder: string): Promise<void> {
  const entries = globSync(ENTRIES, { cwd: ROOT })
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    cwd: ROOT,
    platform: 'node',
    input: Object.fromEntries(entries.map((path) => [path.replace(/\.ts$/, ''), path])),
    // The engine brings files that it finds by its own address.
    external: [/^@electric-sql\//, 'pg-native'],
    plugins: [{ name: 'addresses', transform: (code, id) => withAddresses(code, id, { entries, folder }) }],
  })
  await bundle.write({
    dir: draft,
    format: 'esm',
    keepNames: true,
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  })
  await bundle.close()
}

/** A module's address is that of its source; what is started has moved into the bundle. */
function withAddresses(
  code: string,
  path: string,
  { entries, folder }: { entries: readonly string[]; folder: string },
): string | undefined {
  if (!code.includes('import.meta')) return undefined
  const source = pathToFileURL(path)
  return code
    .replaceAll(NEIGHBOUR, (whole, neighbour: string) => {
      const found = fileURLToPath(new URL(neighbour, source)).slice(ROOT.length)
      return entries.includes(found) ? `new URL('${pathToFileURL(join(folder, outputOf(found)))}')` : whole
    })
    .replaceAll('import.meta.url', JSON.stringify(source.href))
}

const outputOf = (source: string): string => source.replace(/\.ts$/, '.mjs')

function digestOfSources(): string {
  const hash = createHash('sha256').update(ROOT)
  for (const path of globSync(SOURCES, { cwd: ROOT }).sort()) {
    const { mtimeMs, size } = statSync(join(ROOT, path))
    hash.update(`${path} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

function forgetOld(): void {
  for (const name of readdirSync(PLACE)) {
    const path = join(PLACE, name)
    if (statSync(path).mtimeMs < Date.now() - KEPT_MS) rmSync(path, { recursive: true, force: true })
  }
}
