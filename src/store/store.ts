/**
 * The store: one database (embedded or PostgreSQL), its jobs and its blobs, opened in the right order:
 * lock the folder, copy it before a migration, migrate forward, then hand out.
 */

import { existsSync } from 'node:fs'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, messageOf } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import { type Blobs, openBlobs } from './blobs.ts'
import { type Database, openDatabase } from './database.ts'
import { openEmbedded } from './embedded.ts'
import type { Engine } from './engine.ts'
import { lockFolder } from './folder-lock.ts'
import type { Job } from './job.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { jobMigrations } from './jobs-store.ts'
import { migrate, pendingMigrations, type SliceMigrations } from './migrate.ts'
import { openPostgres } from './postgres.ts'

export type Store = {
  readonly kind: Engine['kind']
  readonly db: Database
  readonly jobs: Jobs
  readonly blobs: Blobs
  close(): Promise<void>
}

export type StoreOptions = {
  /** Data folder; blobs, locks and the embedded database live in it. */
  readonly folder: string
  /** PostgreSQL; without it the embedded engine is used. */
  readonly databaseUrl?: string | undefined
  readonly migrations: readonly SliceMigrations[]
  readonly clock: Clock
  readonly newId: NewId
  readonly onJobChange: (job: Job) => void
  /** An engine that is open already, for tests. */
  readonly engine?: Engine
  readonly queueSchema?: string
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder, clock, newId } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = options.engine ? async () => {} : await lockFolder(folder)
  const slices = [jobMigrations, ...options.migrations]
  try {
    const { engine, db } = await openMigrated(options, slices)
    const jobs = createJobs({
      db,
      engine,
      clock,
      newId,
      schema: options.queueSchema ?? 'jobs_queue',
      onChange: options.onJobChange,
    })
    return {
      kind: engine.kind,
      db,
      jobs,
      blobs: openBlobs(join(folder, 'blobs')),
      async close() {
        await jobs.stop()
        if (!options.engine) await db.destroy()
        await unlock()
      },
    }
  } catch (thrown) {
    await unlock()
    throw thrown
  }
}

async function openMigrated(
  options: StoreOptions,
  slices: readonly SliceMigrations[],
): Promise<{ engine: Engine; db: Database }> {
  const { folder, databaseUrl, clock } = options
  const database = join(folder, 'database')
  const isNew = !existsSync(join(database, 'PG_VERSION'))
  const open = async (): Promise<{ engine: Engine; db: Database }> => {
    const engine = options.engine ?? (databaseUrl ? await openPostgres(databaseUrl) : await openFolder(database))
    return { engine, db: openDatabase(engine) }
  }
  let opened = await open()
  try {
    const pending = await pendingMigrations(opened.db, slices)
    if (pending.length > 0 && opened.engine.kind === 'embedded' && !options.engine && !isNew) {
      // A copy of an open folder may be torn, so it is closed for the moment that the copy takes.
      await opened.db.destroy()
      await copyAside(folder, database)
      opened = await open()
    }
    await migrate(opened.db, slices, clock)
    return opened
  } catch (thrown) {
    if (!options.engine) await opened.db.destroy()
    throw thrown
  }
}

/** An embedded database that cannot be opened was not made by us to the end, or was changed from outside. */
async function openFolder(database: string): Promise<Engine> {
  try {
    return await openEmbedded(database)
  } catch (cause) {
    throw new Failure(
      'conflict',
      'store.database-broken',
      `The database in ${database} cannot be opened (${firstLine(messageOf(cause))}). Put back a copy of the folder, or choose another one with AIRWORTHY_DATA.`,
      { cause },
    )
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text

/** Keeps one copy of the database from before the last migration, at `before-migration/`. */
async function copyAside(folder: string, database: string): Promise<void> {
  const copy = join(folder, 'before-migration')
  await rm(copy, { recursive: true, force: true })
  await cp(database, copy, { recursive: true })
}
