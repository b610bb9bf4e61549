/** A name for the process of a data folder, the same after a restart. Further processes of a folder have a part of their own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NewId } from '../kernel/ids.ts'
import { writeWholeSync } from './whole-file.ts'

export function processId(folder: string, newId: NewId, part?: string): string {
  const place = join(folder, part === undefined ? 'process-id' : `process-id-${part}`)
  try {
    const known = readFileSync(place, 'utf8').trim()
    if (known !== '') return known
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
  const id = newId('prc')
  writeWholeSync(place, `${id}\n`)
  return id
}
