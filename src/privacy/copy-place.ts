/** The copy of the database from before the last upgrade. Nothing can be taken out of it, so it goes as a whole. */
import { rm, stat } from 'node:fs/promises'
import type { Sought } from '../core/data-subject.ts'
import { epochMs } from '../kernel/time.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { PersonalPlace } from '../store/personal-data.ts'

export function copyBeforeMigrationPlace(db: Database, folder: string): PersonalPlace {
  const isThere = async ({ before }: Sought) =>
    stat(folder).then(
      ({ mtimeMs }) => mtimeMs < epochMs(before),
      () => false,
    )
  return {
    name: 'copies before an upgrade',
    async *find(sought) {
      if (await isThere(sought))
        yield {
          fate: 'remove',
          application: null,
          content: { copy: 'of the whole database, made by the last upgrade' },
        }
    },
    async remove(sought, count) {
      if (!(await isThere(sought))) return
      await rm(folder, { recursive: true, force: true })
      await inTransaction(db, (tx) => count(tx, 'remove', 1))
    },
  }
}
