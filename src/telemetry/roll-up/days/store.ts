/** SQL of what is read from sums and requests without quantiles, which take most of the time: by day, and by model. */
import { sql } from 'kysely'
import { microUsd, picoOf } from '../../../kernel/money.ts'
import type { Database } from '../../../store/database.ts'
import { type PiecesAsk, piecesOf } from '../store.ts'

export type CountedDay = {
  application: string
  /** `2026-03-01`, of UTC. */
  day: string
  requests: number
  costMicroUsd: string
  unpriced: number
}
type RowsAsk = Required<Pick<PiecesAsk, 'since' | 'until' | 'summed'>> & { readonly application: string | undefined }

/** Requests and their cost by application and day, oldest first; without quantiles, which take most of the time. */
export async function countDays(db: Database, { application, ...ask }: RowsAsk): Promise<CountedDay[]> {
  const { rows } = await sql<CountedDay>`
    with ${piecesOf({ ...ask, columns: ['application', 'day'], where: { application }, withCaches: false })}
    select application, to_char(day at time zone 'UTC', 'YYYY-MM-DD') as day, requests, cost_micro_usd, unpriced from (
      select application, day, sum(requests)::int as requests, sum(cost_micro_usd) as cost_micro_usd,
        sum(unpriced)::int as unpriced
      from pieces where application is not null group by 1, 2
    ) days order by 1, 2`.execute(db)
  return rows.map((row) => ({ ...row, costMicroUsd: microUsd(picoOf(row.costMicroUsd)) }))
}

export type CountedModel = { application: string; model: string; requests: number; errors: number }

/** Requests and errors by application and model; without quantiles too. */
export async function countModels(db: Database, { application, ...ask }: RowsAsk): Promise<CountedModel[]> {
  const { rows } = await sql<CountedModel>`
    with ${piecesOf({ ...ask, columns: ['application', 'model'], where: { application }, withCaches: false })}
    select application, model, sum(requests)::int as requests, sum(errors)::int as errors
    from pieces where application is not null group by 1, 2 order by 1, 2`.execute(db)
  return rows
}
