/** SQL of the numbers of rows: a page is one text, because objects with names take five times as long to hand over. */
import { type SqlBool, sql } from 'kysely'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { ExperimentId } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import type { RowNumbers } from './row-numbers.ts'

/** Rows of a page: enough that asking costs nothing, few enough that a page is a few hundred kilobytes. */
const PAGE = 2_000

type Ask = {
  readonly experiment: ExperimentId
  /** Keys of the evaluators whose scores are wanted, in this order. */
  readonly evaluators: readonly string[]
  /** All arms when not said. */
  readonly arm?: ArmName | undefined
}
type Place = Pick<RowNumbers, 'exampleNumber' | 'arm' | 'repeat'>

/** The numbers of all rows in the order of the dataset, a page at a time. */
export async function* numbersOf(db: Database | Tx, ask: Ask): AsyncGenerator<readonly RowNumbers[]> {
  let after: Place | undefined
  for (;;) {
    const page = await pageAfter(db, ask, after)
    if (page.length > 0) yield page
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}

async function pageAfter(
  db: Database | Tx,
  { experiment, evaluators, arm }: Ask,
  after: Place | undefined,
): Promise<RowNumbers[]> {
  const listOf = (part: (key: string) => ReturnType<typeof sql>) =>
    sql`jsonb_build_array(${sql.join(evaluators.map(part))})`
  const isBehind = after
    ? sql<SqlBool>`(example_number, arm, repeat) > (${after.exampleNumber}::int, ${after.arm}, ${after.repeat}::int)`
    : sql<SqlBool>`true`
  const { rows } = await sql<{ page: string | null }>`
    select jsonb_agg(jsonb_build_array(example_number, arm, repeat, error is not null, is_reused, latency_ms,
        (tokens ->> 'input')::int8, (tokens ->> 'output')::int8, (tokens ->> 'estimated')::boolean,
        cost_micro_usd::text, ${listOf((key) => sql`scores -> ${key}::text -> 'score'`)},
        ${listOf((key) => sql`scores -> ${key}::text ? 'error'`)})
      order by example_number, arm, repeat)::text as page
    from (select * from experiment_rows
      where experiment = ${experiment} and ${arm === undefined ? sql`true` : sql`arm = ${arm}`} and ${isBehind}
      order by example_number, arm, repeat limit ${PAGE}) as numbered`.execute(db)
  const written = JSON.parse(rows[0]?.page ?? '[]') as Written[]
  return written.map(([exampleNumber, name, repeat, isFailed, isReused, latencyMs, ...rest]) => {
    const [input, output, estimated, costMicroUsd, scores, hasFailed] = rest
    const tokens = { input, output, estimated }
    return { exampleNumber, arm: name, repeat, isFailed, isReused, latencyMs, tokens, costMicroUsd, scores, hasFailed }
  })
}

type Written = [
  exampleNumber: number,
  arm: ArmName,
  repeat: number,
  isFailed: boolean,
  isReused: boolean,
  latencyMs: number,
  input: number,
  output: number,
  estimated: boolean,
  costMicroUsd: MicroUsd | null,
  scores: (number | null)[],
  hasFailed: boolean[],
]
