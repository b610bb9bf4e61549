/**
 * From rows to what an experiment says: scores with intervals by arm, the paired comparisons, and slices.
 * Pure, so that a thread of its own can do it (10,000 rows and a bootstrap take seconds).
 *
 * Invariants: repeats of one example are averaged first, because examples are the unit; what failed or
 * does not apply is counted and left out, never taken as 0.
 */
import type { Suite } from '../core/dataset.ts'
import { sumMoney } from '../kernel/money.ts'
import { seededRandom } from '../kernel/random.ts'
import { holm, quantile } from '../kernel/statistics/index.ts'
import { type ComparisonPlan, compare } from './comparison.ts'
import type { ExperimentArm, IntervalMethod } from './experiment.ts'
import type { Comparison, FurtherComparison, Slice } from './results.ts'
import {
  type Measure,
  type ScoreTable,
  type SummaryExample,
  type SummaryRow,
  scoreOf,
  scoreTable,
} from './score-table.ts'
import { pairsOf, slicesOf, withAdjusted } from './slices.ts'
import type { ArmName } from './variant.ts'

export type { Measure, SummaryRow } from './score-table.ts'

export type SummaryInput = {
  /** Candidate first. */
  readonly arms: readonly ArmName[]
  readonly rows: readonly SummaryRow[]
  /** All examples of the experiment. */
  readonly examples: readonly SummaryExample[]
  readonly measures: readonly Measure[]
  readonly suite: Pick<Suite, 'primary' | 'margin' | 'slices'>
  readonly intervals: IntervalMethod
  readonly seed: number
}

export type ArmSummary = Omit<ExperimentArm, 'label' | 'release' | 'behaviour'>
export type Summary = {
  arms: ArmSummary[]
  comparison: Comparison[]
  further: FurtherComparison[]
  slices: Slice[]
}

type Tables = ReadonlyMap<ArmName, ScoreTable>

/** Units other than shares have no margin of their own: a tenth of the mean of what is compared with. */
const RELATIVE_MARGIN = 0.1

export function summarise(input: SummaryInput): Summary {
  const byArm = Map.groupBy(input.rows, ({ arm }) => arm)
  const tables = new Map(
    input.measures.map(({ key }) => [
      key,
      new Map(input.arms.map((arm) => [arm, scoreTable(byArm.get(arm) ?? [], key)])),
    ]),
  )
  const arms = input.arms.map((arm): ArmSummary => {
    const rows = byArm.get(arm) ?? []
    const ran = rows.filter(({ error }) => error === null)
    const scores = input.measures.map((measure, at) => {
      const table = tables.get(measure.key)?.get(arm)
      return scoreOf(input.examples, { measure, table, intervals: input.intervals, seed: input.seed + at })
    })
    const reused = rows.filter(({ isReused }) => isReused).length
    return { arm, rows: rows.length, failed: rows.length - ran.length, reused, scores, ...takenBy(rows, ran) }
  })
  const hasControl = input.arms.includes('control')
  const reference = hasControl ? 'control' : 'candidate'
  const others = input.arms.filter((arm) => arm !== 'candidate' && arm !== 'control')
  const against = (arm: ArmName) => comparisonsOf(input, { tables, arm, to: reference, arms })
  const primary = input.measures.find(({ key }) => key === input.suite.primary)
  const primaryTables = tables.get(input.suite.primary)
  return {
    arms,
    comparison: hasControl ? against('candidate') : [],
    further: corrected(others.map((arm) => ({ arm, to: reference, comparison: against(arm) }))),
    slices:
      primary && primaryTables && input.examples.some(({ slices }) => slices)
        ? slicesOf({
            examples: input.examples,
            measure: primary,
            tables: primaryTables,
            plan: planOf(
              input,
              primary,
              arms.find(({ arm }) => arm === reference),
            ),
            declared: input.suite.slices ?? [],
            seed: input.seed,
          })
        : [],
  }
}

/** All evaluators, the primary one first. */
function comparisonsOf(
  input: SummaryInput,
  {
    tables,
    arm,
    to,
    arms,
  }: { tables: ReadonlyMap<string, Tables>; arm: ArmName; to: ArmName; arms: readonly ArmSummary[] },
): Comparison[] {
  const primaryFirst = input.measures.toSorted(
    (one, other) => Number(other.key === input.suite.primary) - Number(one.key === input.suite.primary),
  )
  const reference = arms.find((one) => one.arm === to)
  return primaryFirst.map((measure) => {
    const table = tables.get(measure.key)
    const { pairs, excluded } = pairsOf(input.examples, table?.get(arm), table?.get(to))
    return compare(pairs, { ...planOf(input, measure, reference), excluded })
  })
}

function planOf(
  { suite, intervals, seed }: SummaryInput,
  { key, kind, unit, better }: Measure,
  reference: ArmSummary | undefined,
): Omit<ComparisonPlan, 'excluded'> {
  const mean = reference?.scores.find(({ evaluator }) => evaluator === key)?.mean ?? 0
  const margin = unit === 'share' ? suite.margin : Math.abs(mean) * RELATIVE_MARGIN
  return { evaluator: key, kind, unit, better, margin, intervals, random: seededRandom(seed) }
}

/** Several arms against one are several tests: Holm by evaluator, as soon as there are two. */
export function corrected<One extends { readonly comparison: Comparison[] }>(further: readonly One[]): One[] {
  if (further.length < 2) return [...further]
  const adjusted = new Map<string, (number | null)[]>()
  const evaluators = further[0]?.comparison.map(({ evaluator }) => evaluator) ?? []
  for (const [at, evaluator] of evaluators.entries()) {
    const values = further.map(({ comparison }) => comparison[at]?.pValue ?? null)
    const known = holm(values.filter((p) => p !== null))
    let next = 0
    adjusted.set(
      evaluator,
      values.map((p) => (p === null ? null : (known[next++] ?? null))),
    )
  }
  return further.map((one, index) => ({
    ...one,
    comparison: one.comparison.map((comparison) => {
      const p = adjusted.get(comparison.evaluator)?.[index] ?? null
      return p === null ? comparison : withAdjusted(comparison, p)
    }),
  }))
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
