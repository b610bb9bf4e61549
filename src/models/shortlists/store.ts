/** All SQL of shortlists. */
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Shortlist, type ShortlistId } from './contract.ts'

export const shortlistTables = tablesOf({ modelShortlists: Shortlist })

export async function addShortlist(tx: Tx, shortlist: Shortlist): Promise<void> {
  await shortlistTables(tx)
    .insertInto('modelShortlists')
    .values({
      ...shortlist,
      criteria: json(shortlist.criteria),
      candidates: json(shortlist.candidates),
      eliminations: json(shortlist.eliminations),
      efforts: json(shortlist.efforts),
      decision: json(shortlist.decision),
    })
    .execute()
}

/** Locked until the transaction ends, so that two changes at once both stand. */
export const lockShortlist = (tx: Tx, id: ShortlistId): Promise<Shortlist | undefined> =>
  shortlistTables(tx).selectFrom('modelShortlists').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const findShortlist = (db: Database, id: ShortlistId): Promise<Shortlist | undefined> =>
  shortlistTables(db).selectFrom('modelShortlists').selectAll().where('id', '=', id).executeTakeFirst()

export async function changeShortlist(
  tx: Tx,
  id: ShortlistId,
  { eliminations, efforts, decision }: Pick<Shortlist, 'eliminations' | 'efforts' | 'decision'>,
): Promise<void> {
  await shortlistTables(tx)
    .updateTable('modelShortlists')
    .set({ eliminations: json(eliminations), efforts: json(efforts), decision: json(decision) })
    .where('id', '=', id)
    .execute()
}

export function listShortlistRows(
  db: Database,
  {
    organisation,
    application,
    cursor,
    limit,
  }: { organisation: string; application?: string | undefined; cursor?: ShortlistId | undefined; limit: number },
): Promise<Shortlist[]> {
  let query = shortlistTables(db).selectFrom('modelShortlists').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (cursor !== undefined) query = query.where('id', '<', cursor)
  return query.orderBy('id', 'desc').limit(limit).execute()
}
