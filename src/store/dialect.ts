/**
 * Kysely over either engine. Kysely's own dialect for PGlite lets a query that belongs to no
 * transaction slip into one that happens to be open; here a connection belongs to one caller.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Connection, Engine } from './engine.ts'

export const dialectOf = (engine: Engine): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createDriver: () => ({
    init: async () => {},
    acquireConnection: async () => new HeldConnection(await engine.acquire()),
    beginTransaction: async (connection) => statement(connection, 'begin'),
    commitTransaction: async (connection) => statement(connection, 'commit'),
    rollbackTransaction: async (connection) => statement(connection, 'rollback'),
    releaseConnection: async (connection) => (connection as HeldConnection).held.release(),
    destroy: () => engine.close(),
  }),
})

class HeldConnection implements DatabaseConnection {
  readonly held: Connection

  constructor(held: Connection) {
    this.held = held
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.held.query(query.sql, query.parameters)
    return { rows: rows as Row[], numAffectedRows: BigInt(affectedRows) }
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator and neither engine streams
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are read page by page, not as a stream.')
  }
}

const statement = async (connection: DatabaseConnection, sql: string): Promise<void> => {
  await connection.executeQuery(CompiledQuery.raw(sql))
}
