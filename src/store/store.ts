/**
 * The store: one database (embedded or PostgreSQL), its jobs and its blobs, opened in the right order:
 * lock the folder, copy it before a migration, migrate forward, then hand out.
 */

import { existsSync } from 'node:fs'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { NewId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import { type Blobs, openBlobs } from './blobs.ts'
import { type Database, openDatabase } from './database.ts'
import { isAway } from './database-error.ts'
import type { Engine } from './engine.ts'
import type { Job } from './job.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { jobMigrations } from './jobs-store.ts'
import { migrate, pendingMigrations, type SliceMigrations } from './migrate.ts'
import { createNotices, type Notices } from './notices.ts'
import { databaseIn, type Opened, openEngine, openPlace, type Place } from './opening.ts'
import { processId } from './process-id.ts'
import { putInPlace, syncTree } from './whole-file.ts'

/** Any number that others do not take in the same database. */
const MIGRATION_LOCK = 4_400_440_044

export type Store = {
  readonly kind: Engine['kind']
  readonly db: Database
  readonly jobs: Jobs
  readonly blobs: Blobs
  /** What other processes on the same PostgreSQL changed. */
  readonly notices: Notices
  /** Other processes read and write the same database. */
  readonly hasOthers: boolean
  /** The name of this process, the same after a restart. */
  readonly id: string
  /** For further processes of this installation. */
  readonly engine: Engine
  close(): Promise<void>
}

export type StoreOptions = Place & {
  readonly migrations: readonly SliceMigrations[]
  readonly clock: Clock
  readonly newId: NewId
  readonly onJobChange: (job: Job) => void
  /** The folder being opened already by `openPlace`, so that a start waits for one thing only. */
  readonly opening?: Promise<Opened> | undefined
  /** An engine that is open already, for tests. */
  readonly engine?: Engine
  readonly queueSchema?: string
  /** Of several processes of one folder, which it is. */
  readonly part?: string | undefined
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const { folder, clock, newId } = options
  const first: Opened = options.engine
    ? { engine: options.engine, isNew: true, unlock: async () => {} }
    : await (options.opening ?? openPlace(options))
  const { unlock } = first
  const slices = [jobMigrations, ...options.migrations]
  try {
    const { engine, db } = await openMigrated(first, options, slices)
    const id = processId(folder, newId, options.part)
    const notices = createNotices({ db, engine, from: id })
    const jobs = createJobs({
      db,
      engine,
      clock,
      newId,
      worker: id,
      schema: options.queueSchema ?? 'jobs_queue',
      onChange: options.onJobChange,
    })
    return {
      kind: engine.kind,
      db,
      jobs,
      blobs: openBlobs(join(folder, 'blobs'), { db, isShared: engine.kind === 'postgres' }),
      notices,
      hasOthers: engine.listen !== undefined,
      id,
      engine,
      async close() {
        await jobs.stop()
        await notices.close()
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
  first: Opened,
  options: StoreOptions,
  slices: readonly SliceMigrations[],
): Promise<{ engine: Engine; db: Database }> {
  const { folder, clock } = options
  let opened = { engine: first.engine, db: openDatabase(first.engine) }
  try {
    if (opened.engine.kind === 'postgres') {
      await oneAtATime(opened.engine, () => migrate(opened.db, slices, clock)).catch((thrown) => {
        if (!options.mayBeAway || !isAway(thrown)) throw thrown
      })
      return opened
    }
    const pending = await pendingMigrations(opened.db, slices)
    if (pending.length > 0 && opened.engine.kind === 'embedded' && !first.isNew) {
      // A copy of an open folder may be torn, so it is closed for the moment that the copy takes.
      await opened.db.destroy()
      await copyAside(folder)
      const again = await openEngine(options)
      opened = { engine: again, db: openDatabase(again) }
    }
    await migrate(opened.db, slices, clock)
    await keepCopy(folder)
    return opened
  } catch (thrown) {
    if (!options.engine) await opened.db.destroy()
    throw thrown
  }
}

/** Processes that start at one moment must not both migrate. */
async function oneAtATime(engine: Engine, work: () => Promise<unknown>): Promise<void> {
  const connection = await engine.acquire()
  try {
    await connection.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await work()
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {})
    connection.release()
  }
}

/**
 * Keeps one copy of the database from before the last migration, at `before-migration/`. It is made under another name
 * and gets this one when the migration has ended: whoever starts again after a crash in the middle has the tables half
 * way, and must not put them in the place of those of before.
 */
async function copyAside(folder: string): Promise<void> {
  const { draft, begun } = copiesIn(folder)
  if (existsSync(begun)) return
  await rm(draft, { recursive: true, force: true })
  await cp(databaseIn(folder), draft, { recursive: true })
  syncTree(draft)
  await putInPlace(draft, begun)
}

async function keepCopy(folder: string): Promise<void> {
  const { begun, kept } = copiesIn(folder)
  if (!existsSync(begun)) return
  await rm(kept, { recursive: true, force: true })
  await putInPlace(begun, kept)
}

const copiesIn = (folder: string) => ({
  draft: join(folder, 'before-migration.draft'),
  begun: join(folder, 'before-migration.begun'),
  kept: join(folder, 'before-migration'),
})
