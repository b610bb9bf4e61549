/**
 * SQL of telemetry. Traces and spans go in as one JSON text a batch, which the database takes apart: the thread
 * that owns the port neither parses nor binds them.
 */
import { sql } from 'kysely'
import type { ReleaseId } from '../core/release.ts'
import { microUsd, picoOf } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../store/database.ts'
import { Feedback, type TraceFilter, TraceSummary } from './contract.ts'
import type { TraceId } from './settled.ts'
import { SpanRow, TraceReference, TraceRow } from './trace-row.ts'

export const own = tablesOf({ traces: TraceRow, spans: SpanRow, feedback: Feedback })

const columnsOf = <Row>(schema: { shape: Row }) => Object.keys(schema.shape as object) as (keyof Row & string)[]

/** Adds settled events that are lines of JSON; those that are there already change nothing. Returns how many were new. */
export async function addTraces(db: Database, lines: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into traces (trace_id, span_id, source, at, organisation, key_id, application, stage, release,
      release_digest, arm, rollout, unit, subject_source, requested_model, served_by, provider, response_id, operation,
      stream, status, http_status, error_code, finish_reason, latency_ms, first_token_ms, overhead_ms, input_tokens,
      output_tokens, estimated, cost_micro_usd, price_book, abstained, question, citations, invalid_citations, input,
      output, steps, metadata, "user")
    select "traceId", "spanId", 'gateway', at, organisation, "keyId", application, stage, release,
      "releaseDigest", arm, nullif(rollout, 'null'), unit, "subjectSource", "requestedModel", "servedBy", provider,
      "responseId", operation, stream, status, "httpStatus", "errorCode", "finishReason", "latencyMs", "firstTokenMs",
      "overheadMs", (usage->>'inputTokens')::int, (usage->>'outputTokens')::int, (usage->>'estimated')::boolean,
      "costMicroUsd", nullif("priceBook", 'null'), abstained,
      left(coalesce((select turn->>'content' from jsonb_array_elements(input) with ordinality as turns(turn, n)
        where turn->>'role' = 'user' order by n desc limit 1), ''), 200),
      citations, "invalidCitations", input, output, steps, metadata, "user"
    from jsonb_to_recordset(${`[${lines.join(',')}]`}::jsonb) as event("traceId" text, "spanId" text, at timestamptz,
      organisation text, "keyId" text, application text, stage text, release text, "releaseDigest" text, arm text,
      rollout jsonb, unit text, "subjectSource" text, "requestedModel" text, "servedBy" text, provider text,
      "responseId" text, operation text, stream boolean, status text, "httpStatus" int, "errorCode" text,
      "finishReason" text, "latencyMs" float8, "firstTokenMs" float8, "overheadMs" float8, usage jsonb,
      "costMicroUsd" numeric, "priceBook" jsonb, abstained boolean, citations jsonb, "invalidCitations" jsonb,
      input jsonb, output text, steps jsonb, metadata jsonb, "user" text)
    on conflict (trace_id) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Adds spans (a JSON array of `SpanRow`) and sums their traces up anew; our own traces keep their row. */
export async function addSpans(tx: Tx, spans: string): Promise<void> {
  await sql`
    insert into spans (trace_id, span_id, organisation, application, parent_span_id, name, kind, start_ns, end_ns,
      status, attributes, events, resource, scope, links, meaning)
    select "traceId", "spanId", organisation, application, "parentSpanId", name, kind, "startNs", "endNs", status,
      attributes, events, resource, nullif(scope, 'null'), links, meaning
    from jsonb_to_recordset(${spans}::jsonb) as span("traceId" text, "spanId" text, organisation text,
      application text, "parentSpanId" text, name text, kind text, "startNs" numeric, "endNs" numeric, status jsonb,
      attributes jsonb, events jsonb, resource jsonb, scope jsonb, links jsonb, meaning jsonb)
    on conflict (trace_id, span_id) do nothing`.execute(tx)
  await sql`
    insert into traces (trace_id, span_id, source, at, organisation, application, unit, requested_model, served_by,
      provider, operation, stream, status, latency_ms, overhead_ms, input_tokens, output_tokens, estimated,
      cost_micro_usd, abstained, question, citations, invalid_citations, input, output, steps, metadata, "user")
    select trace_id, (array_agg(span_id order by parent_span_id nulls first, start_ns))[1], 'otlp',
      to_timestamp(min(start_ns) / 1000000000), min(organisation), min(application), '',
      coalesce(min(meaning->>'model'), ''), min(meaning->>'model'), min(meaning->>'provider'),
      (array_agg(name order by parent_span_id nulls first, start_ns))[1], false,
      case when bool_or(status->>'code' = 'error' and parent_span_id is null) then 'errored' else 'complete' end,
      ((max(end_ns) - min(start_ns)) / 1000000)::float8, 0,
      coalesce(${ofCalls('inputTokens')}, 0)::int, coalesce(${ofCalls('outputTokens')}, 0)::int, false,
      ${ofCalls('costMicroUsd')}, false,
      left(coalesce((array_agg(meaning->'messages'->0->>'content' order by start_ns)
        filter (where meaning->'messages' is not null))[1], ''), 200),
      '[]', '[]', '[]', '', '[]', '{}', min(meaning->>'user')
    from spans where trace_id in (select distinct "traceId" from jsonb_to_recordset(${spans}::jsonb) as span("traceId" text))
    group by trace_id
    on conflict (trace_id) do update set span_id = excluded.span_id, at = excluded.at,
      requested_model = excluded.requested_model, served_by = excluded.served_by, provider = excluded.provider,
      operation = excluded.operation, status = excluded.status, latency_ms = excluded.latency_ms,
      input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
      cost_micro_usd = excluded.cost_micro_usd, question = excluded.question, "user" = excluded."user"
    where traces.source = 'otlp'`.execute(tx)
}

/** Agents and chains repeat what the calls inside them used; they count only where no call says it. */
const ofCalls = (name: 'inputTokens' | 'outputTokens' | 'costMicroUsd') => {
  const amount = sql`sum((meaning->>${sql.lit(name)})::numeric)`
  return sql`coalesce(${amount} filter (where coalesce(meaning->>'operation', '') not in ('agent', 'chain', 'tool')), ${amount})`
}

export const findTrace = (db: Database | Tx, traceId: TraceId): Promise<TraceRow | undefined> =>
  own(db).selectFrom('traces').selectAll().where('traceId', '=', traceId).executeTakeFirst()

/** By the trace id, or by the id that the answer had. */
export const findReference = (
  db: Database | Tx,
  by: { trace: TraceId } | { response: string },
): Promise<TraceReference | undefined> => {
  const query = own(db).selectFrom('traces').select(columnsOf(TraceReference))
  return 'trace' in by
    ? query.where('traceId', '=', by.trace).executeTakeFirst()
    : query.where('responseId', '=', by.response).orderBy('at', 'desc').executeTakeFirst()
}

/** Which of these traces belong to somebody else than `application`. */
export const foreignTraces = async (
  db: Database | Tx,
  { traceIds, application }: { traceIds: readonly string[]; application: string },
): Promise<Set<string>> => {
  const rows = await own(db)
    .selectFrom('traces')
    .select('traceId')
    .where('traceId', 'in', traceIds)
    .where((where) => where.or([where('application', 'is', null), where('application', '!=', application)]))
    .execute()
  return new Set(rows.map((row) => row.traceId))
}

export type TraceCursor = { at: Instant; traceId: TraceId }

/** Newest first, at most `limit`, after the cursor. */
export async function listTraceRows(
  db: Database,
  { filter, cursor, limit }: { filter: TraceFilter; cursor: TraceCursor | undefined; limit: number },
): Promise<TraceSummary[]> {
  const { since, text, rollout, ...equal } = filter
  let query = own(db).selectFrom('traces').select(columnsOf(TraceSummary))
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | undefined][])
    if (value !== undefined) query = query.where(column, '=', value as never)
  if (rollout) query = query.where(sql<boolean>`rollout->>'id' = ${rollout}`)
  if (since) query = query.where('at', '>=', since)
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(
      sql<boolean>`(output ilike ${pattern} or exists (select from jsonb_array_elements(input) turn where turn->>'content' ilike ${pattern}))`,
    )
  }
  if (cursor) query = query.where(sql<boolean>`(at, trace_id) < (${cursor.at}::timestamptz, ${cursor.traceId})`)
  const rows = await query.orderBy('at', 'desc').orderBy('traceId', 'desc').limit(limit).execute()
  return rows.map(plainMoney)
}

export const spansOf = (db: Database, traceId: TraceId): Promise<SpanRow[]> =>
  own(db).selectFrom('spans').selectAll().where('traceId', '=', traceId).orderBy('startNs').execute()

export const addFeedback = async (tx: Tx, feedback: Feedback): Promise<void> => {
  await own(tx)
    .insertInto('feedback')
    .values({ ...feedback, value: json(feedback.value) })
    .execute()
}

/** All that was ever said about a trace, oldest first. */
export const feedbackOf = (db: Database, traceId: TraceId): Promise<Feedback[]> =>
  own(db).selectFrom('feedback').selectAll().where('traceId', '=', traceId).orderBy('id').execute()

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
  unpriced: number
  latencyP50Ms: number | null
  latencyP95Ms: number | null
}

/** One row by release and hour, and one with both null for all of them. */
export async function countUsage(
  db: Database,
  { application, since, release }: { application: string; since: Instant; release: ReleaseId | undefined },
): Promise<Counted[]> {
  const { rows } = await sql<Counted & { isTotal: number }>`
    select release, date_trunc('hour', at) as hour, grouping(date_trunc('hour', at)) as is_total,
      count(*)::int as requests,
      (count(*) filter (where status = 'errored'))::int as errors,
      (count(*) filter (where status = 'cancelled'))::int as cancelled,
      (count(*) filter (where abstained))::int as abstained,
      coalesce(sum(input_tokens), 0)::float8 as input_tokens, coalesce(sum(output_tokens), 0)::float8 as output_tokens,
      coalesce(sum(cost_micro_usd), 0) as cost_micro_usd,
      (count(*) filter (where cost_micro_usd is null))::int as unpriced,
      percentile_cont(0.5) within group (order by latency_ms) filter (where status = 'complete') as latency_p50_ms,
      percentile_cont(0.95) within group (order by latency_ms) filter (where status = 'complete') as latency_p95_ms
    from traces
    where application = ${application} and at >= ${since} and (${release ?? null}::text is null or release = ${release ?? null})
    group by grouping sets ((release, date_trunc('hour', at)), ())
    order by hour, release`.execute(db)
  return rows.map(({ isTotal, ...row }) => ({
    ...row,
    hour: isTotal === 1 ? null : row.hour,
    costMicroUsd: microUsd(picoOf(row.costMicroUsd)),
  }))
}

/** A `numeric` comes back with the zeros it was written with. */
export const plainMoney = <Row extends { costMicroUsd: TraceRow['costMicroUsd'] }>(row: Row): Row => ({
  ...row,
  costMicroUsd: row.costMicroUsd === null ? null : microUsd(picoOf(row.costMicroUsd)),
})

// A person's data, and data that is older than it may be. Candidates by pattern; the caller decides which are meant.

/** Patterns are a JSON list for `ilike`; the unit is the hash that stands for the user in `traces`. */
export type PersonQuery = {
  patterns: string
  user: string | null
  unit: string | null
  before: Instant
  after: string
  limit: number
}

const anyOf = (patterns: string) => sql`any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`

/** Traces that may be about a person, with their spans, in the order of their ids. */
export async function listPersonTraces(
  db: Database,
  { patterns, user, unit, before, after, limit }: PersonQuery,
): Promise<{ trace: TraceRow; spans: SpanRow[] }[]> {
  const like = anyOf(patterns)
  const { rows } = await sql<{ traceId: TraceId }>`
    select trace_id from traces where trace_id > ${after} and at < ${before} and ("user" = ${user} or unit = ${unit}
      or input::text ilike ${like} or output ilike ${like} or question ilike ${like} or metadata::text ilike ${like}
      or steps::text ilike ${like} or citations::text ilike ${like} or invalid_citations::text ilike ${like}
      or trace_id in (select trace_id from spans where name ilike ${like} or attributes::text ilike ${like}
        or events::text ilike ${like} or meaning::text ilike ${like} or resource::text ilike ${like}
        or links::text ilike ${like} or status::text ilike ${like}))
    order by trace_id limit ${limit}`.execute(db)
  if (rows.length === 0) return []
  const ids = rows.map(({ traceId }) => traceId)
  const traces = await own(db).selectFrom('traces').selectAll().where('traceId', 'in', ids).orderBy('traceId').execute()
  const spans = await own(db).selectFrom('spans').selectAll().where('traceId', 'in', ids).orderBy('startNs').execute()
  return traces.map((trace) => ({
    trace: plainMoney(trace),
    spans: spans.filter(({ traceId }) => traceId === trace.traceId),
  }))
}

/** Feedback that may be of or about a person, in the order of its ids. */
export async function listPersonFeedback(
  db: Database,
  { patterns, user, before, after, limit, traces }: PersonQuery & { traces: readonly string[] },
): Promise<Feedback[]> {
  const like = anyOf(patterns)
  return own(db)
    .selectFrom('feedback')
    .selectAll()
    .where('id', '>', after as Feedback['id'])
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or trace_id in (select jsonb_array_elements_text(${JSON.stringify(traces)}::jsonb))
        or comment ilike ${like} or correction ilike ${like} or value::text ilike ${like})`,
    )
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Takes traces away with their spans; returns how many there were. */
export async function removeTraces(tx: Tx, ids: readonly TraceId[]): Promise<number> {
  if (ids.length === 0) return 0
  await own(tx).deleteFrom('spans').where('traceId', 'in', ids).execute()
  const { numDeletedRows } = await own(tx).deleteFrom('traces').where('traceId', 'in', ids).executeTakeFirst()
  return Number(numDeletedRows)
}

export async function removeFeedback(tx: Tx, by: { ids: readonly Feedback['id'][] } | { traces: readonly TraceId[] }) {
  const [column, values] = 'ids' in by ? (['id', by.ids] as const) : (['traceId', by.traces] as const)
  if (values.length === 0) return 0
  const { numDeletedRows } = await own(tx)
    .deleteFrom('feedback')
    .where(column, 'in', values as never)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The oldest traces from before an instant: of an application, or (null) of none. */
export const listOldTraces = async (
  db: Database,
  { application, before, limit }: { application: string | null; before: Instant; limit: number },
): Promise<TraceId[]> => {
  const query = own(db).selectFrom('traces').select('traceId').where('at', '<', before)
  const rows = await (application === null
    ? query.where('application', 'is', null)
    : query.where('application', '=', application)
  )
    .orderBy('at')
    .limit(limit)
    .execute()
  return rows.map(({ traceId }) => traceId)
}
