/** SQL of usage, over the table of traces. */
import { type RawBuilder, sql } from 'kysely'
import type { ReleaseId } from '../../core/release.ts'
import type { Arm } from '../../core/rollout.ts'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import { microUsd, picoOf } from '../../kernel/money.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import {
  answeredOf,
  CACHE_SUMS,
  type CountedCaches,
  type PiecesAsk,
  piecesOf,
  SUMS,
  type UsageColumn,
} from '../roll-up/index.ts'
import { openQuestion } from '../sealing/index.ts'
import type { SeriesPoint } from '../series-contract.ts'
import { own } from '../store.ts'
import type { TraceCursor } from '../trace-cursor.ts'
import type { TraceRow } from '../trace-row.ts'
import type { UsageGroup } from '../usage-contract.ts'
import type { UsageAsk } from './usage-ask.ts'

export type Counted = {
  release: ReleaseId | null
  hour: Instant | null
  requests: number
  errors: number
  cancelled: number
  abstained: number
  inputTokens: number
  outputTokens: number
  costMicroUsd: string
  priced: number
  unpriced: number
  unpricedTokens: number
  latencyP50Ms: number | null
  latencyP95Ms: number | null
}

export type SummedHours = PiecesAsk['summed']

/** One row by release and hour, and one with both null for all of them. */
export async function countUsage(
  db: Database,
  ask: { application: string; since: Instant; release: ReleaseId | undefined; summed: SummedHours },
): Promise<Counted[]> {
  const { application, since, release, summed } = ask
  const groups = sql`release, hour`
  const { rows } = await sql<Counted & { isTotal: number }>`
    with ${piecesOf({
      ...{ since, until: undefined, summed, columns: ['release', 'hour'], withCaches: false },
      where: { application, release },
    })}, ${answeredOf({ columns: ['release', 'hour'] })},
    added as (
      select ${groups}, grouping(hour) as is_total, ${SUMS} from pieces group by grouping sets ((${groups}), ())
    ),
    ranked as (
      select ${groups}, grouping(hour) as is_total, ${QUANTILES} from answered
      group by grouping sets ((${groups}), ())
    )
    select added.*, quantiles[1] as latency_p50_ms, quantiles[2] as latency_p95_ms
    from added left join ranked on ranked.is_total = added.is_total
      and ranked.hour is not distinct from added.hour and ranked.release is not distinct from added.release
    order by hour, release`.execute(db)
  return rows.map(({ isTotal, ...row }) => ({
    ...row,
    hour: isTotal === 1 ? null : row.hour,
    costMicroUsd: microUsd(picoOf(row.costMicroUsd)),
  }))
}

const QUANTILES = sql`percentile_cont(array[0.5, 0.95]) within group (order by latency) as quantiles`

/** What each group is in a row, and which column of a sum says it. */
const GROUPS: Readonly<Record<UsageGroup, { of: UsageColumn; is: RawBuilder<unknown> }>> = {
  application: { of: 'application', is: sql`application` },
  key: { of: 'keyId', is: sql`key_id` },
  team: { of: 'team', is: sql`team` },
  user: { of: 'user', is: sql`"user"` },
  feature: { of: 'feature', is: sql`feature` },
  model: { of: 'model', is: sql`model` },
  release: { of: 'release', is: sql`release` },
  day: { of: 'day', is: sql`to_char(day at time zone 'UTC', 'YYYY-MM-DD')` },
}

export type CountedBy = Omit<Counted, 'release' | 'hour'> &
  CountedCaches & { isTotal: boolean; groups: (string | null)[] }

/** The dearest first, then those with the most requests; the total is the first row of all. */
export async function countUsageBy(
  db: Database,
  ask: UsageAsk & { summed: SummedHours; withLatencies: boolean },
): Promise<CountedBy[]> {
  const { by, since, until, summed, application, release, model } = ask
  const columns = sql.join(by.map((group) => GROUPS[group].is))
  const totals = sql.join(
    by.map((group) => sql`grouping(${GROUPS[group].is})`),
    sql` + `,
  )
  const sets = sql`grouping sets ((${columns}), ())`
  const named = [...new Set(by.map((group) => GROUPS[group].of))]
  const ranked = ask.withLatencies
    ? sql`, ${answeredOf({ columns: named })},
    ranked as (
      select ${totals} as totals, jsonb_build_array(${columns}) as groups, ${QUANTILES}
      from answered group by ${sets}
    )
    select added.*, quantiles[1] as latency_p50_ms, quantiles[2] as latency_p95_ms
    from added left join ranked on ranked.totals = added.totals and ranked.groups = added.groups`
    : sql` select added.*, null::float8 as latency_p50_ms, null::float8 as latency_p95_ms from added`
  const { rows } = await sql<CountedBy & { totals: number }>`
    with ${piecesOf({
      ...{ since, until, summed, columns: named, withCaches: true },
      where: { application, release, model },
    })},
    added as (
      select ${totals} as totals, jsonb_build_array(${columns}) as groups, ${SUMS}, ${CACHE_SUMS}
      from pieces group by ${sets}
      order by totals desc, cost_micro_usd desc, requests desc, groups limit ${ask.limit + 1}
    )${ranked}
    order by totals desc, cost_micro_usd desc, requests desc, groups`.execute(db)
  return rows.map(({ totals, ...row }) => ({
    ...row,
    isTotal: totals > 0,
    costMicroUsd: microUsd(picoOf(row.costMicroUsd)),
    savedMicroUsd: microUsd(picoOf(row.savedMicroUsd)),
  }))
}

export type ChargedRow = Pick<TraceRow, 'traceId' | 'at' | 'application' | 'costMicroUsd' | 'priceBook' | 'charges'>

/** Requests that asked a model, newest first; what is kept of their charges beside what they cost then. */
export function listCharged(
  db: Database,
  ask: Pick<UsageAsk, 'since' | 'until' | 'application' | 'limit'> & { cursor: TraceCursor | undefined },
): Promise<ChargedRow[]> {
  let query = own(db)
    .selectFrom('traces')
    .select(['traceId', 'at', 'application', 'costMicroUsd', 'priceBook', 'charges'])
    .where('at', '>=', ask.since)
    .where('at', '<', ask.until)
    .where(sql<boolean>`charges <> '[]'`)
  if (ask.application !== undefined) query = query.where('application', '=', ask.application)
  if (ask.cursor)
    query = query.where(sql<boolean>`(at, trace_id) < (${ask.cursor.at}::timestamptz, ${ask.cursor.traceId})`)
  return query.orderBy('at', 'desc').orderBy('traceId', 'desc').limit(ask.limit).execute()
}

export type CountedTraffic = {
  units: number
  requests: number
  errors: number
  abstained: number
  firstAt: Instant | null
  lastAt: Instant | null
  logLatency: number | null
  logLatencySpread: number | null
  cost: number | null
  costSpread: number | null
  logCost: number | null
  logCostSpread: number | null
}

/** How a stage was used lately: who came, what failed, how long and how dear it was. Latencies under 50 ms count as 50. */
export async function countTraffic(
  db: Database,
  { application, stage, since }: { application: string; stage: string; since: Instant },
): Promise<CountedTraffic | undefined> {
  const { rows } = await sql<CountedTraffic>`
    select count(distinct unit)::int as units, count(*)::int as requests,
      (count(*) filter (where status = 'errored'))::int as errors,
      (count(*) filter (where abstained))::int as abstained, min(at) as first_at, max(at) as last_at,
      avg(ln(greatest(latency_ms, 50))) as log_latency, stddev_samp(ln(greatest(latency_ms, 50))) as log_latency_spread,
      avg(cost_micro_usd)::float8 as cost, stddev_samp(cost_micro_usd)::float8 as cost_spread,
      avg(ln(greatest(cost_micro_usd, 0.001)))::float8 as log_cost,
      stddev_samp(ln(greatest(cost_micro_usd, 0.001)))::float8 as log_cost_spread
    from traces
    where application = ${application} and stage = ${stage} and at >= ${since} and status <> 'cancelled'
      and metadata->>'traffic' is distinct from 'probe'`.execute(db)
  return rows[0]
}

export type QuestionsAsk = { application: string; stage: string; since: Instant; limit: number }

/** What was asked in a stage, the newest first; probes are none. */
export async function listQuestions(
  db: Database,
  { application, stage, since, limit }: QuestionsAsk,
  seal: ContentSeal | undefined,
): Promise<string[]> {
  const { rows } = await sql<{ traceId: string; question: string; isSealed: boolean }>`
    select trace_id, question, sealed is not null as is_sealed from traces
    where application = ${application} and stage = ${stage} and at >= ${since} and question <> ''
      and metadata->>'traffic' is distinct from 'probe'
    order by at desc limit ${limit}`.execute(db)
  return rows.map((row) => openQuestion(row, seal).question)
}

export type SessionsOfDay = { day: string; release: ReleaseId; requests: number; sessions: number }

/** Sessions in a stage by day and release, oldest first: a session is one subject on one day, and probes are none. */
export async function countSessions(
  db: Database,
  { application, stage, since }: { application: string; stage: string; since: Instant },
): Promise<SessionsOfDay[]> {
  const { rows } = await sql<SessionsOfDay>`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, release, count(*)::int as requests,
      count(distinct unit)::int as sessions
    from traces
    where application = ${application} and stage = ${stage} and at >= ${since} and release is not null
      and status = 'complete' and metadata->>'traffic' is distinct from 'probe'
    group by 1, 2 order by 1, 2`.execute(db)
  return rows
}

export type UsersOfWeek = { from: string; users: number; requests: number }

/** Weeks by their Monday, oldest first: different subjects of answered requests, and probes are none. */
export async function countUsersByWeek(
  db: Database,
  { application, since }: { application: string; since: Instant },
): Promise<UsersOfWeek[]> {
  const { rows } = await sql<UsersOfWeek>`
    select to_char(date_trunc('week', at at time zone 'UTC'), 'YYYY-MM-DD') as from, count(distinct unit)::int as users,
      count(*)::int as requests
    from traces
    where application = ${application} and at >= ${since} and status = 'complete'
      and metadata->>'traffic' is distinct from 'probe'
    group by 1 order by 1`.execute(db)
  return rows
}

export type CountedSatisfaction = { application: string; good: number; n: number }

/** Of each user's last word on an answer since then, by application: how many, and how many of them were good. */
export async function countSatisfaction(
  db: Database,
  { application, since }: { application: string | undefined; since: Instant },
): Promise<CountedSatisfaction[]> {
  const { rows } = await sql<CountedSatisfaction>`
    select application, count(*)::int as n,
      (count(*) filter (where case jsonb_typeof(value)
        when 'boolean' then value::boolean
        when 'number' then value::numeric >= 0.5
        else false end))::int as good
    from (
      select distinct on (trace_id, "user") application, value from feedback
      where ${application === undefined ? sql`application is not null` : sql`application = ${application}`}
        and name = 'helpful' and at >= ${since}
      order by trace_id, "user", id desc
    ) last group by application`.execute(db)
  return rows
}

export type CountedStretch = Omit<SeriesPoint, 'at' | 'costMicroUsd'> & {
  release: ReleaseId
  arm: Arm | null
  /** Counted from the beginning. */
  stretch: number
  costMicroUsd: string
}

/** By release, arm and stretch, in the order of time; probes are no traffic. */
export async function countSeries(
  db: Database,
  ask: {
    application: string
    stage?: string | undefined
    rollout?: string | undefined
    since: Instant
    until: Instant
    stepMs: number
  },
): Promise<CountedStretch[]> {
  const { application, stage, rollout, since, until, stepMs } = ask
  const { rows } = await sql<CountedStretch>`
    select release, arm,
      floor(extract(epoch from at - ${since}::timestamptz) * 1000 / ${stepMs}::float8)::int as stretch,
      count(*)::int as requests, count(distinct unit)::int as users,
      (count(*) filter (where status = 'errored'))::int as errors,
      (count(*) filter (where finish_reason = 'refusal'))::int as refused,
      (count(*) filter (where finish_reason in ('filtered', 'content_filter')
        or jsonb_path_exists(steps, '$[*] ? (@.kind == "guardrail" && @.attributes."airworthy.guardrail.verdict" != "passed")')
      ))::int as guard_hits,
      (count(*) filter (where abstained))::int as abstained,
      percentile_cont(0.5) within group (order by latency_ms) filter (where status = 'complete') as latency_p50_ms,
      percentile_cont(0.95) within group (order by latency_ms) filter (where status = 'complete') as latency_p95_ms,
      percentile_cont(0.5) within group (order by first_token_ms) filter (where stream) as first_token_p50_ms,
      coalesce(sum(cost_micro_usd), 0) as cost_micro_usd, count(cost_micro_usd)::int as priced
    from traces
    where application = ${application} and at >= ${since} and at < ${until} and release is not null
      ${stage === undefined ? sql`` : sql`and stage = ${stage}`}
      ${rollout === undefined ? sql`` : sql`and rollout->>'id' = ${rollout}`}
      and metadata->>'traffic' is distinct from 'probe'
    group by release, arm, stretch order by release, arm, stretch`.execute(db)
  return rows
}
