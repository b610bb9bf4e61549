/**
 * The embedded engine in a thread of its own, so that the thread that owns the port never waits for SQL.
 * Messages in: `{id, kind, sql?, parameters?}`; out: `{id, rows, affectedRows}` or `{id, error}`.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { messageOf } from '../kernel/failure.ts'
import { PARSERS } from './parsers.ts'

const MEBIBYTE = 1024 * 1024
// The engine's defaults hold 320 to 500 MB; with these it holds about 210 after opening a folder.
const SMALL = ['shared_buffers=16MB', 'wal_buffers=512kB', 'max_connections=4']

type Message = { id: number; kind: 'query' | 'script' | 'close'; sql: string; parameters: unknown[] }

const { folder } = workerData as { folder: string | null }
const opening = PGlite.create({
  ...(folder === null ? {} : { dataDir: folder }),
  initialMemory: 128 * MEBIBYTE,
  parsers: PARSERS,
  postgresqlconf: SMALL,
})

parentPort?.on('message', async (message: Message) => {
  try {
    const engine = await opening
    if (message.kind === 'close') {
      await engine.close()
      parentPort?.postMessage({ id: message.id, rows: [], affectedRows: 0 })
      return
    }
    if (message.kind === 'script') {
      const results = await engine.exec(message.sql)
      parentPort?.postMessage({ id: message.id, rows: results.flatMap((result) => result.rows), affectedRows: 0 })
      return
    }
    const result = await engine.query(message.sql, message.parameters)
    parentPort?.postMessage({ id: message.id, rows: result.rows, affectedRows: result.affectedRows ?? 0 })
  } catch (thrown) {
    const { code, detail, constraint } = thrown as { code?: string; detail?: string; constraint?: string }
    parentPort?.postMessage({ id: message.id, error: { message: messageOf(thrown), code, detail, constraint } })
  }
})
