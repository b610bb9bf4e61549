/** SQL of unmet requests: those that failed, were not answered, or whose user said that the answer was of no help. */
import { sql } from 'kysely'
import type { ContentSeal } from '../../kernel/content-seal.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { openQuestion } from '../sealing/index.ts'

export type UnmetAsk = { readonly application: string; readonly since: Instant; readonly limit: number }

export type UnmetRequest = {
  readonly traceId: string
  readonly at: Instant
  readonly question: string
  /** The subject, hashed. */
  readonly unit: string
  /** Code of what went wrong; null when it was answered. */
  readonly error: string | null
  readonly abstained: boolean
}

/** The newest first, of every stage; probes are none, and what a user cancelled was not refused. */
export async function listUnmet(
  db: Database,
  { application, since, limit }: UnmetAsk,
  seal: ContentSeal | undefined,
): Promise<UnmetRequest[]> {
  const { rows } = await sql<UnmetRequest & { isSealed: boolean }>`
    select trace_id, at, question, sealed is not null as is_sealed, unit, abstained,
      case when status = 'errored' then coalesce(error_code, 'unknown') end as error
    from traces
    where application = ${application} and at >= ${since} and question <> ''
      and metadata->>'traffic' is distinct from 'probe' and status <> 'cancelled'
      and (status = 'errored' or abstained or exists (
        select 1 from (
          select distinct on ("user") value from feedback
          where feedback.trace_id = traces.trace_id and name = 'helpful' order by "user", id desc
        ) last
        where case jsonb_typeof(value)
          when 'boolean' then not value::boolean when 'number' then value::numeric < 0.5 else false end))
    order by at desc limit ${limit}`.execute(db)
  return rows.map((row) => openQuestion(row, seal))
}

/** Answered or not, without probes. */
export async function countAsked(db: Database, { application, since }: Omit<UnmetAsk, 'limit'>): Promise<number> {
  const { rows } = await sql<{ asked: number }>`
    select count(*)::int as asked from traces
    where application = ${application} and at >= ${since} and question <> ''
      and metadata->>'traffic' is distinct from 'probe' and status <> 'cancelled'`.execute(db)
  return rows[0]?.asked ?? 0
}
