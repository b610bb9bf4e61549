/** SQL of held calls, over their own table. */
import { sql } from 'kysely'
import type { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { HeldCall, type HeldCallId } from './held-call.ts'

export const own = tablesOf({ heldCalls: HeldCall })

type Reader = Database | Tx

export const addHeldCall = async (tx: Tx, row: HeldCall): Promise<void> => {
  await own(tx).insertInto('heldCalls').values(row).execute()
}

export const findHeldCall = (db: Reader, id: HeldCallId): Promise<HeldCall | undefined> =>
  own(db).selectFrom('heldCalls').selectAll().where('id', '=', id).executeTakeFirst()

/** Decides on one that waits; undefined when it does not, or no longer. */
export const decideCall = (
  tx: Tx,
  id: HeldCallId,
  decision: Pick<HeldCall, 'state' | 'reason' | 'decidedBy' | 'decidedAt'>,
  now: Instant,
): Promise<HeldCall | undefined> =>
  own(tx)
    .updateTable('heldCalls')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('until', '>', now)
    .returningAll()
    .executeTakeFirst()

/** Of a call that was begun. */
export const endCall = (
  tx: Tx,
  id: HeldCallId,
  ended: Pick<HeldCall, 'state' | 'result' | 'error'>,
): Promise<HeldCall | undefined> =>
  own(tx)
    .updateTable('heldCalls')
    .set(ended)
    .where('id', '=', id)
    .where('state', '=', 'making')
    .returningAll()
    .executeTakeFirst()

export type CallFilter = {
  readonly organisation: string
  readonly application?: string | undefined
  readonly state?: HeldCall['state'] | undefined
}

/** Newest first. */
export function listCalls(
  db: Reader,
  { organisation, application, state }: CallFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<HeldCall[]> {
  let query = own(db).selectFrom('heldCalls').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (state !== undefined) query = query.where('state', '=', state)
  if (cursor !== undefined) query = query.where('id', '<', cursor as HeldCallId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Those that may be about a person, in the order of their ids; patterns are a JSON list for `ilike`. */
export const listPersonCalls = (
  db: Database,
  { patterns, user, before, after }: { patterns: string; user: string | null; before: Instant; after: string },
): Promise<HeldCall[]> =>
  own(db)
    .selectFrom('heldCalls')
    .selectAll()
    .where('id', '>', after as HeldCallId)
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or concat_ws(' ', arguments, result, reason)
        ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb))))`,
    )
    .orderBy('id')
    .limit(100)
    .execute()

export async function removeCall(tx: Tx, id: HeldCallId): Promise<number> {
  const { numDeletedRows } = await own(tx).deleteFrom('heldCalls').where('id', '=', id).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Takes arguments and results of those that are older away, and leaves what was decided. Returns how many. */
export async function emptyOldCalls(
  db: Database,
  { application, before, now }: { application: string; before: Instant; now: Instant },
): Promise<number> {
  const { numUpdatedRows } = await own(db)
    .updateTable('heldCalls')
    .set({
      arguments: NO_LONGER_KEPT,
      result: sql`case when result is null then null else ${NO_LONGER_KEPT} end`,
      user: null,
    })
    .where('application', '=', application)
    .where('at', '<', before)
    .where('arguments', '<>', NO_LONGER_KEPT)
    // What may still be decided keeps what it is decided on.
    .where((where) => where.or([where('state', '<>', 'waiting'), where('until', '<=', now)]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

const NO_LONGER_KEPT = '(no longer kept)'
