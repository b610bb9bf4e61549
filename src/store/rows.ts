/**
 * All rows of all our tables, out and in again, as the text that the database makes of them: nothing is parsed here, so
 * that amounts stay exact, and what one engine wrote the other one reads. The queue is left out; jobs that had not
 * ended are put into it again at the next start.
 */
import { sql } from 'kysely'
import { type Database, inTransaction, type Tx } from './database.ts'

const PAGE = 500
/** Of one process, or kept as files in the back-up. */
const LEFT_OUT = ['migrations', 'job_leases', 'blob_parts']

/** Tables in an order in which each comes after those that it refers to. */
export async function listTables(db: Database | Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string; needs: string[] }>`
    select c.relname as name, coalesce(array_agg(f.relname) filter (where f.relname <> c.relname), '{}')::text[] as needs
    from pg_class c left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
      left join pg_class f on f.oid = k.confrelid
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace group by c.relname order by c.relname`.execute(
    db,
  )
  const left = new Map(rows.filter(({ name }) => !LEFT_OUT.includes(name)).map(({ name, needs }) => [name, needs]))
  const order: string[] = []
  while (left.size > 0) {
    const free = [...left].filter(([, needs]) => needs.every((need) => !left.has(need))).map(([name]) => name)
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...left.keys()].join(', ')}.`)
    for (const name of free) left.delete(name)
    order.push(...free)
  }
  return order
}

export const listMigrations = async (db: Database | Tx): Promise<string[]> =>
  (await sql<{ step: string }>`select step from migrations order by step`.execute(db)).rows.map(({ step }) => step)

/**
 * Gives `work` a view of the database as it is at one moment. On PostgreSQL others go on meanwhile; the embedded engine
 * has one connection, so what needs the database waits.
 */
export const atOneMoment = <Result>(db: Database, work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  db.transaction().execute(async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx)
    return work(tx)
  })

/** Pages of rows as JSON text. */
export async function* readRows(tx: Tx, table: string): AsyncGenerator<string[]> {
  const name = sql.id(table)
  await sql`declare all_rows no scroll cursor for select row_to_json(t)::text as row from ${name} t`.execute(tx)
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.raw(String(PAGE))} from all_rows`.execute(tx)
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < PAGE) break
  }
  await sql`close all_rows`.execute(tx)
}

/** @param rows each a row as JSON text */
export async function addRows(tx: Tx, table: string, rows: readonly string[]): Promise<void> {
  const name = sql.id(table)
  await sql`insert into ${name} overriding system value
    select * from jsonb_populate_recordset(null::${name}, ${`[${rows.join(',')}]`}::jsonb)`.execute(tx)
}

export const hasRows = async (db: Database): Promise<boolean> => {
  for (const table of await listTables(db)) {
    const { rows } = await sql`select 1 from ${sql.id(table)} limit 1`.execute(db)
    if (rows.length > 0) return true
  }
  return false
}

/** Counters of columns that the database fills in go on after the highest. */
export const setCounters = (db: Database): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { rows } = await sql<{ table: string; column: string; sequence: string }>`
      select c.relname as "table", a.attname as "column", pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null`.execute(tx)
    for (const { table, column, sequence } of rows)
      await sql`select setval(${sequence}::regclass, coalesce((select max(${sql.id(column)}) from ${sql.id(table)}), 0) + 1, false)`.execute(
        tx,
      )
  })
