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
  const scored = evaluators.map(
    (key) =>
      sql`, coalesce(scores -> ${key}::text ->> 'score', ''), coalesce((scores -> ${key}::text ? 'error')::int, 0)`,
  )
  const isBehind = after
    ? sql<SqlBool>`(example_number, arm, repeat) > (${after.exampleNumber}::int, ${after.arm}, ${after.repeat}::int)`
    : sql<SqlBool>`true`
  const { rows } = await sql<{ page: string | null }>`
    select string_agg(concat_ws(',', example_number, arm, repeat, (error is not null)::int, is_reused::int, latency_ms,
        tokens ->> 'input', tokens ->> 'output', (tokens -> 'estimated' = 'true')::int,
        coalesce(cost_micro_usd::text, '') ${sql.join(scored, sql``)}),
      ';' order by example_number, arm, repeat) as page
    from (select * from experiment_rows
      where experiment = ${experiment} and ${arm === undefined ? sql`true` : sql`arm = ${arm}`} and ${isBehind}
      order by example_number, arm, repeat limit ${PAGE}) as numbered`.execute(db)
  return rows[0]?.page?.split(';').map(readRow) ?? []
}

/** No name of an arm has a comma, and everything else is a number or nothing. */
function readRow(text: string): RowNumbers {
  const [number, arm = '', repeat, failed, reused, latency, input, output, estimated, cost, ...scored] = text.split(',')
  const scores: (number | null)[] = []
  const hasFailed: boolean[] = []
  for (let at = 0; at < scored.length; at += 2) {
    scores.push(scored[at] === '' ? null : Number(scored[at]))
    hasFailed.push(scored[at + 1] === '1')
  }
  return {
    exampleNumber: Number(number),
    arm,
    repeat: Number(repeat),
    isFailed: failed === '1',
    isReused: reused === '1',
    latencyMs: Number(latency),
    tokens: { input: Number(input), output: Number(output), estimated: estimated === '1' },
    costMicroUsd: cost === '' ? null : (cost as MicroUsd),
    scores,
    hasFailed,
  }
}
