/** PostgreSQL by URL: a pool of connections. */
import pg from 'pg'
import type { Connection, Engine, Rows } from './engine.ts'
import { PARSERS } from './parsers.ts'

const POOL_SIZE = 10

export async function openPostgres(url: string): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, types: { getTypeParser } })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  await pool.query('select 1')
  return {
    kind: 'postgres',
    async acquire(): Promise<Connection> {
      const client = await pool.connect()
      return {
        query: async (sql, parameters) => rowsOf(await client.query(sql, [...parameters])),
        script: async (sql) => {
          const results: unknown = await client.query(sql)
          const list = (Array.isArray(results) ? results : [results]) as pg.QueryResult[]
          return { rows: list.flatMap((result) => result.rows), affectedRows: 0 }
        },
        release: () => client.release(),
      }
    },
    close: () => pool.end(),
  }
}

const rowsOf = (result: pg.QueryResult): Rows => ({ rows: result.rows, affectedRows: result.rowCount ?? 0 })

const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  PARSERS[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser
