/** SQL of a person's data, and of data that is older than it may be. Candidates by pattern; the caller decides which are meant. */
import { sql } from 'kysely'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Feedback } from '../contract.ts'
import { openFeedback, openSpan, openTrace } from '../sealing/index.ts'
import type { TraceId } from '../settled.ts'
import { own, plainMoney } from '../store.ts'
import type { SpanRow, TraceRow } from '../trace-row.ts'

/** Patterns are a JSON list for `ilike`; the unit is the hash that stands for the user in `traces`. */
export type PersonQuery = {
  patterns: string
  user: string | null
  unit: string | null
  before: Instant
  after: string
  limit: number
  /** What is sealed cannot be looked into here: each such row is a candidate. */
  seal: ContentSeal | undefined
}

const anyOf = (patterns: string) => sql`any(array(select jsonb_array_elements_text(${patterns}::jsonb)))`

/** Traces that may be about a person, with their spans, in the order of their ids. */
export async function listPersonTraces(
  db: Database,
  { patterns, user, unit, before, after, limit, seal }: PersonQuery,
): Promise<{ trace: TraceRow; spans: SpanRow[] }[]> {
  const like = anyOf(patterns)
  const { rows } = await sql<{ traceId: TraceId }>`
    select trace_id from traces where trace_id > ${after} and at < ${before} and ("user" = ${user} or unit = ${unit}
      or sealed is not null or input::text ilike ${like} or output ilike ${like} or question ilike ${like} or metadata::text ilike ${like}
      or steps::text ilike ${like} or citations::text ilike ${like} or invalid_citations::text ilike ${like}
      or trace_id in (select trace_id from spans where sealed is not null or name ilike ${like} or attributes::text ilike ${like}
        or events::text ilike ${like} or meaning::text ilike ${like} or resource::text ilike ${like}
        or links::text ilike ${like} or status::text ilike ${like}))
    order by trace_id limit ${limit}`.execute(db)
  if (rows.length === 0) return []
  const ids = rows.map(({ traceId }) => traceId)
  const traces = await own(db).selectFrom('traces').selectAll().where('traceId', 'in', ids).orderBy('traceId').execute()
  const spans = await own(db).selectFrom('spans').selectAll().where('traceId', 'in', ids).orderBy('startNs').execute()
  return traces.map((trace) => ({
    trace: plainMoney(openTrace(trace, seal)),
    spans: spans.filter(({ traceId }) => traceId === trace.traceId).map((span) => openSpan(span, seal)),
  }))
}

/** Feedback that may be of or about a person, in the order of its ids. */
export async function listPersonFeedback(
  db: Database,
  { patterns, user, before, after, limit, traces, seal }: PersonQuery & { traces: readonly string[] },
): Promise<Feedback[]> {
  const like = anyOf(patterns)
  const rows = await own(db)
    .selectFrom('feedback')
    .selectAll()
    .where('id', '>', after as Feedback['id'])
    .where('at', '<', before)
    .where(
      sql<boolean>`("user" = ${user} or trace_id in (select jsonb_array_elements_text(${JSON.stringify(traces)}::jsonb))
        or sealed is not null or comment ilike ${like} or correction ilike ${like} or value::text ilike ${like})`,
    )
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => openFeedback(row, seal))
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
