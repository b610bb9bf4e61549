/** PostgreSQL by URL: a pool of connections, and one of its own that listens. */
import pg from 'pg'
import { SECOND } from '../kernel/time.ts'
import { away } from './database-error.ts'
import { type Connection, copiedBy, type Engine, type Rows } from './engine.ts'
import { PARSERS } from './parsers.ts'

const POOL_SIZE = 10
const CONNECT_MS = 5 * SECOND
const LISTEN_AGAIN_MS = SECOND

/** With `mayBeAway` it opens while the server cannot be reached; what asks it then is told so. */
export async function openPostgres(url: string, { mayBeAway = false } = {}): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: { getTypeParser },
  })
  // A connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const asked = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (thrown) {
      throw isUnreachable(thrown) ? away(thrown) : thrown
    }
  }
  try {
    await asked(() => pool.query('select 1'))
  } catch (thrown) {
    if (!mayBeAway) {
      await pool.end()
      throw thrown
    }
  }
  return {
    kind: 'postgres',
    async acquire(): Promise<Connection> {
      const client = await asked(() => pool.connect())
      return {
        query: async (sql, parameters) => {
          const copied = copiedBy(sql, parameters)
          if (!copied) return rowsOf(await asked(() => client.query(sql, [...parameters])))
          await asked(() => copyIn(client, sql, copied))
          return { rows: [], affectedRows: 0 }
        },
        script: async (sql) => {
          const results: unknown = await asked(() => client.query(sql))
          const list = (Array.isArray(results) ? results : [results]) as pg.QueryResult[]
          return { rows: list.flatMap((result) => result.rows), affectedRows: 0 }
        },
        release: () => client.release(),
      }
    },
    listen: (channel, heard) => listenOn(url, channel, heard),
    close: () => pool.end(),
  }
}

/** The messages of `copy … from stdin`, which the driver knows and has no call for. */
const copyIn = (client: pg.PoolClient, sql: string, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    client.query({
      submit: (connection: CopyConnection) => connection.query(sql),
      handleCopyInResponse(connection: CopyConnection) {
        // The driver's own call copies the bytes twice, which the collector pays for.
        connection.stream.write(copyDataHead(bytes.byteLength))
        connection.stream.write(bytes)
        connection.endCopyFrom()
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(),
      handleError: (thrown: Error) => reject(thrown),
    } as unknown as pg.Submittable)
  })

type CopyConnection = pg.Connection & { endCopyFrom(): void }

/** A `CopyData` message begins with its letter and its length, in which the length itself is counted. */
function copyDataHead(bytes: number): Buffer {
  const head = Buffer.alloc(5, 'd')
  head.writeUInt32BE(bytes + 4, 1)
  return head
}

/** One connection that waits for notices and is opened again when it breaks. */
function listenOn(url: string, channel: string, heard: (text: string) => void): () => Promise<void> {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  const again = () => {
    client = undefined
    if (isClosed || timer) return
    timer = setTimeout(() => {
      timer = undefined
      void open()
    }, LISTEN_AGAIN_MS)
    timer.unref()
  }
  const open = async () => {
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true })
    fresh.on('error', () => {})
    fresh.on('end', again)
    fresh.on('notification', ({ payload }) => heard(payload ?? ''))
    client = fresh
    try {
      await fresh.connect()
      await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`)
    } catch {
      again()
    }
  }
  void open()
  return async () => {
    isClosed = true
    clearTimeout(timer)
    await client?.end().catch(() => {})
  }
}

/** The server is not there, is stopping, is starting, or has no connection left: PostgreSQL's classes 08, 53 and 57P. */
function isUnreachable(thrown: unknown): boolean {
  const { code, message } = thrown as { code?: unknown; message?: unknown }
  return (
    /^(08|53300|57P0|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|EHOST|ENET|ETIMEDOUT|ENOENT)/.test(String(code ?? '')) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/.test(
      String(message ?? ''),
    )
  )
}

const rowsOf = (result: pg.QueryResult): Rows => ({ rows: result.rows, affectedRows: result.rowCount ?? 0 })

const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  PARSERS[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser
