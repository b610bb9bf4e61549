/**
 * The first step of a start: takes the folder and opens its engine. It stands apart and reads little, so that the
 * engine opens in its thread while the rest of the program is still being read.
 */
import { existsSync } from 'node:fs'
import { access, constants, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure, messageOf } from '../kernel/failure.ts'
import { openEmbedded } from './embedded.ts'
import type { Engine } from './engine.ts'
import { lockFolder } from './folder-lock.ts'

export type Place = {
  /** Data folder; blobs, locks and the embedded database live in it. */
  readonly folder: string
  /** PostgreSQL; without it the embedded engine is used. */
  readonly databaseUrl?: string | undefined
  /** Opens while PostgreSQL is away too; what is asked of it then fails with `store.database-away`. */
  readonly mayBeAway?: boolean
  /** Whether the embedded engine is lent to further processes of the installation. */
  readonly isShared?: boolean
}

export type Opened = {
  readonly engine: Engine
  /** Nothing was in the folder before. */
  readonly isNew: boolean
  /** Gives the folder back; the engine is closed by whoever uses it. */
  unlock(): Promise<void>
}

/** Throws `store.folder-not-writable`, `store.folder-in-use`, `store.database-broken`, or what PostgreSQL says; then nothing stays locked or open. */
export async function openPlace(place: Place): Promise<Opened> {
  await demandWritable(place.folder)
  const unlock = await lockFolder(place.folder)
  try {
    const isNew = !existsSync(join(databaseIn(place.folder), 'PG_VERSION'))
    return { engine: await openEngine(place), isNew, unlock }
  } catch (thrown) {
    await unlock()
    throw thrown
  }
}

async function demandWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw new Failure(
      'conflict',
      'store.folder-not-writable',
      `The data folder ${folder} cannot be written (${messageOf(cause)}). Give it to the user that runs Airworthy, or choose another one with AIRWORTHY_DATA.`,
      { cause },
    )
  }
}

/** The engine of a folder that is locked already. */
export async function openEngine({ folder, databaseUrl, mayBeAway = false, isShared = false }: Place): Promise<Engine> {
  if (databaseUrl) return (await import('./postgres.ts')).openPostgres(databaseUrl, { mayBeAway })
  const database = databaseIn(folder)
  try {
    return await openEmbedded(database, { isShared })
  } catch (cause) {
    throw new Failure(
      'conflict',
      'store.database-broken',
      `The database in ${database} cannot be opened (${firstLine(messageOf(cause))}). Put back a copy of the folder, or choose another one with AIRWORTHY_DATA.`,
      { cause },
    )
  }
}

export const databaseIn = (folder: string): string => join(folder, 'database')

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text
