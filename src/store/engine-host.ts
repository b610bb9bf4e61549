/** The embedded engine behind messages: opens it, and answers what it is asked by what is said of it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { messageOf } from '../kernel/failure.ts'
import { type CopyIn, createCopyIn } from './copy-device.ts'
import type { DatabaseRefusal } from './database-error.ts'
import { copiedBy, type Rows } from './engine.ts'
import { withLittleOptimiser } from './engine-code.ts'
import { readSeed, unpackSeed } from './engine-seed.ts'
import { PARSERS } from './parsers.ts'
import { runStatement } from './run-statement.ts'
import { SYNCED_START, SyncedFolder } from './synced-folder.ts'
import { putInPlaceSync, syncTree } from './whole-file.ts'

const MEBIBYTE = 1024 * 1024
// The engine's defaults hold 320 to 500 MB; with these it holds about 210 after opening a folder.
const SMALL = ['shared_buffers=16MB', 'wal_buffers=512kB', 'max_connections=4']

/** Null for a database in memory; whether a new one begins as a copy of the seed. */
export type EnginePlace = { readonly folder: string | null; readonly seed: boolean }
export type EngineMessage = {
  readonly id: number
  readonly kind: 'query' | 'script' | 'listen' | 'close'
  readonly sql: string
  readonly parameters: readonly unknown[]
}
/** The last one is a notice of a channel that was listened to. */
export type EngineSaying =
  | (Rows & { readonly id: number; readonly error?: undefined })
  | { readonly id: number; readonly error: DatabaseRefusal }
  | { readonly id: number; readonly text: string }

const NOTHING: Rows = { rows: [], affectedRows: 0 }

/** Begins to open it; what is asked before it is open waits. Nothing is thrown: an engine that does not open refuses. */
export function hostEngine(
  place: EnginePlace,
  say: (saying: EngineSaying) => void,
): (message: EngineMessage) => Promise<void> {
  const opening = withLittleOptimiser(async (beforeFirst) => {
    const engine = await open(place, beforeFirst)
    return { engine, copyIn: createCopyIn(engine) }
  })
  // Whoever asks is told.
  opening.catch(() => {})
  return async (message) => {
    const { id } = message
    try {
      say({ id, ...(await answer(await opening, message, (text) => say({ id, text }))) })
    } catch (thrown) {
      const { code, detail, constraint } = thrown as Partial<DatabaseRefusal>
      say({ id, error: { message: messageOf(thrown), code, detail, constraint } })
    }
  }
}

async function answer(
  { engine, copyIn }: { engine: PGlite; copyIn: CopyIn },
  { kind, sql, parameters }: EngineMessage,
  heard: (text: string) => void,
): Promise<Rows> {
  if (kind === 'close') await engine.close()
  else if (kind === 'listen') await engine.listen(sql, heard)
  else if (kind === 'script') return { ...NOTHING, rows: (await engine.exec(sql)).flatMap(({ rows }) => rows) }
  else {
    const copied = copiedBy(sql, parameters)
    return copied ? copyIn(sql, copied) : runStatement(engine, sql, parameters)
  }
  return NOTHING
}

async function open({ folder, seed }: EnginePlace, beforeFirst: () => void): Promise<PGlite> {
  const options = { initialMemory: 128 * MEBIBYTE, parsers: PARSERS, postgresqlconf: SMALL }
  const readTar = () => (seed ? readSeed() : undefined)
  if (folder === null) {
    const tar = readTar()
    return begun({ ...options, ...(tar && { loadDataDir: new Blob([new Uint8Array(tar)]) }) }, beforeFirst)
  }
  if (!existsSync(join(folder, 'PG_VERSION')))
    await create(folder, readTar(), (place) => begun({ ...options, dataDir: place }, beforeFirst))
  return begun({ ...options, fs: new SyncedFolder(folder), startParams: SYNCED_START }, beforeFirst)
}

async function begun(options: PGliteOptions, beforeFirst: () => void): Promise<PGlite> {
  const engine = new PGlite(options)
  // It says nothing before its own first statements, which belong to its opening.
  const run = engine.execProtocolRawSync
  engine.execProtocolRawSync = (message) => {
    engine.execProtocolRawSync = run
    beforeFirst()
    return run.call(engine, message)
  }
  await engine.waitReady
  return engine
}

/** Beside its place, synced and renamed, so that a crash or a loss of power leaves a whole database or none. */
async function create(
  place: string,
  tar: Buffer | undefined,
  openAt: (place: string) => Promise<PGlite>,
): Promise<void> {
  const draft = `${place}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
  if (tar) unpackSeed(tar, draft)
  else await (await openAt(draft)).close()
  syncTree(draft)
  putInPlaceSync(draft, place)
}
