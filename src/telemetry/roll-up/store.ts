/**
 * SQL of sums by hour and by day, and of what is read from them together with the requests of hours that have none.
 *
 * Invariant: an hour has a row in `usage_hours` only while its sums are those of its traces, and a day one in
 * `usage_whole_days` only while all its hours have theirs. Whatever changes a trace, whoever it is, takes the sums of its
 * hour away in the same transaction, by triggers of the table, and an hour that loses them takes those of its day along; so
 * nobody can forget it, and nothing of a person outlives their traces. A sum of an hour is made while nobody else can
 * write, one of a day while none of its hours can change.
 */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import { Apart, apartOf } from './apart.ts'

/** Sums of the requests of an hour that have all of these in common. */
export const UsageSum = z.object({
  hour: Instant,
  application: z.string().nullable(),
  keyId: z.string().nullable(),
  team: z.string().nullable(),
  user: z.string().nullable(),
  feature: z.string().nullable(),
  model: z.string().nullable(),
  release: z.string().nullable(),
  requests: z.number().int(),
  errors: z.number().int(),
  cancelled: z.number().int(),
  abstained: z.number().int(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  costMicroUsd: MicroUsd,
  priced: z.number().int(),
  unpriced: z.number().int(),
  unpricedTokens: z.number(),
  keptAnswers: z.number().int(),
  keptByMeaning: z.number().int(),
  savedMicroUsd: MicroUsd,
  savedUnpriced: z.number().int(),
  /** Of those that were answered whole; quantiles need them all. */
  latencies: z.array(z.number()),
})

/** What a provider read from its cache, and what answers saved that we kept. */
export type CountedCaches = Pick<
  z.infer<typeof UsageSum>,
  'cacheReadTokens' | 'keptAnswers' | 'keptByMeaning' | 'savedMicroUsd' | 'savedUnpriced'
>

const UsageDaySum = UsageSum.omit({ hour: true }).extend({ day: Instant, apart: Apart })

export const own = tablesOf({
  usageHours: z.object({ hour: Instant }),
  usageSums: UsageSum,
  usageWholeDays: z.object({ day: Instant }),
  usageDaySums: UsageDaySum,
})

/**
 * It used something, and nobody knows what that costs. What was refused before a model was asked used nothing. Asks only
 * for what stands in the index of applications.
 */
const IS_UNPRICED = sql`cost_micro_usd is null and (input_tokens > 0 or output_tokens > 0
  or (operation = 'image_generation' and status = 'complete'))`

const CACHE_READ = sql`case when charges <> '[]' then (select sum((charge->'usage'->>'cacheReadTokens')::numeric)
  from jsonb_array_elements(charges) charge) end`

/** A kept answer was given; migration `011-kept-answers` has an index of these, so that no other request's steps are read. */
const IS_KEPT = sql`steps @> '[{"id": "cache", "kind": "cache"}]'`
const KEPT = sql`(jsonb_path_query_first(steps, '$[*] ? (@.id == "cache" && @.kind == "cache")') -> 'attributes')`
/** What the answer had cost when it was made; null where that is not known. */
const SAVED = sql`(${KEPT} ->> 'airworthy.cache.saved_micro_usd')::numeric`
const IS_NEAR = sql`${KEPT} ->> 'airworthy.cache' = 'near'`

/** What requests can have in common, as a trace says it. */
const OF_TRACE = {
  application: sql`application`,
  keyId: sql`key_id`,
  team: sql`metadata->>'team'`,
  user: sql`"user"`,
  feature: sql`metadata->>'feature'`,
  model: sql`coalesce(served_by, requested_model)`,
  release: sql`release`,
  hour: sql`date_trunc('hour', at, 'UTC')`,
  day: sql`date_trunc('day', at, 'UTC')`,
} as const
export type UsageColumn = keyof typeof OF_TRACE

/** What a sum of an hour keeps apart. */
const { day: _, ...KEPT_APART } = OF_TRACE

const NAMES: Readonly<Record<UsageColumn, RawBuilder<unknown>>> = {
  application: sql`application`,
  keyId: sql`key_id`,
  team: sql`team`,
  user: sql`"user"`,
  feature: sql`feature`,
  model: sql`model`,
  release: sql`release`,
  hour: sql`hour`,
  day: sql`day`,
}
/** As a sum of an hour says it. */
const OF_HOUR = { ...NAMES, day: sql`date_trunc('day', hour, 'UTC')` }

/** Hours between two instants that lie in days with traces and have no sums, the newest first. */
export async function listOpenHours(
  db: Database,
  { from, before }: { from: Instant; before: Instant },
): Promise<Instant[]> {
  const { rows } = await sql<{ hour: Instant }>`
    select hour from generate_series(
      greatest(${from}::timestamptz, (select date_trunc('day', min(at), 'UTC') from traces)),
      ${before}::timestamptz - interval '1 hour', interval '1 hour') hours (hour)
    where not exists (select from usage_hours known where known.hour = hours.hour)
      and exists (select from traces where at >= date_trunc('day', hours.hour, 'UTC')
        and at < date_trunc('day', hours.hour, 'UTC') + interval '24 hours')
    order by hour desc`.execute(db)
  return rows.map(({ hour }) => hour)
}

/** Days whose hours all have sums, and that have none of their own, the newest first. */
export async function listOpenDays(db: Database): Promise<Instant[]> {
  const { rows } = await sql<{ day: Instant }>`
    select day from (
      select date_trunc('day', hour, 'UTC') as day from usage_hours group by 1 having count(*) = 24) whole
    where not exists (select from usage_whole_days known where known.day = whole.day) order by day desc`.execute(db)
  return rows.map(({ day }) => day)
}

/** Adds up an hour anew. Waits for those who write, and lets nobody write meanwhile: some tens of milliseconds. */
export async function sumUpHour(tx: Tx, hour: Instant): Promise<void> {
  await sql`lock table traces in share row exclusive mode`.execute(tx)
  await sql`delete from usage_sums where hour = ${hour}`.execute(tx)
  const columns = sql.join(Object.values(KEPT_APART))
  await sql`
    insert into usage_sums (application, key_id, team, "user", feature, model, release, hour, requests, errors, cancelled,
      abstained, input_tokens, output_tokens, cache_read_tokens, cost_micro_usd, priced, unpriced, unpriced_tokens,
      kept_answers, kept_by_meaning, saved_micro_usd, saved_unpriced, latencies)
    select ${columns}, count(*), count(*) filter (where status = 'errored'), count(*) filter (where status = 'cancelled'),
      count(*) filter (where abstained), coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0),
      coalesce(sum(${CACHE_READ}), 0), coalesce(sum(cost_micro_usd), 0), count(cost_micro_usd),
      count(*) filter (where ${IS_UNPRICED}),
      coalesce(sum(input_tokens + output_tokens) filter (where ${IS_UNPRICED}), 0),
      count(*) filter (where ${IS_KEPT}), count(*) filter (where ${IS_KEPT} and ${IS_NEAR}),
      coalesce(sum(${SAVED}) filter (where ${IS_KEPT}), 0), count(*) filter (where ${IS_KEPT} and ${SAVED} is null),
      coalesce(array_agg(latency_ms) filter (where status = 'complete'), '{}')
    from traces where at >= ${hour} and at < ${hour}::timestamptz + interval '1 hour'
    group by ${columns}`.execute(tx)
  await sql`insert into usage_hours (hour) values (${hour}) on conflict do nothing`.execute(tx)
}

/** Adds up a day from its hours. Who writes to one of them waits meanwhile; false when one has lost its sums. */
export async function sumUpDay(tx: Tx, day: Instant): Promise<boolean> {
  const isOfDay = sql`hour >= ${day} and hour < ${day}::timestamptz + interval '24 hours'`
  const { rows } = await sql`select hour from usage_hours where ${isOfDay} order by hour for update`.execute(tx)
  if (rows.length < 24) return false
  const columns = sql`application, key_id, team, "user", feature, model, release`
  const counts = sql.join(COUNTS.map((name) => sql.ref(name)))
  await sql`delete from usage_day_sums where day = ${day}`.execute(tx)
  await sql`
    insert into usage_day_sums (day, apart, ${columns}, ${counts}, latencies)
    select ${day}, case when grouping(key_id) = 0 then 'everything' when grouping(application) = 0 then 'application'
        when grouping(model) = 0 then 'model' else 'nothing' end, ${columns},
      ${sql.join(COUNTS.map((name) => sql`sum(${sql.ref(name)})`))},
      coalesce(array_agg(latency) filter (where latency is not null), '{}')
    from (
      select ${columns}, ${counts}, null::float8 as latency from usage_sums where ${isOfDay}
      union all
      select ${columns}, ${sql.join(COUNTS.map(() => sql`0`))}, unnest(latencies) from usage_sums where ${isOfDay}
    ) hours group by grouping sets ((${columns}), (application), (model), ()) having count(*) > 0`.execute(tx)
  await sql`insert into usage_whole_days (day) values (${day}) on conflict do nothing`.execute(tx)
  return true
}

const COUNTS = [
  ...['requests', 'errors', 'cancelled', 'abstained', 'input_tokens', 'output_tokens', 'cache_read_tokens'],
  ...['cost_micro_usd', 'priced', 'unpriced', 'unpriced_tokens'],
  ...['kept_answers', 'kept_by_meaning', 'saved_micro_usd', 'saved_unpriced'],
]

export type PiecesAsk = {
  readonly since: Instant
  readonly until: Instant | undefined
  /** Hours with sums lie from the first to the second. */
  readonly summed: { readonly from: Instant; readonly before: Instant }
  /** Only these are asked for, so that an index that has them is enough. */
  readonly columns: readonly UsageColumn[]
  readonly where: Readonly<Partial<Record<'application' | 'release' | 'model', string | undefined>>>
  /** Tokens that a provider read from its cache, and answers that we kept: the index of an application has neither. */
  readonly withCaches: boolean
}

/**
 * A table of sums and of single requests that together are all requests of a time, each once: whole days and hours that
 * have sums come from these, all else from the traces. For a `with` in one statement, so that all are of one moment:
 * `pieces` are added up; `answeredOf` gives the times of those that were answered whole, for quantiles. Who asks for
 * `hour` reads no days.
 */
export function piecesOf({ since, until, summed, columns, where, withCaches }: PiecesAsk) {
  const end = sql`coalesce(${until ?? null}::timestamptz, 'infinity')`
  const isWhole = sql`hour >= ${since}::timestamptz and hour + interval '1 hour' <= ${end}`
  const filters = (of: Readonly<Record<UsageColumn, RawBuilder<unknown>>>) =>
    sql.join(
      [
        sql`true`,
        ...(['application', 'release', 'model'] as const).flatMap((name) =>
          where[name] === undefined ? [] : [sql`${of[name]} = ${where[name]}`],
        ),
      ],
      sql` and `,
    )
  const named = (of: Readonly<Record<UsageColumn, RawBuilder<unknown>>>) =>
    sql.join(columns.map((column) => sql`${of[column]} as ${NAMES[column]}`))
  const { from, before } = summed
  const sums = sql`requests, errors, cancelled, abstained, input_tokens, output_tokens, cost_micro_usd, priced,
    unpriced, unpriced_tokens, cache_read_tokens, kept_answers, kept_by_meaning, saved_micro_usd, saved_unpriced,
    latencies, null::float8 as latency`
  const readsDays = !columns.includes('hour')
  const ofDays = readsDays
    ? sql`select ${named(NAMES)}, ${sums} from usage_day_sums
        where day = any(array(select day from whole_days)) and apart = ${apartOf({ columns, where })}
          and ${filters(NAMES)} union all`
    : sql``
  return sql`
    whole_days as (
      select day from usage_whole_days
      where ${sql.lit(readsDays)} and day >= greatest(${from}::timestamptz, ${since})
        and day + interval '24 hours' <= least(${before}::timestamptz, ${end})
    ),
    whole_hours as (
      select hour from usage_hours where ${isWhole} and hour >= ${from} and hour < ${before}
        and date_trunc('day', hour, 'UTC') not in (select day from whole_days)
    ),
    open_times as (
      select greatest(hour, ${since}::timestamptz) as begins, least(hour + interval '1 hour', ${end}) as ends
      from generate_series(
        greatest(${from}::timestamptz, date_trunc('hour', ${since}::timestamptz, 'UTC')),
        least(${before}::timestamptz, ${end}) - interval '1 millisecond', interval '1 hour') hours (hour)
      where not (${isWhole} and exists (select from usage_hours known where known.hour = hours.hour))
      union all
      select ${since}::timestamptz, least(${from}::timestamptz, ${end}) where ${since}::timestamptz < ${from}
      union all
      select greatest(${before}::timestamptz, ${since}), ${end} where ${before}::timestamptz < ${end}
    ),
    pieces as (
      ${ofDays}
      select ${named(OF_HOUR)}, ${sums} from usage_sums
      where hour = any(array(select hour from whole_hours)) and ${filters(NAMES)}
      union all
      select ${named(OF_TRACE)}, 1, (status = 'errored')::int, (status = 'cancelled')::int, abstained::int, input_tokens,
        output_tokens, coalesce(cost_micro_usd, 0), (cost_micro_usd is not null)::int, (${IS_UNPRICED})::int,
        case when ${IS_UNPRICED} then input_tokens + output_tokens else 0 end,
        ${withCaches ? sql`coalesce(${CACHE_READ}, 0)` : sql`0`}, 0, 0, 0, 0,
        null, case when status = 'complete' then latency_ms end
      from open_times join traces on at >= begins and at < ends
      where ${filters(OF_TRACE)}
      ${withCaches ? keptOf(sql`${named(OF_TRACE)}`, filters(OF_TRACE)) : sql``}
    )`
}

/** The kept answers among the single requests once more, as pieces that add nothing but what they saved. */
const keptOf = (named: RawBuilder<unknown>, isAsked: RawBuilder<unknown>) => sql`
      union all
      select ${named}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (${IS_NEAR})::int, coalesce(${SAVED}, 0),
        (${SAVED} is null)::int, null, null
      from open_times join traces on at >= begins and at < ends
      where ${IS_KEPT} and ${isAsked}`

/** Beside `piecesOf`; who needs no quantiles leaves it out, and saves most of the time. */
export function answeredOf({ columns }: Pick<PiecesAsk, 'columns'>) {
  const named = sql.join(columns.map((column) => NAMES[column]))
  return sql`
    answered as (
      select ${named}, latency from pieces where latency is not null
      union all
      select ${named}, unnest(latencies) from pieces where latencies is not null
    )`
}

/** The sums of pieces, under the names of `Counts`; quantiles are apart. */
export const SUMS = sql`coalesce(sum(requests), 0)::int as requests, coalesce(sum(errors), 0)::int as errors,
  coalesce(sum(cancelled), 0)::int as cancelled, coalesce(sum(abstained), 0)::int as abstained,
  coalesce(sum(input_tokens), 0)::float8 as input_tokens, coalesce(sum(output_tokens), 0)::float8 as output_tokens,
  coalesce(sum(cost_micro_usd), 0) as cost_micro_usd, coalesce(sum(priced), 0)::int as priced,
  coalesce(sum(unpriced), 0)::int as unpriced, coalesce(sum(unpriced_tokens), 0)::float8 as unpriced_tokens`

/** Of what a provider's cache and ours gave, which are asked for only with `withCaches`. */
export const CACHE_SUMS = sql`
  coalesce(sum(cache_read_tokens), 0)::float8 as cache_read_tokens, coalesce(sum(kept_answers), 0)::int as kept_answers,
  coalesce(sum(kept_by_meaning), 0)::int as kept_by_meaning, coalesce(sum(saved_micro_usd), 0) as saved_micro_usd,
  coalesce(sum(saved_unpriced), 0)::int as saved_unpriced`
