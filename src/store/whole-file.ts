/** Small files of the data folder, written beside their place, synced and renamed: whole or not there, also after a crash. */
import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'

/** Mode 0600. Nobody else writes it: the folder has one process. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.draft`
  const file = openSync(draft, 'w', 0o600)
  try {
    writeFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(draft, path)
}
