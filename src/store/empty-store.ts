/** A database and a folder of blobs before anything is in them, for what is restored. */
import { join } from 'node:path'
import { type Blobs, openBlobs } from './blobs.ts'
import { type Database, openDatabase } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { lockFolder } from './folder-lock.ts'
import { jobMigrations } from './jobs-store.ts'
import type { SliceMigrations } from './migrate.ts'
import { openPostgres } from './postgres.ts'

export type EmptyStore = {
  readonly db: Database
  readonly blobs: Blobs
  /** Ours and those of the slices, in order. */
  slices(others: readonly SliceMigrations[]): SliceMigrations[]
  close(): Promise<void>
}

export async function openEmptyStore({
  folder,
  databaseUrl,
}: {
  folder: string
  databaseUrl: string | undefined
}): Promise<EmptyStore> {
  const unlock = await lockFolder(folder)
  const engine = await (databaseUrl ? openPostgres(databaseUrl) : openEmbedded(join(folder, 'database'))).catch(
    async (thrown) => {
      await unlock()
      throw thrown
    },
  )
  const db = openDatabase(engine)
  let isClosed = false
  return {
    db,
    blobs: openBlobs(join(folder, 'blobs'), { db, isShared: engine.kind === 'postgres' }),
    slices: (others) => [jobMigrations, ...others],
    async close() {
      if (isClosed) return
      isClosed = true
      await db.destroy()
      await unlock()
    },
  }
}
