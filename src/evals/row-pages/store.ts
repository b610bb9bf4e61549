/** SQL of pages of rows: a page costs what it shows, however many rows there are. */
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx, tablesOf } from '../../store/database.ts'
import { ExperimentId, RowOutcome } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import type { Place } from './cursor.ts'

/** Some thousand examples of an order that is kept: their numbers and differences, as bytes, the worst first. */
const ExperimentWorst = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  /** The order that it is a part of. */
  generation: z.string(),
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

/** An order of an experiment's examples. Only one that is whole is read; the one before it stays until then. */
const ExperimentOrder = z.object({
  experiment: ExperimentId,
  organisation: Organisation,
  generation: z.string(),
  /** How many rows it rests on. */
  rows: z.number().int(),
  isWhole: z.boolean(),
  at: Instant,
})
export type WorstOrder = z.infer<typeof ExperimentOrder>

export type Ranked = {
  readonly exampleNumber: number
  /** Candidate less control; null where one of them has no score. */
  readonly difference: number | null
  /** Small where the difference is bad; infinite where there is none. */
  readonly rank: number
}

export const own = tablesOf({ experimentWorst: ExperimentWorst, experimentOrders: ExperimentOrder })
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

/** Puts an order in the place of those that were kept before. Each statement is a short one, and readers see a whole order. */
export async function replaceWorst(
  db: Database,
  order: Omit<WorstOrder, 'isWhole'>,
  parts: AsyncIterable<readonly WorstPart[]>,
): Promise<void> {
  const { experiment, generation } = order
  await own(db)
    .insertInto('experimentOrders')
    .values({ ...order, isWhole: false })
    .execute()
  for await (const some of parts)
    await own(db)
      .insertInto('experimentWorst')
      .values(some.map((part) => ({ ...part, firstRank: sql<number>`${String(part.firstRank)}::float8` })))
      .execute()
  await inTransaction(db, async (tx) => {
    await own(tx)
      .updateTable('experimentOrders')
      .set({ isWhole: true })
      .where('experiment', '=', experiment)
      .where('generation', '=', generation)
      .execute()
    await forgetOrders(tx, experiment, generation)
  })
}

/** Takes away the orders of an experiment, or those that began before one of them; also what a crash left unfinished. */
export async function forgetOrders(tx: Tx, experiment: ExperimentId, before?: string): Promise<void> {
  for (const table of ['experimentOrders', 'experimentWorst'] as const)
    await own(tx)
      .deleteFrom(table)
      .where('experiment', '=', experiment)
      .$if(before !== undefined, (query) => query.where('generation', '<', before ?? ''))
      .execute()
}

/** The newest order that is whole. */
export const wholeOrder = (db: Database, experiment: ExperimentId): Promise<WorstOrder | undefined> =>
  own(db)
    .selectFrom('experimentOrders')
    .selectAll()
    .where('experiment', '=', experiment)
    .where('isWhole', '=', true)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Parts of an order that is kept, from the one on that holds a place. */
export async function worstParts(
  db: Database,
  { experiment, generation, evaluator }: Pick<WorstPart, 'experiment' | 'generation' | 'evaluator'>,
  { after, limit }: { after: Place | undefined; limit: number },
): Promise<Pick<WorstPart, 'numbers' | 'differences'>[]> {
  const of = own(db)
    .selectFrom('experimentWorst')
    .where('experiment', '=', experiment)
    .where('generation', '=', generation)
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
