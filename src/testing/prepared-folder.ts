/**
 * Tables for a server of a test's own: a copy of an embedded database that is made once a run, with what a first start
 * makes in it before it writes a row. To make them costs such a start two fifths of its processor time.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIds } from '../kernel/ids.ts'
import { secureBytes } from '../kernel/random.ts'
import { systemClock } from '../kernel/time.ts'
import { databaseIn } from '../store/opening.ts'
import { openStore } from '../store/store.ts'
import { migrations } from '../wiring/index.ts'

let made: Promise<string> | undefined

/** Puts the tables into a folder that has no database yet; any other one stays as it is. */
export async function prepareFolder(folder: string): Promise<void> {
  const place = databaseIn(folder)
  if (existsSync(place)) return
  made ??= preparedDatabase()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  cpSync(await made, place, { recursive: true })
}

/** The temporary folder is one for all workers of a run. */
async function preparedDatabase(): Promise<string> {
  const prepared = join(tmpdir(), 'prepared-database')
  if (existsSync(prepared)) return prepared
  const draft = mkdtempSync(join(tmpdir(), 'airworthy-prepared-'))
  const store = await openStore({
    folder: draft,
    migrations,
    clock: systemClock,
    newId: createIds({ clock: systemClock, random: secureBytes }),
    onJobChange: () => {},
  })
  // The tables of the queue, too.
  await store.jobs.start({ work: false })
  await store.close()
  try {
    renameSync(databaseIn(draft), prepared)
  } catch (thrown) {
    // The other worker was quicker.
    if (!existsSync(prepared)) throw thrown
  }
  rmSync(draft, { recursive: true })
  return prepared
}
