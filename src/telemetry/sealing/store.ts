/** SQL of sealing: the content key, and rows from before that are in clear. */
import { sql } from 'kysely'
import { z } from 'zod'
import { Instant } from '../../kernel/time.ts'
import { type Database, type Tx, tablesOf } from '../../store/database.ts'
import type { Feedback } from '../contract.ts'
import type { SpanRow, TraceRow } from '../trace-row.ts'
import type { ResponseContent, Sealed } from './sealed-rows.ts'

const ContentKey = z.object({
  organisation: z.string(),
  /** Sealed under the master key. */
  wrapped: z.string(),
  /** Nothing is in clear any more, of before either. */
  isComplete: z.boolean(),
  createdAt: Instant,
})
type ContentKey = z.infer<typeof ContentKey>

export const own = tablesOf({ contentKeys: ContentKey })

/** One that is there already stays. */
export async function addContentKey(db: Database, row: ContentKey): Promise<void> {
  await own(db)
    .insertInto('contentKeys')
    .values(row)
    .onConflict((conflict) => conflict.column('organisation').doNothing())
    .execute()
}

export const findContentKey = (db: Database, organisation: string): Promise<ContentKey | undefined> =>
  own(db).selectFrom('contentKeys').selectAll().where('organisation', '=', organisation).executeTakeFirst()

export const listContentKeys = (tx: Tx): Promise<ContentKey[]> =>
  own(tx).selectFrom('contentKeys').selectAll().execute()

export async function setWrapped(tx: Tx, organisation: string, wrapped: string): Promise<void> {
  await own(tx).updateTable('contentKeys').set({ wrapped }).where('organisation', '=', organisation).execute()
}

export async function setComplete(db: Database, organisation: string, isComplete: boolean): Promise<void> {
  await own(db).updateTable('contentKeys').set({ isComplete }).where('organisation', '=', organisation).execute()
}

type ClearResponse = ResponseContent & { id: string }

/** Rows in clear, in an order in which few hours are touched at once: a change takes the sums of its hour away. */
export async function listClearTraces(
  db: Database,
  after: Pick<TraceRow, 'at' | 'traceId'> | undefined,
  limit: number,
): Promise<TraceRow[]> {
  const from = after ? sql`and (at, trace_id) > (${after.at}::timestamptz, ${after.traceId})` : sql``
  const { rows } = await sql<Sealed<TraceRow>>`
    select * from traces where sealed is null and (source = 'gateway' or question <> '') ${from}
    order by at, trace_id limit ${limit}`.execute(db)
  return rows.map(({ sealed: _, ...row }) => row)
}

export async function sealTraces(db: Database, rows: readonly Sealed<TraceRow>[]): Promise<void> {
  await sql`
    update traces set question = row.question, input = '[]', output = '', citations = '[]', invalid_citations = '[]',
      steps = row.steps, sealed = row.sealed
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ traceId, question, steps, sealed }) => ({ traceId, question, steps, sealed })))}::jsonb)
      as row("traceId" text, question text, steps jsonb, sealed text)
    where traces.trace_id = row."traceId" and traces.sealed is null`.execute(db)
}

export async function listClearSpans(
  db: Database,
  after: Pick<SpanRow, 'traceId' | 'spanId'> | undefined,
  limit: number,
): Promise<SpanRow[]> {
  const from = after ? sql`and (trace_id, span_id) > (${after.traceId}, ${after.spanId})` : sql``
  const { rows } = await sql<Sealed<SpanRow>>`
    select * from spans where sealed is null ${from} order by trace_id, span_id limit ${limit}`.execute(db)
  return rows.map(({ sealed: _, ...row }) => row)
}

export async function sealSpans(db: Database, rows: readonly Sealed<SpanRow>[]): Promise<void> {
  await sql`
    update spans set status = row.status, attributes = '{}', events = '[]', links = '[]', meaning = row.meaning,
      sealed = row.sealed
    from json_to_recordset(${JSON.stringify(rows.map(({ traceId, spanId, status, meaning, sealed }) => ({ traceId, spanId, status, meaning, sealed })))}::json)
      as row("traceId" text, "spanId" text, status json, meaning json, sealed text)
    where spans.trace_id = row."traceId" and spans.span_id = row."spanId" and spans.sealed is null`.execute(db)
}

export async function listClearFeedback(db: Database, after: Feedback | undefined, limit: number): Promise<Feedback[]> {
  const { rows } = await sql<Sealed<Feedback>>`
    select * from feedback where sealed is null and (comment is not null or correction is not null)
      and id > ${after?.id ?? ''} order by id limit ${limit}`.execute(db)
  return rows.map(({ sealed: _, ...row }) => row)
}

export async function sealFeedback(db: Database, rows: readonly Sealed<Feedback>[]): Promise<void> {
  await sql`
    update feedback set comment = null, correction = null, sealed = row.sealed
    from json_to_recordset(${JSON.stringify(rows.map(({ id, sealed }) => ({ id, sealed })))}::json) as row(id text, sealed text)
    where feedback.id = row.id and feedback.sealed is null`.execute(db)
}

export async function listClearResponses(
  db: Database,
  after: ClearResponse | undefined,
  limit: number,
): Promise<ClearResponse[]> {
  const { rows } = await sql<ClearResponse>`
    select id, input, response from stored_responses where sealed is null and id > ${after?.id ?? ''} order by id limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function sealResponses(db: Database, rows: readonly Sealed<ClearResponse>[]): Promise<void> {
  await sql`
    update stored_responses set input = '', response = '', sealed = row.sealed
    from json_to_recordset(${JSON.stringify(rows.map(({ id, sealed }) => ({ id, sealed })))}::json) as row(id text, sealed text)
    where stored_responses.id = row.id and stored_responses.sealed is null`.execute(db)
}
