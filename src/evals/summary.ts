/**
 * From rows to what an experiment says: scores with intervals by arm, the paired comparisons, and slices.
 * At once, so that a thread of its own can do it (10,000 rows and a bootstrap take seconds).
 *
 * Invariants: repeats of one example are averaged first, because examples are the unit; what failed or
 * does not apply is counted and left out, never taken as 0. One measure is in memory at a time, over all arms.
 */
import type { Suite } from '../core/dataset.ts'
import { seededRandom } from '../kernel/random.ts'
import { holm, sortedQuantile } from '../kernel/statistics/index.ts'
import {
  type Cases,
  giveBack,
  keepRanking,
  type Logged,
  type Measure,
  type Members,
  readLatencies,
  readScores,
  type ScoreColumn,
  type Scratch,
} from './columns/index.ts'
import { type ComparisonPlan, compareColumns } from './comparison.ts'
import type { ExperimentArm, IntervalMethod, Score } from './experiment.ts'
import type { Comparison, FurtherComparison, Slice } from './results.ts'
import { scoreOf } from './score-table.ts'
import { pairsOf, slicesOf, withAdjusted } from './slices.ts'
import type { ArmName } from './variant.ts'

export type SummaryInput = {
  /** Candidate first. */
  readonly logged: Logged
  /** All examples of the experiment. */
  readonly cases: Cases
  /** Those of them that are meant; all when not said. */
  readonly members?: Members
  readonly measures: readonly Measure[]
  readonly suite: Pick<Suite, 'primary' | 'margin' | 'slices'>
  readonly intervals: IntervalMethod
  readonly seed: number
  readonly scratch: Scratch
  /** The file into which the examples are put in order by each measure, where somebody asks for that. */
  readonly ranking?: number
}

export type ArmSummary = Omit<ExperimentArm, 'label' | 'release' | 'behaviour'>
export type Summary = {
  arms: ArmSummary[]
  comparison: Comparison[]
  further: FurtherComparison[]
  slices: Slice[]
}

/** Units other than shares have no margin of their own: a tenth of the mean of what is compared with. */
const RELATIVE_MARGIN = 0.1

export function summarise(given: SummaryInput): Summary {
  const { logged, measures, suite } = given
  const found = measures.map((measure, at) => summariseMeasure(given, { measure, at }))
  const arms = logged.arms.map(
    (totals, at): ArmSummary => ({
      ...totals,
      tokens: { ...totals.tokens },
      scores: found.flatMap(({ scores }) => scores[at] ?? []),
      latencyMs: timesOf(readLatencies(logged, at)),
    }),
  )
  const { hasControl, reference } = referenceIn(logged)
  const isPrimary = (key: string) => Number(key === suite.primary)
  /** All evaluators, the primary one first. */
  const against = (arm: ArmName) =>
    found
      .flatMap(({ comparisons }) => comparisons.get(arm) ?? [])
      .toSorted((one, other) => isPrimary(other.evaluator) - isPrimary(one.evaluator))
  const others = arms.map(({ arm }) => arm).filter((arm) => arm !== 'candidate' && arm !== 'control')
  return {
    arms,
    comparison: hasControl ? against('candidate') : [],
    further: corrected(others.map((arm) => ({ arm, to: reference, comparison: against(arm) }))),
    slices: found.flatMap(({ slices }) => slices),
  }
}

type MeasureSummary = {
  /** In the order of the arms. */
  readonly scores: readonly Score[]
  /** Of every other arm with the reference. */
  readonly comparisons: ReadonlyMap<ArmName, Comparison>
  /** Of the primary one alone. */
  readonly slices: readonly Slice[]
}
type OfMeasure = { readonly measure: Measure; readonly at: number }

function summariseMeasure(input: SummaryInput, { measure, at }: OfMeasure): MeasureSummary {
  const { cases, members, intervals, seed, suite, logged, ranking, scratch } = input
  const columns = readScores(logged, at, scratch)
  const { reference } = referenceIn(logged)
  const scores = new Map(
    [...columns].map(([arm, column]) => [
      arm,
      scoreOf(cases, { members, measure, column, intervals, seed: seed + at }),
    ]),
  )
  // A generator of its own each time: the same rows give the same interval, whatever is compared beside it.
  const plan = () => planOf(input, measure, scores.get(reference)?.mean ?? 0)
  const isCut = measure.key === suite.primary && cases.slices.length > 0
  if (ranking !== undefined) rank(columns, { better: measure.better, logged, at, scratch, into: ranking })
  const comparisonWith = (arm: ArmName): Comparison => {
    const { pairs, excluded } = pairsOf(cases, { members, first: columns.get(arm), second: columns.get(reference) })
    return compareColumns(pairs, { ...plan(), excluded })
  }
  return {
    scores: [...scores.values()],
    comparisons: new Map(
      [...columns.keys()].filter((arm) => arm !== reference).map((arm) => [arm, comparisonWith(arm)]),
    ),
    slices: isCut
      ? slicesOf({ cases, members, measure, columns, plan: plan(), declared: suite.slices ?? [], seed })
      : [],
  }
}

function referenceIn({ arms }: Logged): { hasControl: boolean; reference: ArmName } {
  const hasControl = arms.some(({ arm }) => arm === 'control')
  return { hasControl, reference: hasControl ? 'control' : 'candidate' }
}

export type RankingInput = Pick<SummaryInput, 'logged' | 'measures' | 'scratch'> & { readonly ranking: number }

/** Puts all examples in order by each measure, the worst first; nothing where nothing was controlled. */
export function rankAll({ logged, measures, scratch, ranking }: RankingInput): void {
  for (const [at, { better }] of measures.entries())
    rank(readScores(logged, at, scratch), { better, logged, at, scratch, into: ranking })
}

function rank(
  columns: ReadonlyMap<ArmName, ScoreColumn>,
  {
    better,
    into,
    ...of
  }: Pick<Measure, 'better'> & Pick<SummaryInput, 'logged' | 'scratch'> & { at: number; into: number },
): void {
  const [candidate, control] = [columns.get('candidate'), columns.get('control')]
  if (candidate && control) keepRanking(into, { candidate, control, better }, of)
}

function planOf(
  { suite, intervals, seed }: SummaryInput,
  { key, kind, unit, better }: Measure,
  mean: number,
): Omit<ComparisonPlan, 'excluded'> {
  const margin = unit === 'share' ? suite.margin : Math.abs(mean) * RELATIVE_MARGIN
  return { evaluator: key, kind, unit, better, margin, intervals, random: seededRandom(seed) }
}

/** Several arms against one are several tests: Holm by evaluator, as soon as there are two. */
export function corrected<One extends { readonly comparison: readonly Comparison[] }>(further: readonly One[]): One[] {
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

function timesOf(latencies: Float64Array): ArmSummary['latencyMs'] {
  if (latencies.length === 0) return null
  const sorted = latencies.sort()
  const found = { p50: sortedQuantile(sorted, 0.5), p95: sortedQuantile(sorted, 0.95) }
  giveBack(latencies)
  return found
}
