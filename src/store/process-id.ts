/** A name for the process of a data folder, the same after a restart; one folder has one process. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NewId } from '../kernel/ids.ts'

export function processId(folder: string, newId: NewId): string {
  const place = join(folder, 'process-id')
  try {
    const known = readFileSync(place, 'utf8').trim()
    if (known !== '') return known
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
  const id = newId('prc')
  writeFileSync(place, `${id}\n`, { mode: 0o600 })
  return id
}
