/**
 * Deletions outside the database, as lines of JSON in a file beside it: a back-up that is restored into this folder
 * comes from before them, and this is how they are known nevertheless. The person is sealed in it under the master key,
 * and gone from it once no back-up can bring the data back.
 */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeWhole } from '../store/whole-file.ts'
import { DeletionRow } from './rows.ts'

export function keptList(path: string) {
  let writing: Promise<void> = Promise.resolve()

  async function read(): Promise<DeletionRow[]> {
    const text = await readFile(path, 'utf8').catch((thrown) => {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return ''
      throw thrown
    })
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => DeletionRow.parse(JSON.parse(line)))
  }

  /** Whole or as it was. */
  async function write(rows: readonly DeletionRow[]): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeWhole(
      path,
      rows.map((row) => `${JSON.stringify(row)}\n`),
    )
  }

  return {
    read,
    /** Adds the deletion, or puts it in the place of what was written of it. */
    keep(row: DeletionRow): Promise<void> {
      const next = writing.then(async () => write([...(await read()).filter(({ id }) => id !== row.id), row]))
      writing = next.catch(() => {})
      return next
    },
  }
}
/** Writes the list as it would be with other seals, to `<path>.rekeyed`; false when there is none. */
export async function resealKeptList(path: string, reseal: (sealed: string, id: string) => string): Promise<boolean> {
  const rows = await keptList(path).read()
  if (rows.length === 0) return false
  const other = keptList(`${path}.rekeyed`)
  for (const row of rows) await other.keep({ ...row, sealed: row.sealed && reseal(row.sealed, row.id) })
  return true
}

export type KeptList = ReturnType<typeof keptList>
