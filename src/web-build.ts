/** Builds the pages when they are missing or older than their sources, in a process of its own. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Resolves with what was done. A failed build leaves the old pages, or the page that says how to build. */
export async function buildPages(root: string): Promise<'fresh' | 'built' | 'failed' | 'not-here'> {
  const web = join(root, 'web')
  if (!existsSync(join(web, 'vite.config.ts'))) return 'not-here'
  const stamp = join(web, 'dist', '.sources')
  const sources = digestOfSources(
    [join(web, 'src'), join(root, 'sdk')],
    [join(web, 'index.html'), join(web, 'vite.config.ts')],
  )
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return 'fresh'
  if (!(await runVite(root))) return 'failed'
  writeFileSync(stamp, sources)
  return 'built'
}

function digestOfSources(folders: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256')
  const inFolders = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for (const path of [...inFolders, ...files.filter(existsSync)].sort()) hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

function runVite(root: string): Promise<boolean> {
  const vite = join(dirname(createRequire(join(root, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js')
  const child = spawn(process.execPath, [vite, 'build', join(root, 'web'), '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code === 0))
    child.on('error', () => resolve(false))
  })
}
