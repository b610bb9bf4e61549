/**
 * One folder for everything that the tests of a run put into the system's temporary folder, so that nothing stays
 * behind, also of tests that fail: `tmpdir()` names it in every worker and every process that a test starts.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Called by vitest before its workers begin. Names are short, because paths of sockets must be. */
export function setup(): () => void {
  const before = process.env.TMPDIR
  const folder = mkdtempSync(join(tmpdir(), 'aw-'))
  // A PostgreSQL of the tests runs under another account, which must come through to its own folder.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  return () => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
