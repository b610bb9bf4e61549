/** How a file of data is known elsewhere: its commit in git, and the MD5 that DVC keeps beside it. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

/** What there is of both; a file that differs from its commit has none. */
export async function referencesOf(file: string): Promise<{ git?: string; dvc?: string }> {
  const dvc = /^\s*-?\s*md5:\s*([0-9a-f]{32})\s*$/m.exec(await readFile(`${file}.dvc`, 'utf8').catch(() => ''))?.[1]
  const git = gitOf(file)
  return { ...(git !== undefined && { git }), ...(dvc !== undefined && { dvc }) }
}

/** As `dvc add` writes it, so that DVC takes the file for its own. */
export async function writeDvc(file: string): Promise<void> {
  const bytes = await readFile(file)
  const md5 = createHash('md5').update(bytes).digest('hex')
  const { size } = await stat(file)
  await writeFile(`${file}.dvc`, `outs:\n- md5: ${md5}\n  size: ${size}\n  hash: md5\n  path: ${basename(file)}\n`)
}

function gitOf(file: string): string | undefined {
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', dirname(file), ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  try {
    const name = basename(file)
    if (git('status', '--porcelain', '--', name) !== '') return undefined
    const commit = git('log', '-1', '--format=%H', '--', name)
    return commit === '' ? undefined : `${commit}:${git('ls-files', '--full-name', '--', name)}`
  } catch {
    return undefined
  }
}
