/**
 * One folder for everything that the tests of a run put into the system's temporary folder, so that nothing stays
 * behind, also of tests that fail: `tmpdir()` names it in every worker and every process that a test starts.
 *
 * In memory where there is room for it: each start of a server makes a thousand small files, which takes two seconds of
 * processor time less there (6.4 instead of 8.2). A `TMPDIR` of one's own is always followed.
 */
import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const IN_MEMORY = '/dev/shm'
/** A run holds some hundred megabytes; the rest is for the processes themselves. */
const LEAST_FREE_BYTES = 4 * 1024 ** 3

/** Called by vitest before its workers begin. Names are short, because paths of sockets must be. */
export function setup(): () => void {
  const before = process.env.TMPDIR
  const folder = (before === undefined ? folderInMemory() : undefined) ?? mkdtempSync(join(tmpdir(), 'aw-'))
  // A PostgreSQL of the tests runs under another account, which must come through to its own folder.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  return () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Undefined where there is none, where it is small, or where nothing may be started from it. */
function folderInMemory(): string | undefined {
  let folder: string | undefined
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    if (Math.min(bavail * bsize, process.availableMemory()) < LEAST_FREE_BYTES) return undefined
    folder = mkdtempSync(join(IN_MEMORY, 'aw-'))
    const program = join(folder, 'program')
    writeFileSync(program, '', { mode: 0o700 })
    accessSync(program, constants.X_OK)
    rmSync(program)
    return folder
  } catch {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    return undefined
  }
}
