/** SQL of human oversight, over its own tables. */
import { sql } from 'kysely'
import type { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { HeldAnswer, type HeldAnswerId, StopTest } from './held-answer.ts'

export const own = tablesOf({ heldAnswers: HeldAnswer, stopTests: StopTest })

type Reader = Database | Tx

export const addHeldAnswer = async (tx: Tx, row: HeldAnswer): Promise<void> => {
  await own(tx)
    .insertInto('heldAnswers')
    .values({ ...row, kinds: json(row.kinds), turns: json(row.turns) })
    .execute()
}

export const findHeldAnswer = (db: Reader, id: HeldAnswerId): Promise<HeldAnswer | undefined> =>
  own(db).selectFrom('heldAnswers').selectAll().where('id', '=', id).executeTakeFirst()

/** Decides on one that waits; undefined when it does not, or no longer. */
export const decideHeld = (
  tx: Tx,
  id: HeldAnswerId,
  decision: Pick<HeldAnswer, 'state' | 'given' | 'reason' | 'decidedBy' | 'decidedAt'>,
  now: Instant,
): Promise<HeldAnswer | undefined> =>
  own(tx)
    .updateTable('heldAnswers')
    .set(decision)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .returningAll()
    .executeTakeFirst()

export type HeldFilter = {
  readonly organisation: string
  readonly application?: string | undefined
  readonly state?: HeldAnswer['state'] | undefined
  readonly mode?: HeldAnswer['mode'] | undefined
}

/** Newest first. */
export function listHeld(
  db: Reader,
  { organisation, application, state, mode }: HeldFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<HeldAnswer[]> {
  let query = own(db).selectFrom('heldAnswers').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (state !== undefined) query = query.where('state', '=', state)
  if (mode !== undefined) query = query.where('mode', '=', mode)
  if (cursor !== undefined) query = query.where('id', '<', cursor as HeldAnswerId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export type HeldCounts = {
  readonly waiting: number
  readonly decided: number
  readonly overruled: number
  readonly lapsed: number
}

/** By application, since an instant; one without any is missing. */
export async function countHeld(
  db: Reader,
  {
    organisation,
    applications,
    since,
    now,
  }: { organisation: string; applications: readonly string[]; since: Instant; now: Instant },
): Promise<Map<string, HeldCounts>> {
  if (applications.length === 0) return new Map()
  const rows = await own(db)
    .selectFrom('heldAnswers')
    .select([
      'application',
      sql<number>`count(*) filter (where state = 'waiting' and (until is null or until > ${now}))::int`.as('waiting'),
      sql<number>`count(*) filter (where state <> 'waiting')::int`.as('decided'),
      sql<number>`count(*) filter (where state in ('edited', 'refused'))::int`.as('overruled'),
      sql<number>`count(*) filter (where state = 'waiting' and until <= ${now})::int`.as('lapsed'),
    ])
    .where('organisation', '=', organisation)
    .where('application', 'in', applications)
    .where('at', '>', since)
    .groupBy('application')
    .execute()
  return new Map(rows.map(({ application, ...counts }) => [application, counts]))
}

export const addStopTest = async (tx: Tx, row: StopTest): Promise<void> => {
  await own(tx).insertInto('stopTests').values(row).execute()
}

/** The newest of each application that its stop was tried on. */
export async function lastStopTests(
  db: Reader,
  { organisation, applications }: { organisation: string; applications: readonly string[] },
): Promise<Map<string, StopTest>> {
  if (applications.length === 0) return new Map()
  const rows = await own(db)
    .selectFrom('stopTests')
    .selectAll()
    .distinctOn('application')
    .where('organisation', '=', organisation)
    .where('application', 'in', applications)
    .orderBy('application')
    .orderBy('id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.application, row]))
}

/** Those that may be about a person, in the order of their ids; patterns are a JSON list for `ilike`. */
export const listPersonHeld = (
  db: Database,
  { patterns, user, before, after }: { patterns: string; user: string | null; before: Instant; after: string },
): Promise<HeldAnswer[]> =>
  own(db)
    .selectFrom('heldAnswers')
    .selectAll()
    .where('id', '>', after as HeldAnswerId)
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or concat_ws(' ', turns::text, answer, given, reason)
        ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb))))`,
    )
    .orderBy('id')
    .limit(100)
    .execute()

export async function removeHeld(tx: Tx, id: HeldAnswerId): Promise<number> {
  const { numDeletedRows } = await own(tx).deleteFrom('heldAnswers').where('id', '=', id).executeTakeFirst()
  return Number(numDeletedRows)
}

/** Takes the words of those that are older away, and leaves what was decided. Returns how many. */
export async function emptyOld(
  db: Database,
  { application, before, now }: { application: string; before: Instant; now: Instant },
): Promise<number> {
  const { numUpdatedRows } = await own(db)
    .updateTable('heldAnswers')
    .set({
      turns: json([]),
      answer: NO_LONGER_KEPT,
      given: sql`case when given is null then null else ${NO_LONGER_KEPT} end`,
      user: null,
    })
    .where('application', '=', application)
    .where('at', '<', before)
    .where('answer', '<>', NO_LONGER_KEPT)
    // Whoever still waits is answered first.
    .where((where) =>
      where.or([where('state', '<>', 'waiting'), where('until', 'is', null), where('until', '<=', now)]),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

const NO_LONGER_KEPT = '(no longer kept)'
