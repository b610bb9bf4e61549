/** SQL of what complete answers took: how long each of their steps, and what the requests of a load run asked of models. */
import { sql } from 'kysely'
import type { ReleaseId } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'

export type TimesAsk = {
  readonly application: string
  readonly stage?: Stage | undefined
  readonly release?: ReleaseId | undefined
  readonly run?: string | undefined
  readonly since: Instant
  readonly until: Instant
}

export type TimedAnswer = {
  readonly latencyMs: number
  readonly overheadMs: number
  /** Null where the answer came whole. */
  readonly firstTokenMs: number | null
  readonly outputTokens: number
  /** Id, kind and milliseconds of each; null where there were none. */
  readonly steps: readonly (readonly [string, string, number])[] | null
}

/** What a step says of itself stays in the database: it is a hundred times as much as its time. */
export async function listTimes(db: Database, ask: TimesAsk & { readonly limit: number }): Promise<TimedAnswer[]> {
  const { application, stage, release, run, since, until, limit } = ask
  const { rows } = await sql<TimedAnswer>`
    select latency_ms, overhead_ms, coalesce(output_tokens, 0) as output_tokens, case when stream then first_token_ms end as first_token_ms,
      (select jsonb_agg(jsonb_build_array(step->'id', step->'kind', step->'durationMs'))
        from jsonb_array_elements(steps) as step) as steps
    from traces
    where application = ${application} and at >= ${since} and at < ${until} and status = 'complete'
      ${stage === undefined ? sql`` : sql`and stage = ${stage}`}
      ${release === undefined ? sql`` : sql`and release = ${release}`}
      ${run === undefined ? sql`and metadata->>'traffic' is distinct from 'probe'` : sql`and metadata->>'run' = ${run} and metadata->>'traffic' = 'probe'`}
    order by at desc limit ${limit}`.execute(db)
  return rows
}

export type ModelsAsked = {
  /** Answered requests, whether or not they asked a model. */
  readonly requests: number
  readonly models: readonly {
    /** `provider/model`. */
    readonly model: string
    readonly calls: number
    readonly inputTokens: number
    readonly outputTokens: number
  }[]
}

/** Of one load run. */
export async function readModelsAsked(
  db: Database,
  { application, run, since }: { application: string; run: string; since: Instant },
): Promise<ModelsAsked> {
  const ofRun = sql`application = ${application} and at >= ${since} and status = 'complete'
    and metadata->>'run' = ${run} and metadata->>'traffic' = 'probe'`
  const counted = await sql<{ requests: number }>`select count(*)::int as requests from traces where ${ofRun}`.execute(
    db,
  )
  const { rows } = await sql<ModelsAsked['models'][number]>`
    select charge->>'model' as model, count(*)::int as calls,
      sum((charge->'usage'->>'inputTokens')::numeric)::float8 as input_tokens,
      sum((charge->'usage'->>'outputTokens')::numeric)::float8 as output_tokens
    from traces, jsonb_array_elements(charges) charge
    where ${ofRun} group by 1 order by 1`.execute(db)
  return { requests: counted.rows[0]?.requests ?? 0, models: rows }
}
