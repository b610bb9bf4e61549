/** SQL of human oversight, over its own tables. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { ContentSeal } from '../kernel/content-seal.ts'
import type { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { HeldAnswer, type HeldAnswerId, StopTest } from './held-answer.ts'
import { closedAnswer, openedAnswer, type Sealed } from './sealed.ts'

const sealed = z.string().nullable()
export const own = tablesOf({ heldAnswers: HeldAnswer.extend({ sealed }), stopTests: StopTest })

type Reader = Database | Tx

export const addHeldAnswer = async (tx: Tx, row: HeldAnswer, seal: ContentSeal | undefined): Promise<void> => {
  const closed = closedAnswer(row, seal)
  await own(tx)
    .insertInto('heldAnswers')
    .values({ ...closed, kinds: json(closed.kinds), turns: json(closed.turns) })
    .execute()
}

export async function findHeldAnswer(
  db: Reader,
  id: HeldAnswerId,
  seal: ContentSeal | undefined,
): Promise<HeldAnswer | undefined> {
  const row = await own(db).selectFrom('heldAnswers').selectAll().where('id', '=', id).executeTakeFirst()
  return row && openedAnswer(row, seal)
}

/** Decides on one that waits; undefined when it does not, or no longer. */
export async function decideHeld(
  tx: Tx,
  id: HeldAnswerId,
  decision: Pick<HeldAnswer, 'state' | 'given' | 'reason' | 'decidedBy' | 'decidedAt'>,
  { now, seal }: { now: Instant; seal: ContentSeal | undefined },
): Promise<HeldAnswer | undefined> {
  const row = await own(tx)
    .selectFrom('heldAnswers')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const decided = { ...openedAnswer(row, seal), ...decision }
  const { turns, answer, given, sealed } = closedAnswer(decided, seal)
  await own(tx)
    .updateTable('heldAnswers')
    .set({ ...decision, turns: json(turns), answer, given, sealed })
    .where('id', '=', id)
    .execute()
  return decided
}

export type HeldFilter = {
  readonly organisation: string
  readonly application?: string | undefined
  readonly state?: HeldAnswer['state'] | undefined
  readonly mode?: HeldAnswer['mode'] | undefined
}

/** Newest first. */
export async function listHeld(
  db: Reader,
  { organisation, application, state, mode }: HeldFilter,
  { cursor, limit, seal }: { cursor?: string | undefined; limit: number; seal: ContentSeal | undefined },
): Promise<HeldAnswer[]> {
  let query = own(db).selectFrom('heldAnswers').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (state !== undefined) query = query.where('state', '=', state)
  if (mode !== undefined) query = query.where('mode', '=', mode)
  if (cursor !== undefined) query = query.where('id', '<', cursor as HeldAnswerId)
  const rows = await query.orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => openedAnswer(row, seal))
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
export async function listPersonHeld(
  db: Database,
  { patterns, user, before, after }: { patterns: string; user: string | null; before: Instant; after: string },
  seal: ContentSeal | undefined,
): Promise<HeldAnswer[]> {
  const rows = await own(db)
    .selectFrom('heldAnswers')
    .selectAll()
    .where('id', '>', after as HeldAnswerId)
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or sealed is not null or concat_ws(' ', turns::text, answer, given, reason)
        ilike any(array(select jsonb_array_elements_text(${patterns}::jsonb))))`,
    )
    .orderBy('id')
    .limit(100)
    .execute()
  return rows.map((row) => openedAnswer(row, seal))
}

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
      sealed: null,
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

/** Rows from before in which something stands in clear, in the order of their ids. */
export const listClearHeld = (
  db: Database,
  after: Pick<HeldAnswer, 'id'> | undefined,
  limit: number,
): Promise<Sealed<HeldAnswer>[]> =>
  own(db)
    .selectFrom('heldAnswers')
    .selectAll()
    .where('sealed', 'is', null)
    .where('answer', '<>', NO_LONGER_KEPT)
    .where('id', '>', (after?.id ?? '') as HeldAnswerId)
    .orderBy('id')
    .limit(limit)
    .execute()

/** One that was decided on meanwhile is sealed by that. */
export async function sealHeld(db: Database, rows: readonly Sealed<HeldAnswer>[]): Promise<void> {
  for (const { id, state, turns, answer, given, sealed } of rows)
    await own(db)
      .updateTable('heldAnswers')
      .set({ turns: json(turns), answer, given, sealed })
      .where('id', '=', id)
      .where('state', '=', state)
      .where('sealed', 'is', null)
      .execute()
}
