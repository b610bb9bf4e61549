/**
 * From rows to what an experiment says: scores with intervals by arm, and the paired comparison.
 * Pure, so that a thread of its own can do it (10,000 rows and a bootstrap take seconds).
 *
 * Invariants: repeats of one example are averaged first, because examples are the unit; what failed or
 * does not apply is counted and left out, never taken as 0.
 */
import type { Suite } from '../core/dataset.ts'
import type { Arm } from '../core/rollout.ts'
import { sumMoney } from '../kernel/money.ts'
import { seededRandom } from '../kernel/random.ts'
import { quantile } from '../kernel/statistics/index.ts'
import { compare } from './comparison.ts'
import type { Comparison, EvaluatorInfo, ExperimentArm, IntervalMethod, RowOutcome, Score } from './experiment.ts'
import { intervalOf, meanOf } from './score-interval.ts'

export type SummaryRow = Pick<
  RowOutcome,
  'arm' | 'example' | 'repeat' | 'error' | 'scores' | 'latencyMs' | 'tokens' | 'costMicroUsd'
>
export type Measure = Pick<EvaluatorInfo, 'version' | 'kind' | 'unit' | 'better'> & { readonly key: string }

export type SummaryInput = {
  readonly arms: readonly Arm[]
  readonly rows: readonly SummaryRow[]
  /** All examples of the experiment; one without a cluster is its own. */
  readonly examples: readonly { readonly id: string; readonly cluster?: string | undefined }[]
  readonly measures: readonly Measure[]
  readonly suite: Pick<Suite, 'primary' | 'margin'>
  readonly intervals: IntervalMethod
  readonly seed: number
}

export type ArmSummary = Omit<ExperimentArm, 'label' | 'release' | 'behaviour'>
export type Summary = { arms: ArmSummary[]; comparison: Comparison[] }

/** Units other than shares have no margin of their own: a tenth of the control's mean. */
const RELATIVE_MARGIN = 0.1

export function summarise(input: SummaryInput): Summary {
  const byArm = new Map(input.arms.map((arm) => [arm, input.rows.filter((row) => row.arm === arm)]))
  const tables = new Map(
    input.measures.map((measure) => [
      measure.key,
      new Map(input.arms.map((arm) => [arm, scoreTable(byArm.get(arm) ?? [], measure.key)])),
    ]),
  )
  const arms = input.arms.map((arm): ArmSummary => {
    const rows = byArm.get(arm) ?? []
    const ran = rows.filter(({ error }) => error === null)
    const scores = input.measures.map((measure, at) =>
      scoreOf(input, { measure, table: tables.get(measure.key)?.get(arm), seed: input.seed + at }),
    )
    return { arm, rows: rows.length, failed: rows.length - ran.length, scores, ...takenBy(rows, ran) }
  })
  if (!input.arms.includes('control')) return { arms, comparison: [] }
  const primaryFirst = input.measures.toSorted(
    (one, other) => Number(other.key === input.suite.primary) - Number(one.key === input.suite.primary),
  )
  return {
    arms,
    comparison: primaryFirst.map((measure) =>
      comparisonOf(
        input,
        measure,
        tables.get(measure.key),
        arms.find(({ arm }) => arm === 'control'),
      ),
    ),
  }
}

/** Scores of one example in one arm: the mean over its repeats, or why there is none. */
type ExampleScore = { readonly score: number | null; readonly isError: boolean }
type ScoreTable = ReadonlyMap<string, ExampleScore>

function scoreTable(rows: readonly SummaryRow[], key: string): ScoreTable {
  const byExample = Map.groupBy(rows, ({ example }) => example)
  return new Map(
    [...byExample].map(([example, repeats]) => {
      const scores = repeats.map(({ scores }) => scores[key]?.score ?? null).filter((score) => score !== null)
      const isError = repeats.some(({ error, scores }) => error !== null || scores[key]?.error !== undefined)
      return [example, { score: meanOf(scores), isError }]
    }),
  )
}

function scoreOf(
  { examples, intervals }: SummaryInput,
  { measure, table, seed }: { measure: Measure; table: ScoreTable | undefined; seed: number },
): Score {
  const { key, version, kind, unit, better } = measure
  const values: number[] = []
  const clusters: string[] = []
  let errors = 0
  let missing = 0
  for (const example of examples) {
    const found = table?.get(example.id)
    if (found?.score !== undefined && found.score !== null) {
      values.push(found.score)
      clusters.push(clusterOf(example))
    } else if (found?.isError) errors++
    else missing++
  }
  const interval = intervalOf({ values, clusters }, { kind, method: intervals, random: seededRandom(seed) })
  return {
    evaluator: key,
    version,
    n: values.length,
    missing,
    errors,
    mean: meanOf(values),
    interval,
    kind,
    unit,
    better,
  }
}

function comparisonOf(
  { examples, intervals, seed, suite }: SummaryInput,
  { key, kind, unit, better }: Measure,
  tables: ReadonlyMap<Arm, ScoreTable> | undefined,
  control: ArmSummary | undefined,
): Comparison {
  const excluded: string[] = []
  const pairs = examples.flatMap((example) => {
    const candidate = tables?.get('candidate')?.get(example.id)?.score ?? null
    const other = tables?.get('control')?.get(example.id)?.score ?? null
    if (candidate !== null && other !== null) return [{ candidate, control: other, cluster: clusterOf(example) }]
    excluded.push(example.id)
    return []
  })
  const controlMean = control?.scores.find(({ evaluator }) => evaluator === key)?.mean ?? 0
  const margin = unit === 'share' ? suite.margin : Math.abs(controlMean) * RELATIVE_MARGIN
  return compare(pairs, { evaluator: key, kind, better, margin, intervals, random: seededRandom(seed), excluded })
}

function takenBy(
  rows: readonly SummaryRow[],
  ran: readonly SummaryRow[],
): Pick<ArmSummary, 'latencyMs' | 'costMicroUsd' | 'tokens'> {
  const latencies = ran.map(({ latencyMs }) => latencyMs)
  const costs = rows.map(({ costMicroUsd }) => costMicroUsd).filter((cost) => cost !== null)
  return {
    latencyMs: latencies.length === 0 ? null : { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
    costMicroUsd: ran.some(({ costMicroUsd }) => costMicroUsd === null) ? null : sumMoney(costs),
    tokens: {
      input: rows.reduce((sum, { tokens }) => sum + tokens.input, 0),
      output: rows.reduce((sum, { tokens }) => sum + tokens.output, 0),
      estimated: rows.some(({ tokens }) => tokens.estimated),
    },
  }
}

const clusterOf = ({ id, cluster }: { id: string; cluster?: string | undefined }): string =>
  // An example's own id may equal the name of somebody else's cluster.
  cluster === undefined ? `example ${id}` : `cluster ${cluster}`
