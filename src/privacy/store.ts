/** SQL of privacy. */
import { sql } from 'kysely'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import type { DeletionId } from './contract.ts'
import { DeletionRow, RetentionRun } from './rows.ts'

export const own = tablesOf({ deletions: DeletionRow, retentionRuns: RetentionRun })

export const addDeletion = async (tx: Tx, row: DeletionRow): Promise<void> => {
  const { subject, found, counts, receipt } = row
  await own(tx)
    .insertInto('deletions')
    .values({
      ...row,
      subject: json(subject),
      found: json(found),
      counts: json(counts),
      receipt: receipt && json(receipt),
    })
    .onConflict((on) => on.doNothing())
    .execute()
}

export const findDeletion = (db: Database | Tx, id: DeletionId): Promise<DeletionRow | undefined> =>
  own(db).selectFrom('deletions').selectAll().where('id', '=', id).executeTakeFirst()

/** Newest first. */
export const listDeletionRows = (
  db: Database,
  { organisation, before, limit }: { organisation: string; before?: DeletionId | undefined; limit: number },
): Promise<DeletionRow[]> => {
  const query = own(db).selectFrom('deletions').selectAll().where('organisation', '=', organisation)
  return (before === undefined ? query : query.where('id', '<', before)).orderBy('id', 'desc').limit(limit).execute()
}

/** Those that may have to be done again, or that wait for longer than they may. */
export const listSealed = (db: Database, organisation: string): Promise<DeletionRow[]> =>
  own(db)
    .selectFrom('deletions')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('sealed', 'is not', null)
    .orderBy('id')
    .execute()

/** Each sealed person through the function. */
export async function resealDeletions(tx: Tx, reseal: (sealed: string, id: string) => string): Promise<number> {
  const rows = await own(tx).selectFrom('deletions').select(['id', 'sealed']).where('sealed', 'is not', null).execute()
  for (const { id, sealed } of rows)
    await own(tx)
      .updateTable('deletions')
      .set({ sealed: sealed && reseal(sealed, id) })
      .where('id', '=', id)
      .execute()
  return rows.length
}

/** Changes a deletion that is in one of these states. Returns whether it was. */
export async function changeDeletion(
  db: Database | Tx,
  id: DeletionId,
  from: readonly DeletionRow['state'][],
  { found, receipt, subject: _, counts: __, ...change }: Partial<DeletionRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await own(db)
    .updateTable('deletions')
    .set({ ...change, ...(found && { found: json(found) }), ...(receipt && { receipt: json(receipt) }) })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return Number(numUpdatedRows) > 0
}

export const addCount = async (
  tx: Tx,
  { id, key, count }: { id: DeletionId; key: string; count: number },
): Promise<void> => {
  await sql`update deletions set counts = counts ||
    jsonb_build_object(${key}::text, coalesce((counts ->> ${key}::text)::int, 0) + ${count}::int)
    where id = ${id}`.execute(tx)
}

export const saveRetentionRun = async (tx: Tx, run: RetentionRun): Promise<void> => {
  const { at, before, removed } = run
  await own(tx)
    .insertInto('retentionRuns')
    .values(run)
    .onConflict((on) => on.columns(['organisation', 'application']).doUpdateSet({ at, before, removed }))
    .execute()
}

export const listRetentionRuns = (db: Database, organisation: string): Promise<RetentionRun[]> =>
  own(db).selectFrom('retentionRuns').selectAll().where('organisation', '=', organisation).execute()
