/**
 * SQL of telemetry. Traces and spans go in as one text a batch, which the database takes apart: the thread
 * that owns the port neither parses nor binds them.
 */
import { CompiledQuery, sql } from 'kysely'
import type { ContentSeal } from '../kernel/content-seal.ts'
import { microUsd, picoOf } from '../kernel/money.ts'
import { type Database, type Tx, tablesOf } from '../store/database.ts'
import { type TraceFilter, TraceSummary } from './contract.ts'
import type { SpanBatch } from './otlp-batch.ts'
import { shortened } from './question.ts'
import { closeSum, openQuestion, openSaid, openSpan, openTrace } from './sealing/index.ts'
import type { TraceId } from './settled.ts'
import { COPY_SPANS } from './span-lines.ts'
import { COPY_TRACES, type TraceCopy } from './trace-copies.ts'
import type { TraceCursor } from './trace-cursor.ts'
import { KeptFeedback, KeptSpan, KeptTrace, type SpanRow, TraceReference, type TraceRow } from './trace-row.ts'

export const own = tablesOf({ traces: KeptTrace, spans: KeptSpan, feedback: KeptFeedback })

const columnsOf = <Row>(schema: { shape: Row }) => Object.keys(schema.shape as object) as (keyof Row & string)[]

/** Adds settled events that are lines of JSON; those that are there already change nothing. Returns how many were new. */
export async function addTraces(db: Database, lines: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into traces (trace_id, span_id, source, at, organisation, key_id, application, stage, release,
      release_digest, arm, rollout, unit, subject_source, requested_model, served_by, provider, response_id, operation,
      stream, status, http_status, error_code, finish_reason, latency_ms, first_token_ms, overhead_ms, input_tokens,
      output_tokens, estimated, cost_micro_usd, price_book, abstained, question, citations, invalid_citations, input,
      output, steps, metadata, "user", charges, remote_parent, sealed)
    select "traceId", "spanId", 'gateway', at, organisation, "keyId", application, stage, release,
      "releaseDigest", arm, nullif(rollout, 'null'), unit, "subjectSource", "requestedModel", "servedBy", provider,
      "responseId", operation, stream, status, "httpStatus", "errorCode", "finishReason", "latencyMs", "firstTokenMs",
      "overheadMs", (usage->>'inputTokens')::int, (usage->>'outputTokens')::int, (usage->>'estimated')::boolean,
      "costMicroUsd", nullif("priceBook", 'null'), abstained,
      coalesce(question, left(coalesce((select turn->>'content' from jsonb_array_elements(input) with ordinality as turns(turn, n)
        where turn->>'role' = 'user' order by n desc limit 1), ''), 200)),
      citations, "invalidCitations", input, output, steps, metadata, "user", coalesce(charges, '[]'),
      nullif("remoteParent", 'null'), sealed
    from jsonb_to_recordset(${`[${lines.join(',')}]`}::jsonb) as event("traceId" text, "spanId" text, at timestamptz,
      organisation text, "keyId" text, application text, stage text, release text, "releaseDigest" text, arm text,
      rollout jsonb, unit text, "subjectSource" text, "requestedModel" text, "servedBy" text, provider text,
      "responseId" text, operation text, stream boolean, status text, "httpStatus" int, "errorCode" text,
      "finishReason" text, "latencyMs" float8, "firstTokenMs" float8, "overheadMs" float8, usage jsonb,
      "costMicroUsd" numeric, "priceBook" jsonb, abstained boolean, citations jsonb, "invalidCitations" jsonb,
      input jsonb, output text, steps jsonb, metadata jsonb, "user" text, charges jsonb,
      "remoteParent" jsonb, question text, sealed text)
    on conflict (trace_id) do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Adds settled events. Throws a `unique_violation`, and adds none, when one of them is there already. */
export async function copyTraces(db: Database, { bytes }: TraceCopy): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(COPY_TRACES, [bytes]))
}

/**
 * Marks pages that everybody may see, so that usage is read from the index alone. Cheap when it comes often: only pages
 * that were written since are looked at. The embedded engine does none of it by itself.
 */
export async function tidyTraces(db: Database): Promise<void> {
  await sql`vacuum (truncate false) traces`.execute(db)
}

/**
 * Adds spans that are not there. A trace that is new takes its sum as given, one that has a row is summed up anew, unless
 * it is our own. Rows are written in the order of their ids, so that two that write the same trace wait for each other
 * and never in a circle. Throws a `unique_violation` when a span is there already.
 */
export async function addSpans(
  tx: Tx,
  { traceIds, lines, sums }: SpanBatch,
  seal: ContentSeal | undefined,
): Promise<void> {
  if (lines.length > 0) await tx.executeQuery(CompiledQuery.raw(COPY_SPANS, [lines]))
  const { rows } = await sql<{ traceId: string }>`
    insert into traces (trace_id, span_id, source, at, organisation, application, unit, requested_model, served_by,
      provider, operation, stream, status, latency_ms, overhead_ms, input_tokens, output_tokens, estimated,
      cost_micro_usd, abstained, question, citations, invalid_citations, input, output, steps, metadata, "user", sealed)
    select "traceId", "spanId", 'otlp', at, organisation, application, '', "requestedModel", "servedBy", provider,
      operation, false, status, "latencyMs", 0, "inputTokens", "outputTokens", false, "costMicroUsd", false, question,
      '[]', '[]', '[]', '', '[]', '{}', "user", sealed
    from json_to_recordset(${sums}::json) as sum("traceId" text, "spanId" text, at timestamptz, organisation text,
      application text, "requestedModel" text, "servedBy" text, provider text, operation text, status text,
      "latencyMs" float8, "inputTokens" int, "outputTokens" int, "costMicroUsd" numeric, question text, "user" text,
      sealed text)
    on conflict (trace_id) do nothing returning trace_id`.execute(tx)
  if (rows.length === traceIds.length) return
  const isNew = new Set(rows.map(({ traceId }) => traceId))
  const known = traceIds.filter((traceId) => !isNew.has(traceId))
  await sumUpAnew(tx, known)
  if (seal) await askAnew(tx, known, seal)
}

/** The spans that these traces have, as `traceId spanId`. */
export async function knownSpans(db: Database, traceIds: readonly string[]): Promise<Set<string>> {
  const rows = await own(db)
    .selectFrom('spans')
    .select(['traceId', 'spanId'])
    .where('traceId', 'in', traceIds)
    .execute()
  return new Set(rows.map(({ traceId, spanId }) => `${traceId} ${spanId}`))
}

/**
 * The rules of `trace-sum.ts`, over all spans of each trace. The rows are locked by a statement of its own: the next
 * one then sees what those who held them before have added.
 */
async function sumUpAnew(tx: Tx, traceIds: readonly string[]): Promise<void> {
  const known = sql`${traceIds}::text[]`
  await sql`select from traces where trace_id = any(${known}) order by trace_id for update`.execute(tx)
  await sql`
    update traces set span_id = sum.span_id, at = sum.at, application = sum.application,
      requested_model = coalesce(sum.model, ''), served_by = sum.model, provider = sum.provider,
      operation = sum.operation, status = sum.status, latency_ms = sum.latency_ms, input_tokens = sum.input_tokens,
      output_tokens = sum.output_tokens, cost_micro_usd = sum.cost_micro_usd, question = sum.question, "user" = sum."user", sealed = null
    from (select trace_id, (array_agg(span_id order by ${ROOT_FIRST}))[1] as span_id,
        to_timestamp(floor(min(start_ns) / 1000000) / 1000) as at, min(application collate "C") as application,
        ${leastWord('model')} as model, ${leastWord('provider')} as provider, ${leastWord('user')} as "user",
        (array_agg(name order by ${ROOT_FIRST}))[1] as operation,
        case when bool_or(status->>'code' = 'error' and parent_span_id is null) then 'errored' else 'complete' end as status,
        ((max(end_ns) - min(start_ns)) / 1000000)::float8 as latency_ms,
        least(coalesce(${ofCalls('inputTokens')}, 0), 2147483647)::int as input_tokens,
        least(coalesce(${ofCalls('outputTokens')}, 0), 2147483647)::int as output_tokens,
        ${ofCalls('costMicroUsd')} as cost_micro_usd,
        left(coalesce((array_agg(meaning->'messages'->0->>'content' order by start_ns, span_id)
          filter (where meaning->'messages' is not null))[1], ''), 200) as question
      from spans where trace_id = any(${known}) group by trace_id) sum
    where traces.trace_id = sum.trace_id and traces.source = 'otlp'`.execute(tx)
}

/** The question stands in the first span that says one, which may be sealed. */
async function askAnew(tx: Tx, traceIds: readonly string[], seal: ContentSeal): Promise<void> {
  const { rows } = await sql<SpanRow & { sealed: string | null }>`
    select distinct on (trace_id) * from spans
    where trace_id = any(${traceIds}::text[]) and meaning->'messages' is not null
    order by trace_id, start_ns, span_id`.execute(tx)
  for (const row of rows) {
    if (row.sealed === null && !seal.isOn) continue
    const question = shortened(openSpan(row, seal).meaning.messages?.[0]?.content ?? '')
    const { traceId } = row
    const asked = closeSum({ traceId, question }, seal)
    await own(tx)
      .updateTable('traces')
      .set({ question: asked.question, sealed: asked.sealed })
      .where('traceId', '=', traceId)
      .where('source', '=', 'otlp')
      .execute()
  }
}

const ROOT_FIRST = sql`parent_span_id is not null, start_ns, span_id`

const leastWord = (name: 'model' | 'provider' | 'user') => sql`min((meaning->>${sql.lit(name)}) collate "C")`

/** Agents and chains repeat what the calls inside them used; they count only where no call says it. */
const ofCalls = (name: 'inputTokens' | 'outputTokens' | 'costMicroUsd') => {
  const amount = sql`sum((meaning->>${sql.lit(name)})::numeric)`
  return sql`coalesce(${amount} filter (where coalesce(meaning->>'operation', '') not in ('agent', 'chain', 'tool')), ${amount})`
}

export async function findTrace(
  db: Database | Tx,
  traceId: TraceId,
  seal?: ContentSeal,
): Promise<TraceRow | undefined> {
  const row = await own(db).selectFrom('traces').selectAll().where('traceId', '=', traceId).executeTakeFirst()
  return row && openTrace(row, seal)
}

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

export type TraceQuery = { filter: Omit<TraceFilter, 'text'>; cursor: TraceCursor | undefined; limit: number }

/** Newest first, at most `limit`, after the cursor. */
export async function listTraceRows(
  db: Database,
  query: TraceQuery,
  seal: ContentSeal | undefined,
): Promise<TraceSummary[]> {
  const rows = await newestOf(db, query).select(columnsOf(TraceSummary)).select(IS_SEALED.as('isSealed')).execute()
  return rows.map((row) => plainMoney(openQuestion(row, seal)))
}

export const IS_SEALED = sql<boolean>`(sealed is not null)`

/**
 * Looks for a text in the `limit` newest after the cursor, and tells how far that was: `lookedTo` is the last of them,
 * undefined when there are no more. What is sealed is opened here, because the database cannot look into it.
 */
export async function lookThrough(
  db: Database,
  { text, ...query }: TraceQuery & { text: string },
  seal: ContentSeal | undefined,
): Promise<{ found: TraceSummary[]; lookedTo: TraceCursor | undefined }> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const isSaid = sql<boolean>`(output ilike ${pattern}
    or exists (select from jsonb_array_elements(input) turn where turn->>'content' ilike ${pattern}))`
  const columns = columnsOf(TraceSummary)
  const looked = newestOf(db, query).select([...columns, 'output', 'input', 'sealed'])
  const rows = await own(db)
    .with('looked', () => looked)
    .with('judged', (all) =>
      all
        .selectFrom('looked')
        .select(columns)
        .select('sealed')
        .select([
          isSaid.as('isFound'),
          sql<number>`row_number() over (order by at desc, trace_id desc)`.as('place'),
          sql<number>`count(*) over ()`.as('many'),
        ]),
    )
    .selectFrom('judged')
    .selectAll()
    .where(sql<boolean>`is_found or sealed is not null or place = many`)
    .orderBy('place')
    .execute()
  const last = rows.at(-1)
  return {
    found: rows.flatMap(({ isFound, place: _, many: __, sealed, ...row }) =>
      isFound || (sealed !== null && isSaidIn(row.traceId, sealed, { text, seal }))
        ? plainMoney(openQuestion({ ...row, isSealed: sealed !== null }, seal))
        : [],
    ),
    lookedTo: last && Number(last.many) === query.limit ? { at: last.at, traceId: last.traceId } : undefined,
  }
}

/** As `ilike` would find it. */
function isSaidIn(
  traceId: string,
  sealed: string,
  { text, seal }: { text: string; seal: ContentSeal | undefined },
): boolean {
  const { input = [], output = '' } = openSaid(traceId, sealed, seal)
  const sought = text.toLowerCase()
  return [output, ...input.map(({ content }) => content)].some((said) => said.toLowerCase().includes(sought))
}

function newestOf(db: Database, { filter, cursor, limit }: TraceQuery) {
  const { since, until, rollout, key, model, team, feature, ...equal } = filter
  let query = own(db).selectFrom('traces')
  if (until) query = query.where('at', '<', until)
  if (key) query = query.where('keyId', '=', key)
  if (model) query = query.where('servedBy', '=', model)
  if (team) query = query.where(sql<boolean>`metadata->>'team' = ${team}`)
  if (feature) query = query.where(sql<boolean>`metadata->>'feature' = ${feature}`)
  for (const [column, value] of Object.entries(equal) as [keyof typeof equal, string | undefined][])
    if (value !== undefined) query = query.where(column, '=', value as never)
  if (rollout) query = query.where(sql<boolean>`rollout->>'id' = ${rollout}`)
  if (since) query = query.where('at', '>=', since)
  if (cursor) query = query.where(sql<boolean>`(at, trace_id) < (${cursor.at}::timestamptz, ${cursor.traceId})`)
  return query.orderBy('at', 'desc').orderBy('traceId', 'desc').limit(limit)
}

export async function spansOf(db: Database, traceId: TraceId, seal: ContentSeal | undefined): Promise<SpanRow[]> {
  const rows = await own(db).selectFrom('spans').selectAll().where('traceId', '=', traceId).orderBy('startNs').execute()
  return rows.map((row) => openSpan(row, seal))
}

/** A `numeric` comes back with the zeros it was written with. */
export const plainMoney = <Row extends { costMicroUsd: TraceRow['costMicroUsd'] }>(row: Row): Row => ({
  ...row,
  costMicroUsd: row.costMicroUsd === null ? null : microUsd(picoOf(row.costMicroUsd)),
})
