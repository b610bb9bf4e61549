/** How much requests asked of models: answers, and tokens in and out, by the charges of their traces. */
import { sql } from 'kysely'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'

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
