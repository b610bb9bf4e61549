/** SQL of limits, over their own tables. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Lease, SetLimits, UsageDay, UsageWriter } from '../limits.ts'

export const own = tablesOf({ setLimits: SetLimits, usageDays: UsageDay, usageWriters: UsageWriter, leases: Lease })

export const listSetLimits = (db: Database | Tx, organisation: string): Promise<SetLimits[]> =>
  own(db).selectFrom('setLimits').selectAll().where('organisation', '=', organisation).orderBy('name').execute()

export const saveSetLimits = async (tx: Tx, row: SetLimits): Promise<void> => {
  const values = { ...row, limits: json(row.limits) }
  await own(tx)
    .insertInto('setLimits')
    .values(values)
    .onConflict((on) => on.columns(['organisation', 'scope', 'name']).doUpdateSet(values))
    .execute()
}

const Usage = UsageDay.pick({ scope: true, name: true }).extend({
  dayRequests: z.string(),
  dayTokens: z.string(),
  dayMicroUsd: z.string(),
  monthRequests: z.string(),
  monthTokens: z.string(),
  monthMicroUsd: z.string(),
})
/** What everybody together has used of a day and of its month. */
export type Usage = z.infer<typeof Usage>

/**
 * @param day `2026-03-14`
 * @param names those alone; everybody without
 */
export const listUsage = (
  db: Database | Tx,
  { organisation, day, names }: { organisation: string; day: string; names?: readonly string[] },
): Promise<Usage[]> =>
  own(db)
    .selectFrom('usageDays')
    .select([
      'scope',
      'name',
      sql<string>`coalesce(sum(requests) filter (where day = ${day}), 0)::text`.as('dayRequests'),
      sql<string>`coalesce(sum(tokens) filter (where day = ${day}), 0)::text`.as('dayTokens'),
      sql<string>`coalesce(sum(spent_micro_usd) filter (where day = ${day}), 0)::text`.as('dayMicroUsd'),
      sql<string>`sum(requests)::text`.as('monthRequests'),
      sql<string>`sum(tokens)::text`.as('monthTokens'),
      sql<string>`sum(spent_micro_usd)::text`.as('monthMicroUsd'),
    ])
    .where('organisation', '=', organisation)
    .where('day', '>=', `${day.slice(0, 7)}-01`)
    .where('day', '<=', `${day.slice(0, 7)}-31`)
    .$if(names !== undefined, (query) =>
      query.where(sql<boolean>`name in (select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`),
    )
    .groupBy(['scope', 'name'])
    .execute()

/** Adds to what is there, so that nothing is lost when two processes write. */
export const addUsage = async (tx: Tx, rows: readonly UsageDay[]): Promise<void> => {
  if (rows.length === 0) return
  await own(tx)
    .insertInto('usageDays')
    .values([...rows])
    .onConflict((on) =>
      on.columns(['organisation', 'day', 'scope', 'name']).doUpdateSet({
        requests: sql`usage_days.requests + excluded.requests`,
        tokens: sql`usage_days.tokens + excluded.tokens`,
        spentMicroUsd: sql`usage_days.spent_micro_usd + excluded.spent_micro_usd`,
      }),
    )
    .execute()
}

export const findCountedUntil = async (
  db: Database,
  { organisation, writer }: Omit<UsageWriter, 'countedUntil'>,
): Promise<Instant | undefined> => {
  const row = await own(db)
    .selectFrom('usageWriters')
    .select('countedUntil')
    .where('organisation', '=', organisation)
    .where('writer', '=', writer)
    .executeTakeFirst()
  return row?.countedUntil
}

export const saveCountedUntil = async (tx: Database | Tx, row: UsageWriter): Promise<void> => {
  await own(tx)
    .insertInto('usageWriters')
    .values(row)
    .onConflict((on) => on.columns(['organisation', 'writer']).doUpdateSet({ countedUntil: row.countedUntil }))
    .execute()
}

// Leases

/** One process at a time takes and gives back shares, until its transaction ends. */
export const lockShares = async (tx: Tx, organisation: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leases ${organisation}`}, 0))`.execute(tx)
}

export const listLeases = (tx: Database | Tx, organisation: string): Promise<Lease[]> =>
  own(tx).selectFrom('leases').selectAll().where('organisation', '=', organisation).execute()

export const saveLeases = async (tx: Tx, rows: readonly Lease[]): Promise<void> => {
  if (rows.length === 0) return
  await own(tx)
    .insertInto('leases')
    .values([...rows])
    .onConflict((on) =>
      on
        .columns(['organisation', 'scope', 'name', 'kind', 'holder'])
        .doUpdateSet({ share: sql`excluded.share`, held: sql`excluded.held`, expiresAt: sql`excluded.expires_at` }),
    )
    .execute()
}

/** Those of a process that it holds nothing of any more, and those that ended before an instant. */
export const removeLeases = async (
  tx: Tx,
  { organisation, holder, endedBefore }: { organisation: string; holder: string; endedBefore: Instant },
): Promise<void> => {
  await own(tx)
    .deleteFrom('leases')
    .where('organisation', '=', organisation)
    .where((where) =>
      where.or([
        where.and([where('holder', '=', holder), where('share', '=', '0')]),
        where('expiresAt', '<', endedBefore),
      ]),
    )
    .execute()
}

/**
 * Takes what is written down now from what earlier processes of this name held of days and months, so that it does not
 * stand against the cap twice.
 */
export const shrinkLeases = async (
  tx: Tx,
  ask: {
    organisation: string
    writer: string
    holder: string
    scope: string
    name: string
    used: Record<'requests' | 'tokens' | 'cost', bigint>
  },
): Promise<void> => {
  const { organisation, writer, holder, scope, name, used } = ask
  await sql`
    update leases set share = greatest(0, share - case split_part(kind, '-', 1)
      when 'requests' then ${String(used.requests)}::numeric when 'tokens' then ${String(used.tokens)}::numeric
      else ${String(used.cost)}::numeric end)
    where organisation = ${organisation} and starts_with(holder, ${`${writer}:`}) and holder <> ${holder}
      and scope = ${scope} and name = ${name} and (kind like '%-day' or kind like '%-month')`.execute(tx)
}
