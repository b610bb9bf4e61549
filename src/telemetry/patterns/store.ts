/** SQL of usage patterns: what was asked in a period, and how many asked on each day. Probes and what was cancelled are none. */
import { type RawBuilder, sql } from 'kysely'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { openQuestion } from '../sealing/index.ts'

export type PeriodAsk = { readonly application: string; readonly since: Instant; readonly until: Instant }

export type AskedRequest = {
  readonly question: string
  /** The subject, hashed. */
  readonly unit: string
  readonly failed: boolean
  readonly abstained: boolean
  /** The last word of its users, where all agree; null without one. */
  readonly helpful: boolean | null
  readonly stage: string | null
  readonly feature: string | null
  readonly team: string | null
}

export type AskedOnDay = { readonly day: string; readonly requests: number; readonly users: number }

const isAsked = ({ application, since, until }: PeriodAsk): RawBuilder<boolean> => sql<boolean>`
  application = ${application} and at >= ${since} and at < ${until} and question <> ''
    and metadata->>'traffic' is distinct from 'probe' and status <> 'cancelled'`

/** The newest first. */
export async function listAsked(
  db: Database,
  ask: PeriodAsk & { limit: number },
  seal: ContentSeal | undefined,
): Promise<AskedRequest[]> {
  const { rows } = await sql<AskedRequest & { traceId: string; isSealed: boolean }>`
    select trace_id, question, sealed is not null as is_sealed, unit, status = 'errored' as failed, abstained, stage,
      metadata->>'feature' as feature, metadata->>'team' as team,
      (select bool_and(case jsonb_typeof(value)
          when 'boolean' then value::boolean when 'number' then value::numeric >= 0.5 end)
        from (select distinct on ("user") value from feedback
          where feedback.trace_id = traces.trace_id and name = 'helpful' order by "user", id desc) last) as helpful
    from traces where ${isAsked(ask)}
    order by at desc, trace_id desc limit ${ask.limit}`.execute(db)
  return rows.map((row) => {
    const { traceId: _, ...asked } = openQuestion(row, seal)
    return asked
  })
}

/** Days of UTC on which somebody asked, the oldest first. */
export async function countAskedByDay(db: Database, ask: PeriodAsk): Promise<AskedOnDay[]> {
  const { rows } = await sql<AskedOnDay>`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*)::int as requests,
      count(distinct unit)::int as users
    from traces where ${isAsked(ask)} group by 1 order by 1`.execute(db)
  return rows
}

/** All of a period, whether or not they are listed. */
export async function countAskedIn(db: Database, ask: PeriodAsk): Promise<{ requests: number; users: number }> {
  const { rows } = await sql<{ requests: number; users: number }>`
    select count(*)::int as requests, count(distinct unit)::int as users from traces where ${isAsked(ask)}`.execute(db)
  return rows[0] ?? { requests: 0, users: 0 }
}
