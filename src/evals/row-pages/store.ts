/** SQL of pages of rows: a page costs what it shows, however many rows there are. */
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { type Database, tablesOf } from '../../store/database.ts'
import { ExperimentId, RowOutcome } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import type { Place } from './cursor.ts'

/** Some thousand examples of an order that is kept: their numbers and differences, as bytes, the worst first. */
const ExperimentWorst = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  evaluator: z.string(),
  part: z.number().int(),
  /** Of the first example. */
  firstRank: z.number(),
  firstNumber: z.number().int(),
  /** Four bytes each, the low one first. */
  numbers: z.instanceof(Uint8Array),
  /** Eight bytes each; not a number where an arm has no score. */
  differences: z.instanceof(Uint8Array),
})
export type WorstPart = z.infer<typeof ExperimentWorst>

export type Ranked = {
  readonly exampleNumber: number
  /** Candidate less control; null where one of them has no score. */
  readonly difference: number | null
  /** Small where the difference is bad; infinite where there is none. */
  readonly rank: number
}

export const own = tablesOf({ experimentWorst: ExperimentWorst })
/** With the rows, which are those of experiments and only read here. */
const tables = tablesOf({ experimentRows: RowOutcome, ...own.schemas })

export type RowFilter = {
  readonly arm?: ArmName | undefined
  readonly example?: string | undefined
  /** Only rows that this evaluator scored or failed on. */
  readonly scoredBy?: string | undefined
  readonly failed?: boolean | undefined
}

/** Rows in the order of the dataset, after a place, and before an example where one is named. */
export const rowsAfter = (
  db: Database,
  experiment: ExperimentId,
  { after, before, limit, ...filter }: RowFilter & { after: Place | undefined; before?: number; limit: number },
): Promise<RowOutcome[]> => {
  let query = filtered(db, experiment, filter)
  if (before !== undefined) query = query.where('exampleNumber', '<', before)
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

/** Puts an order in the place of one that was kept before. Each statement is a short one. */
export async function replaceWorst(
  db: Database,
  experiment: ExperimentId,
  parts: Iterable<readonly WorstPart[]>,
): Promise<void> {
  await own(db).deleteFrom('experimentWorst').where('experiment', '=', experiment).execute()
  for (const some of parts)
    await own(db)
      .insertInto('experimentWorst')
      .values(some.map((part) => ({ ...part, firstRank: sql<number>`${String(part.firstRank)}::float8` })))
      .execute()
}

/** Parts of an order that is kept, from the one on that holds a place. */
export async function worstParts(
  db: Database,
  { experiment, evaluator }: Pick<DifferenceAsk, 'experiment' | 'evaluator'>,
  { after, limit }: { after: Place | undefined; limit: number },
): Promise<Pick<WorstPart, 'numbers' | 'differences'>[]> {
  const of = own(db)
    .selectFrom('experimentWorst')
    .where('experiment', '=', experiment)
    .where('evaluator', '=', evaluator)
  const first = after
    ? await of
        .select('part')
        .where(sql<SqlBool>`(first_rank, first_number) <= (${String(after.rank)}::float8, ${after.exampleNumber}::int)`)
        .orderBy('part', 'desc')
        .limit(1)
        .executeTakeFirst()
    : undefined
  return of
    .select(['numbers', 'differences'])
    .where('part', '>=', first?.part ?? 0)
    .orderBy('part')
    .limit(limit)
    .execute()
}

/** The numbers of examples with a row that failed, so many at most, in the order of the dataset. */
export const failedNumbers = (
  db: Database,
  experiment: ExperimentId,
  { limit, ...filter }: RowFilter & { limit: number },
): Promise<number[]> =>
  filtered(db, experiment, { ...filter, failed: true })
    .clearSelect()
    .select('exampleNumber')
    .distinct()
    .clearOrderBy()
    .orderBy('exampleNumber')
    .limit(limit)
    .execute()
    .then((rows) => rows.map(({ exampleNumber }) => exampleNumber))

const differences = ({ experiment, evaluator, better }: DifferenceAsk, which: ReturnType<typeof sql>) =>
  sql`select example_number as "exampleNumber", difference,
      coalesce(difference * ${better === 'higher' ? 1 : -1}::float8, 'infinity'::float8) as rank
    from (select example_number,
        avg(score) filter (where arm = 'candidate') - avg(score) filter (where arm = 'control') as difference
      from (select example_number, arm, (scores -> ${evaluator} ->> 'score')::float8 as score
        from experiment_rows where experiment = ${experiment} ${which}) as scored group by example_number) as paired`
