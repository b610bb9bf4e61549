/** SQL of rollouts, over their own tables. */
import { sql } from 'kysely'
import type { ReleaseId } from '../../core/release.ts'
import { Rollout, type RolloutId, shadowUnit } from '../../core/rollout.ts'
import type { Stage } from '../../core/stage.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import type { RolloutPoint } from '../served.ts'
import { PointRow, SeenRow, SessionRow, type SidePurpose, SideRow, StatisticsRow } from './rows.ts'

export const own = tablesOf({
  rollouts: Rollout,
  rolloutSeen: SeenRow,
  rolloutStatistics: StatisticsRow,
  rolloutPoints: PointRow,
  rolloutSides: SideRow,
  rolloutSessions: SessionRow,
})

type Reader = Database | Tx
const OPEN: Rollout['state'][] = ['planned', 'running', 'holding', 'paused']
const ROWS_AT_ONCE = 1000

export const listOpenRollouts = (
  db: Reader,
  organisation: string,
  ...applications: readonly string[]
): Promise<Rollout[]> => {
  const query = own(db)
    .selectFrom('rollouts')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('state', 'in', OPEN)
    .orderBy('id')
  return (applications.length === 0 ? query : query.where('application', 'in', applications)).execute()
}

export const addRollout = async (tx: Tx, rollout: Rollout): Promise<void> => {
  await own(tx)
    .insertInto('rollouts')
    .values({
      ...rollout,
      plan: json(rollout.plan),
      latest: rollout.latest && json(rollout.latest),
      marks: json(rollout.marks),
    })
    .execute()
}

export const findRollout = (db: Reader, id: RolloutId): Promise<Rollout | undefined> =>
  own(db).selectFrom('rollouts').selectAll().where('id', '=', id).executeTakeFirst()

export const lockRollout = (tx: Tx, id: RolloutId): Promise<Rollout | undefined> =>
  own(tx).selectFrom('rollouts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export type RolloutChange = Partial<
  Pick<Rollout, 'state' | 'step' | 'stepStartedAt' | 'endedAt' | 'latest' | 'reason' | 'marks'>
>

export const changeRollout = async (
  tx: Tx,
  id: RolloutId,
  { latest, marks, ...plain }: RolloutChange,
): Promise<void> => {
  await own(tx)
    .updateTable('rollouts')
    .set({ ...plain, ...(latest && { latest: json(latest) }), ...(marks && { marks: json(marks) }) })
    .where('id', '=', id)
    .execute()
}

export type RolloutFilter = {
  readonly organisation: string
  readonly application?: string | undefined
  /** As control or as candidate. */
  readonly release?: ReleaseId | undefined
  readonly stage?: Stage | undefined
  readonly state?: Rollout['state'] | undefined
}

/** Newest first. */
export function listRollouts(
  db: Reader,
  filter: RolloutFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Rollout[]> {
  const { organisation, application, release, stage, state } = filter
  let query = own(db).selectFrom('rollouts').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (stage !== undefined) query = query.where('stage', '=', stage)
  if (state !== undefined) query = query.where('state', '=', state)
  if (release !== undefined)
    query = query.where((where) => where.or([where('candidate', '=', release), where('control', '=', release)]))
  if (cursor !== undefined) query = query.where('id', '<', cursor as RolloutId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Was this release rolled back by the rule, not by a person, in the stage before? */
export const wasRolledBack = async (
  db: Reader,
  { organisation, stage, release }: { organisation: string; stage: Stage; release: ReleaseId },
): Promise<boolean> =>
  (await own(db)
    .selectFrom('rollouts')
    .select('id')
    .where('organisation', '=', organisation)
    .where('stage', '=', stage)
    .where('candidate', '=', release)
    .where('state', '=', 'rolled-back')
    .executeTakeFirst()) !== undefined

/** The rollback by the rule that ended last in a stage; undefined when there was none. */
export const lastRolledBack = (
  db: Reader,
  { organisation, application, stage }: { organisation: string; application: string; stage: Stage },
): Promise<Rollout | undefined> =>
  own(db)
    .selectFrom('rollouts')
    .selectAll()
    .where('organisation', '=', organisation)
    .where('application', '=', application)
    .where('stage', '=', stage)
    .where('state', '=', 'rolled-back')
    .orderBy('endedAt', 'desc')
    .limit(1)
    .executeTakeFirst()

// Outcomes

/** Keeps what was not seen before and returns it. */
export async function keepFirsts(tx: Tx, rows: readonly SeenRow[]): Promise<SeenRow[]> {
  const kept: SeenRow[] = []
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    kept.push(
      ...(await own(tx)
        .insertInto('rolloutSeen')
        .values(rows.slice(from, from + ROWS_AT_ONCE))
        .onConflict((on) => on.columns(['rollout', 'metric', 'unit']).doNothing())
        .returningAll()
        .execute()),
    )
  return kept
}

export async function addStatistics(tx: Tx, rows: readonly StatisticsRow[]): Promise<void> {
  for (const row of rows)
    await own(tx)
      .insertInto('rolloutStatistics')
      .values(row)
      .onConflict((on) =>
        on.columns(['rollout', 'step', 'metric', 'arm']).doUpdateSet({
          units: sql<number>`rollout_statistics.units + excluded.units`,
          events: sql<number>`rollout_statistics.events + excluded.events`,
          sum: sql<number>`rollout_statistics.sum + excluded.sum`,
          sumOfSquares: sql<number>`rollout_statistics.sum_of_squares + excluded.sum_of_squares`,
        }),
      )
      .execute()
}

export const readStatistics = (db: Reader, rollout: RolloutId): Promise<StatisticsRow[]> =>
  own(db).selectFrom('rolloutStatistics').selectAll().where('rollout', '=', rollout).execute()

export const addPoint = async (tx: Tx, point: PointRow): Promise<void> => {
  const { sampleRatio, metrics, read } = point
  await own(tx)
    .insertInto('rolloutPoints')
    .values({ ...point, sampleRatio: json(sampleRatio), metrics: json(metrics), read: read && json(read) })
    .execute()
}

export const lastPoint = (
  db: Reader,
  rollout: RolloutId,
): Promise<Pick<PointRow, 'at' | 'step' | 'decision'> | undefined> =>
  own(db)
    .selectFrom('rolloutPoints')
    .select(['at', 'step', 'decision'])
    .where('rollout', '=', rollout)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()

export const listPoints = (db: Reader, rollout: RolloutId): Promise<RolloutPoint[]> =>
  own(db)
    .selectFrom('rolloutPoints')
    .select(['at', 'step', 'share', 'decision', 'sampleRatio', 'metrics'])
    .where('rollout', '=', rollout)
    .orderBy('at')
    .execute()

/** With everything that was read, for making the decisions again. */
export const listReadPoints = (db: Reader, rollout: RolloutId): Promise<PointRow[]> =>
  own(db).selectFrom('rolloutPoints').selectAll().where('rollout', '=', rollout).orderBy('at').execute()

/** In how many rollouts and metrics a unit was counted, and taking the marks of that away; sums stay. */
export const countSeen = async (db: Reader, unit: string): Promise<number> =>
  Number(
    (
      await own(db)
        .selectFrom('rolloutSeen')
        .select((is) => is.fn.countAll<string>().as('count'))
        .where('unit', 'in', [unit, shadowUnit(unit)])
        .executeTakeFirstOrThrow()
    ).count,
  )

export async function removeSeen(tx: Tx, unit: string): Promise<number> {
  await own(tx).deleteFrom('rolloutSessions').where('unit', '=', unit).execute()
  const { numDeletedRows } = await own(tx)
    .deleteFrom('rolloutSeen')
    .where('unit', 'in', [unit, shadowUnit(unit)])
    .executeTakeFirst()
  return Number(numDeletedRows)
}

// What runs on the side

export const findSide = (db: Reader, rollout: RolloutId, purpose: SidePurpose): Promise<SideRow | undefined> =>
  own(db)
    .selectFrom('rolloutSides')
    .selectAll()
    .where('rollout', '=', rollout)
    .where('purpose', '=', purpose)
    .executeTakeFirst()

export async function countSide(db: Database, row: SideRow): Promise<void> {
  await own(db)
    .insertInto('rolloutSides')
    .values(row)
    .onConflict((on) =>
      on.columns(['rollout', 'purpose']).doUpdateSet({
        runs: sql<number>`rollout_sides.runs + ${row.runs}`,
        skipped: sql<number>`rollout_sides.skipped + ${row.skipped}`,
        capped: sql<number>`rollout_sides.capped + ${row.capped}`,
        unpriced: sql<number>`rollout_sides.unpriced + ${row.unpriced}`,
        costMicroUsd: sql<MicroUsd>`trim_scale(rollout_sides.cost_micro_usd + ${row.costMicroUsd}::numeric)`,
      }),
    )
    .execute()
}

// Sessions

export const findSessions = (tx: Tx, rollout: RolloutId, units: readonly string[]): Promise<SessionRow[]> =>
  own(tx).selectFrom('rolloutSessions').selectAll().where('rollout', '=', rollout).where('unit', 'in', units).execute()

export async function saveSessions(tx: Tx, rows: readonly SessionRow[]): Promise<void> {
  for (const { kpis, events, ...row } of rows) {
    const values = { ...row, kpis: json(kpis), events: json(events) }
    const { costMicroUsd, lastAt } = row
    await own(tx)
      .insertInto('rolloutSessions')
      .values(values)
      .onConflict((on) =>
        on.columns(['rollout', 'unit']).doUpdateSet({ costMicroUsd, lastAt, kpis: values.kpis, events: values.events }),
      )
      .execute()
  }
}

/** Sessions that nobody went on with since then, the oldest first. */
export const listSilent = (tx: Tx, rollout: RolloutId, before: Instant): Promise<SessionRow[]> =>
  own(tx)
    .selectFrom('rolloutSessions')
    .selectAll()
    .where('rollout', '=', rollout)
    .where('lastAt', '<=', before)
    .orderBy('lastAt')
    .limit(ROWS_AT_ONCE)
    .execute()

export async function removeSessions(tx: Tx, rollout: RolloutId, units?: readonly string[]): Promise<void> {
  const query = own(tx).deleteFrom('rolloutSessions').where('rollout', '=', rollout)
  await (units ? query.where('unit', 'in', units) : query).execute()
}
