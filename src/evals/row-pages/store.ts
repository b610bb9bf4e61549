/** SQL of pages of rows: a page costs what it shows, however many rows there are. */
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { type Database, inTransaction, tablesOf } from '../../store/database.ts'
import { ExperimentId, RowOutcome } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import type { Place } from './cursor.ts'

const ExperimentDifference = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  evaluator: z.string(),
  exampleNumber: z.number().int(),
  /** Candidate less control; null where one of them has no score. */
  difference: z.number().nullable(),
  /** Small where the difference is bad; infinite where there is none. */
  rank: z.number(),
})
export type Ranked = Pick<z.infer<typeof ExperimentDifference>, 'exampleNumber' | 'difference' | 'rank'>

export const own = tablesOf({ experimentDifferences: ExperimentDifference })
/** With the rows, which are those of experiments and only read here. */
const tables = tablesOf({ experimentRows: RowOutcome, ...own.schemas })

export type RowFilter = {
  readonly arm?: ArmName | undefined
  readonly example?: string | undefined
  /** Only rows that this evaluator scored or failed on. */
  readonly scoredBy?: string | undefined
  readonly failed?: boolean | undefined
}

/** Rows in the order of the dataset, after a place. */
export const rowsAfter = (
  db: Database,
  experiment: ExperimentId,
  { after, limit, ...filter }: RowFilter & { after: Place | undefined; limit: number },
): Promise<RowOutcome[]> => {
  let query = filtered(db, experiment, filter)
  if (after)
    query = query.where(
      sql<SqlBool>`(example_number, arm, repeat) > (${after.exampleNumber}::int, ${after.arm}, ${after.repeat}::int)`,
    )
  return query.limit(limit).execute()
}

/** The rows of some examples, in the order of the dataset. */
export const rowsOfExamples = (
  db: Database,
  experiment: ExperimentId,
  { numbers, ...filter }: RowFilter & { numbers: readonly number[] },
): Promise<RowOutcome[]> =>
  numbers.length === 0
    ? Promise.resolve([])
    : filtered(db, experiment, filter)
        .where('exampleNumber', 'in', [...new Set(numbers)])
        .execute()

function filtered(db: Database, experiment: ExperimentId, { arm, example, scoredBy, failed }: RowFilter) {
  const isFailed = sql<SqlBool>`(error is not null or jsonb_path_exists(scores, '$.*.error'))`
  const isScored = sql<SqlBool>`coalesce(scores -> ${scoredBy} ->> 'score', scores -> ${scoredBy} ->> 'error') is not null`
  return tables(db)
    .selectFrom('experimentRows')
    .selectAll()
    .where('experiment', '=', experiment)
    .$if(arm !== undefined, (query) => query.where('arm', '=', arm ?? ''))
    .$if(example !== undefined, (query) => query.where('example', '=', example ?? ''))
    .$if(scoredBy !== undefined, (query) => query.where(isScored))
    .$if(failed !== undefined, (query) => query.where(failed ? isFailed : sql<SqlBool>`not ${isFailed}`))
    .orderBy('exampleNumber')
    .orderBy('arm')
    .orderBy('repeat')
}

export type DifferenceAsk = {
  readonly experiment: ExperimentId
  readonly evaluator: string
  /** Whether a small difference is the bad one. */
  readonly better: 'higher' | 'lower'
}

/** Of these examples alone; they stand beside each other in the index. */
export const differencesOfExamples = (
  db: Database,
  ask: DifferenceAsk,
  numbers: readonly number[],
): Promise<Ranked[]> =>
  sql<Ranked>`${differences(ask, sql`and example_number in (select jsonb_array_elements_text(${JSON.stringify(numbers)}::jsonb)::int)`)}`
    .execute(db)
    .then(({ rows }) => rows)

/** The worst, after a place; counted anew each time, for an experiment that still runs. */
export const worstSoFar = (
  db: Database,
  ask: DifferenceAsk,
  page: { after: Place | undefined; limit: number },
): Promise<Ranked[]> =>
  sql<Ranked>`select * from (${differences(ask, sql``)}) as ranked where ${isFrom(page.after)}
    order by rank, "exampleNumber" limit ${page.limit}`
    .execute(db)
    .then(({ rows }) => rows)

/** The same of an experiment that has ended: counted at the first question, and kept. */
export async function worstKept(
  db: Database,
  ask: DifferenceAsk & { organisation: string },
  page: { after: Place | undefined; limit: number },
): Promise<Ranked[]> {
  const of = tables(db)
    .selectFrom('experimentDifferences')
    .select(['exampleNumber', 'difference', 'rank'])
    .where('experiment', '=', ask.experiment)
    .where('evaluator', '=', ask.evaluator)
  if (!(await of.limit(1).executeTakeFirst()))
    await inTransaction(db, (tx) =>
      sql`insert into experiment_differences (experiment, organisation, evaluator, example_number, difference, rank)
        select ${ask.experiment}, ${ask.organisation}, ${ask.evaluator}, "exampleNumber", difference, rank
        from (${differences(ask, sql``)}) as ranked on conflict do nothing`.execute(tx),
    )
  return of
    .where(isFrom(page.after, sql`example_number`))
    .orderBy('rank')
    .orderBy('exampleNumber')
    .limit(page.limit)
    .execute()
}

const isFrom = (after: Place | undefined, number = sql`"exampleNumber"`) =>
  after === undefined
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(rank, ${number}) >= (${after.rank ?? 0}::float8, ${after.exampleNumber}::int)`

const differences = ({ experiment, evaluator, better }: DifferenceAsk, which: ReturnType<typeof sql>) =>
  sql`select example_number as "exampleNumber", difference,
      coalesce(difference * ${better === 'higher' ? 1 : -1}::float8, 'infinity'::float8) as rank
    from (select example_number,
        avg(score) filter (where arm = 'candidate') - avg(score) filter (where arm = 'control') as difference
      from (select example_number, arm, (scores -> ${evaluator} ->> 'score')::float8 as score
        from experiment_rows where experiment = ${experiment} ${which}) as scored group by example_number) as paired`
