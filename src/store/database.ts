/**
 * The kit of every `store.ts`: `tablesOf({ releases: Release })` gives a typed view of a slice's own
 * tables, and the same value drives the test that schema and columns agree.
 *
 * Rows are camelCase as in the schemas; jsonb columns are written with `json(value)`.
 */
import { CamelCasePlugin, type Generated, Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import { dialectOf } from './dialect.ts'
import type { Engine } from './engine.ts'

/** No table is visible until a slice names its own. */
// biome-ignore lint/complexity/noBannedTypes: the empty set of tables
export type Database = Kysely<{}>
// biome-ignore lint/complexity/noBannedTypes: the empty set of tables
export type Tx = Transaction<{}>

type Schemas = Record<string, z.ZodObject>
/** `position` is the one column that the database fills in; schemas that have it read it, writers may leave it out. */
type Row<Schema extends z.ZodObject> = {
  [Column in keyof z.infer<Schema>]: Column extends 'position'
    ? Generated<z.infer<Schema>[Column]>
    : z.infer<Schema>[Column]
}
type Tables<All extends Schemas> = { [Name in keyof All & string]: Row<All[Name]> }

export type OwnTables<All extends Schemas> = {
  (db: Database | Tx): Kysely<Tables<All>>
  readonly schemas: All
}

/** A slice's own tables; the names are as in SQL but camelCase. */
export function tablesOf<All extends Schemas>(schemas: All): OwnTables<All> {
  const view = (db: Database | Tx) => db as unknown as Kysely<Tables<All>>
  return Object.assign(view, { schemas })
}

export const openDatabase = (engine: Engine): Database =>
  new Kysely({ dialect: dialectOf(engine), plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] })

/** A JSON value on its way into a jsonb column; arrays and strings need it on one engine or the other. */
export const json = <Value>(value: Value): RawBuilder<Value> => sql<Value>`${JSON.stringify(value)}::jsonb`

/** Runs `work` in one transaction: all of it or nothing. Never call a model inside. */
export const inTransaction = <Result>(db: Database, work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  db.transaction().execute(work)
