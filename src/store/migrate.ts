/**
 * Migrations: each slice lists its own, in order; they only ever run forward, at the start.
 * A folder that was written by a newer program stops the start before anything is touched.
 */
import { sql } from 'kysely'
import { Failure } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from './database.ts'

export type Migration = { readonly name: string; up(tx: Tx): Promise<void> }
export type SliceMigrations = { readonly slice: string; readonly steps: readonly Migration[] }

/** The SQL of one migration as text, run statement by statement. */
export const migration = (name: string, ...statements: string[]): Migration => ({
  name,
  async up(tx) {
    for (const statement of statements) await sql.raw(statement).execute(tx)
  },
})

/** What has not run yet, as `slice/name`. Throws `store.folder-is-newer` for steps that this program does not know. */
export async function pendingMigrations(db: Database, slices: readonly SliceMigrations[]): Promise<string[]> {
  await sql`create table if not exists migrations (step text primary key, at timestamptz not null)`.execute(db)
  const { rows } = await sql<{ step: string }>`select step from migrations`.execute(db)
  const done = new Set(rows.map((row) => row.step))
  const known = slices.flatMap(({ slice, steps }) => steps.map((step) => `${slice}/${step.name}`))
  const strange = [...done].filter((step) => !known.includes(step))
  if (strange.length > 0)
    throw new Failure(
      'conflict',
      'store.folder-is-newer',
      `This data was written by a newer Airworthy (it has ${strange[0]}). Start that version, or choose another folder with AIRWORTHY_DATA.`,
    )
  return known.filter((step) => !done.has(step))
}

/** Runs what is pending, each step in its own transaction together with its mark. Returns the steps that ran. */
export async function migrate(db: Database, slices: readonly SliceMigrations[], clock: Clock): Promise<string[]> {
  const pending = new Set(await pendingMigrations(db, slices))
  const ran: string[] = []
  for (const { slice, steps } of slices)
    for (const step of steps) {
      const name = `${slice}/${step.name}`
      if (!pending.has(name)) continue
      await inTransaction(db, async (tx) => {
        await step.up(tx)
        await sql`insert into migrations (step, at) values (${name}, ${clock()})`.execute(tx)
      })
      ran.push(name)
    }
  return ran
}
