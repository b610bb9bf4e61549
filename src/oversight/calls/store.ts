/** SQL of held calls, over their own table. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { closedCall, openedCall, type Sealed } from '../sealed.ts'
import { HeldCall, type HeldCallId } from './held-call.ts'

export const own = tablesOf({ heldCalls: HeldCall.extend({ sealed: z.string().nullable() }) })

type Reader = Database | Tx

export const addHeldCall = async (tx: Tx, row: HeldCall, seal: ContentSeal | undefined): Promise<void> => {
  await own(tx).insertInto('heldCalls').values(closedCall(row, seal)).execute()
}

export async function findHeldCall(
  db: Reader,
  id: HeldCallId,
  seal: ContentSeal | undefined,
): Promise<HeldCall | undefined> {
  const row = await own(db).selectFrom('heldCalls').selectAll().where('id', '=', id).executeTakeFirst()
  return row && openedCall(row, seal)
}

/** Decides on one that waits; undefined when it does not, or no longer. */
export async function decideCall(
  tx: Tx,
  id: HeldCallId,
  decision: Pick<HeldCall, 'state' | 'reason' | 'decidedBy' | 'decidedAt'>,
  { now, seal }: { now: Instant; seal: ContentSeal | undefined },
): Promise<HeldCall | undefined> {
  const row = await own(tx)
    .updateTable('heldCalls')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('until', '>', now)
    .returningAll()
    .executeTakeFirst()
  return row && openedCall(row, seal)
}

/** Of a call that was begun. */
export async function endCall(
  tx: Tx,
  id: HeldCallId,
  ended: Pick<HeldCall, 'state' | 'result' | 'error'>,
  seal: ContentSeal | undefined,
): Promise<HeldCall | undefined> {
  const begun = own(tx).selectFrom('heldCalls').selectAll().where('id', '=', id).where('state', '=', 'making')
  const row = await begun.forUpdate().executeTakeFirst()
  if (!row) return undefined
  const call = { ...openedCall(row, seal), ...ended }
  const { arguments: given, result, error, sealed } = closedCall(call, seal)
  await own(tx)
    .updateTable('heldCalls')
    .set({ state: ended.state, arguments: given, result, error, sealed })
    .where('id', '=', id)
    .execute()
  return call
}

export type CallFilter = {
  readonly organisation: string
  readonly application?: string | undefined
  readonly state?: HeldCall['state'] | undefined
}

/** Newest first. */
export async function listCalls(
  db: Reader,
  { organisation, application, state }: CallFilter,
  { cursor, limit, seal }: { cursor?: string | undefined; limit: number; seal: ContentSeal | undefined },
): Promise<HeldCall[]> {
  let query = own(db).selectFrom('heldCalls').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (state !== undefined) query = query.where('state', '=', state)
  if (cursor !== undefined) query = query.where('id', '<', cursor as HeldCallId)
  const rows = await query.orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => openedCall(row, seal))
}

/** Those that may be about a person, in the order of their ids; patterns are a JSON list for `ilike`. */
export async function listPersonCalls(
  db: Database,
  { patterns, user, before, after }: { patterns: string; user: string | null; before: Instant; after: string },
  seal: ContentSeal | undefined,
): Promise<HeldCall[]> {
  const rows = await own(db)
    .selectFrom('heldCalls')
    .selectAll()
    .where('id', '>', after as HeldCallId)
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or sealed is not null or concat_ws(' ', arguments, result, reason)
        ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb))))`,
    )
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map((row) => openedCall(row, seal))
}

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
      error: sql`case when error is null then null else ${NO_LONGER_KEPT} end`,
      user: null,
      sealed: null,
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

/** Rows from before in which something stands in clear, in the order of their ids. */
export const listClearCalls = (
  db: Database,
  after: Pick<HeldCall, 'id'> | undefined,
  limit: number,
): Promise<Sealed<HeldCall>[]> =>
  own(db)
    .selectFrom('heldCalls')
    .selectAll()
    .where('sealed', 'is', null)
    .where('arguments', '<>', NO_LONGER_KEPT)
    .where('id', '>', (after?.id ?? '') as HeldCallId)
    .orderBy('id')
    .limit(limit)
    .execute()

/** One that goes on meanwhile is sealed by that. */
export async function sealCalls(db: Database, rows: readonly Sealed<HeldCall>[]): Promise<void> {
  for (const { id, state, arguments: given, result, error, sealed } of rows)
    await own(db)
      .updateTable('heldCalls')
      .set({ arguments: given, result, error, sealed })
      .where('id', '=', id)
      .where('state', '=', state)
      .where('sealed', 'is', null)
      .execute()
}
