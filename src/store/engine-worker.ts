/**
 * The embedded engine in a thread of its own, so that the thread that owns the port never waits for SQL.
 * Messages in: `{id, kind, sql?, parameters?}`; out: `{id, rows, affectedRows}` or `{id, error}`, and `{id, text}` for
 * each notice of a channel that was listened to.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, type PGliteOptions } from '@electric-sql/pglite'
import { messageOf } from '../kernel/failure.ts'
import { copiedBy } from './engine.ts'
import { withLittleOptimiser } from './engine-code.ts'
import { readSeed, unpackSeed } from './engine-seed.ts'
import { PARSERS } from './parsers.ts'
import { SYNCED_START, SyncedFolder } from './synced-folder.ts'
import { putInPlaceSync, syncTree } from './whole-file.ts'

const MEBIBYTE = 1024 * 1024
// The engine's defaults hold 320 to 500 MB; with these it holds about 210 after opening a folder.
const SMALL = ['shared_buffers=16MB', 'wal_buffers=512kB', 'max_connections=4']

type Message = { id: number; kind: 'query' | 'script' | 'listen' | 'close'; sql: string; parameters: unknown[] }

const { folder, seed } = workerData as { folder: string | null; seed: boolean }
const opening = withLittleOptimiser(open)

async function open(beforeFirst: () => void): Promise<PGlite> {
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

parentPort?.on('message', async (message: Message) => {
  try {
    const engine = await opening
    if (message.kind === 'close') {
      await engine.close()
      parentPort?.postMessage({ id: message.id, rows: [], affectedRows: 0 })
      return
    }
    if (message.kind === 'listen') {
      await engine.listen(message.sql, (text) => parentPort?.postMessage({ id: message.id, text }))
      parentPort?.postMessage({ id: message.id, rows: [], affectedRows: 0 })
      return
    }
    if (message.kind === 'script') {
      const results = await engine.exec(message.sql)
      parentPort?.postMessage({ id: message.id, rows: results.flatMap((result) => result.rows), affectedRows: 0 })
      return
    }
    const copied = copiedBy(message.sql, message.parameters)
    const result = copied
      ? await engine.query(message.sql.replace('from stdin', "from '/dev/blob'"), [], {
          blob: new Blob([copied as Uint8Array<ArrayBuffer>]),
        })
      : await engine.query(message.sql, message.parameters)
    parentPort?.postMessage({ id: message.id, rows: result.rows, affectedRows: result.affectedRows ?? 0 })
  } catch (thrown) {
    const { code, detail, constraint } = thrown as { code?: string; detail?: string; constraint?: string }
    parentPort?.postMessage({ id: message.id, error: { message: messageOf(thrown), code, detail, constraint } })
  }
})
