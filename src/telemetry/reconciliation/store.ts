/** SQL of reconciliations, over the charges of traces: one for each request that a provider was sent. */
import { sql } from 'kysely'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { own } from '../store.ts'
import type { TraceRow } from '../trace-row.ts'

type Ask = { since: Instant; until: Instant; provider: string; application: string | undefined }

export type ChargedDay = {
  day: string
  model: string
  requests: number
  inputTokens: number
  outputTokens: number
  /** Micro-dollars of requests that asked one model; what asked several is in `listShared`. */
  cost: string
  estimated: number
  unpriced: number
}

export async function countCharges(db: Database, { since, until, provider, application }: Ask): Promise<ChargedDay[]> {
  const { rows } = await sql<ChargedDay>`
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, charge->>'model' as model, count(*)::int as requests,
      sum((charge->'usage'->>'inputTokens')::numeric)::float8 as input_tokens,
      sum((charge->'usage'->>'outputTokens')::numeric)::float8 as output_tokens,
      coalesce(sum(cost_micro_usd) filter (where jsonb_array_length(charges) = 1), 0)::text as cost,
      (count(*) filter (where (charge->'usage'->>'estimated')::boolean))::int as estimated,
      (count(*) filter (where jsonb_array_length(charges) = 1 and cost_micro_usd is null))::int as unpriced
    from traces, jsonb_array_elements(charges) charge
    where at >= ${since} and at < ${until} and starts_with(charge->>'model', ${`${provider}/`})
      and (${application ?? null}::text is null or application = ${application ?? null})
    group by 1, 2`.execute(db)
  return rows
}

/** Requests that asked several models, whose cost has to be divided among them. */
export function listShared(
  db: Database,
  { since, until, application }: Ask,
): Promise<Pick<TraceRow, 'at' | 'priceBook' | 'charges'>[]> {
  let query = own(db)
    .selectFrom('traces')
    .select(['at', 'priceBook', 'charges'])
    .where('at', '>=', since)
    .where('at', '<', until)
    .where(sql<boolean>`jsonb_array_length(charges) > 1`)
  if (application !== undefined) query = query.where('application', '=', application)
  return query.execute()
}
