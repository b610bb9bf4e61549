/**
 * Builds the pages when they are missing or older than their sources, in a process of its own: beside the ones that are
 * served, which are swapped for the new ones when these are whole.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'

/**
 * Whatever the environment says, of which the build is told nothing else: under tests it says `test`, and React's
 * development build takes twice the time for every page.
 */
const BUILT_FOR = 'production'
/** Threads of a process build at once as well, when several tests begin. */
const OWN = `${process.pid}-${threadId}`
const SWAPS = 20
const SWAP_MS = 25

/** Resolves with what was done. A failed build leaves the old pages, or the page that says how to build. */
export async function buildPages(root: string): Promise<'fresh' | 'built' | 'failed' | 'not-here'> {
  const web = join(root, 'web')
  if (!existsSync(join(web, 'vite.config.ts'))) return 'not-here'
  const stamp = join(web, 'dist', '.sources')
  const sources = digestOfSources(
    [join(web, 'src'), join(root, 'sdk'), join(root, 'packs', 'words')],
    [join(web, 'index.html'), join(web, 'vite.config.ts')],
  )
  const isFresh = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === sources
  if (isFresh()) return 'fresh'
  const place = join(web, 'dist')
  const draft = `${place}.draft-${OWN}`
  try {
    if (!(await runVite(root, draft))) return 'failed'
    writeFileSync(join(draft, '.sources'), sources)
    for (let left = SWAPS; ; left--)
      try {
        swap(draft, place)
        return 'built'
      } catch (thrown) {
        // Another process swaps at the same moment; what it builds from the same sources is as good.
        if (isFresh()) return 'built'
        if (left === 0) throw thrown
        await setTimeout(SWAP_MS)
      }
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Without a pause between, so that this process answers no request while there are no pages. */
function swap(draft: string, place: string): void {
  const old = `${place}.old-${OWN}`
  if (existsSync(place)) renameSync(place, old)
  renameSync(draft, place)
  rmSync(old, { recursive: true, force: true })
}

function digestOfSources(folders: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256').update(BUILT_FOR)
  const inFolders = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for (const path of [...inFolders, ...files.filter(existsSync)].sort()) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function runVite(root: string, into: string): Promise<boolean> {
  const vite = join(dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'build', join(root, 'web'), '--outDir', into, '--logLevel', 'error'], {
    cwd: root,
    env: { NODE_ENV: BUILT_FOR },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code === 0))
    child.on('error', () => resolve(false))
  })
}
