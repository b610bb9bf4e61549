/**
 * From rows to what an experiment says: scores with intervals by arm, the paired comparisons, and slices.
 * Pure, so that a thread of its own can do it (10,000 rows and a bootstrap take seconds).
 *
 * Invariants: repeats of one example are averaged first, because examples are the unit; what failed or
 * does not apply is counted and left out, never taken as 0.
 */
import type { Suite } from '../core/dataset.ts'
import { seededRandom } from '../kernel/random.ts'
import { holm, sortedQuantile } from '../kernel/statistics/index.ts'
import { type ComparisonPlan, compareColumns } from './comparison.ts'
import type { ExperimentArm, IntervalMethod } from './experiment.ts'
import { type ArmColumns, type Cases, type Measure, worstFirst } from './numbers/index.ts'
import type { Comparison, FurtherComparison, Slice } from './results.ts'
import { type Members, scoreOf } from './score-table.ts'
import { pairsOf, slicesOf, withAdjusted } from './slices.ts'
import type { ArmName } from './variant.ts'

export type SummaryInput = {
  /** Candidate first. */
  readonly arms: readonly ArmColumns[]
  /** All examples of the experiment. */
  readonly cases: Cases
  /** Those of them that are meant; all when not said. */
  readonly members?: Members
  readonly measures: readonly Measure[]
  readonly suite: Pick<Suite, 'primary' | 'margin' | 'slices'>
  readonly intervals: IntervalMethod
  readonly seed: number
  /** Whether the examples are put in order too, the worst first. */
  readonly isRanking?: boolean
}

export type ArmSummary = Omit<ExperimentArm, 'label' | 'release' | 'behaviour'>
export type Summary = {
  arms: ArmSummary[]
  comparison: Comparison[]
  further: FurtherComparison[]
  slices: Slice[]
  /** The places of all examples by each measure, the worst first; none where nothing was controlled, or nobody asked. */
  worst: Int32Array[]
}

/** Units other than shares have no margin of their own: a tenth of the mean of what is compared with. */
const RELATIVE_MARGIN = 0.1

type Meant = SummaryInput & { readonly members: Members }

export function summarise(given: SummaryInput): Summary {
  const input: Meant = {
    ...given,
    members: given.members ?? Int32Array.from({ length: given.cases.count }, (_, at) => at),
  }
  const { cases, members, measures, intervals, seed } = input
  const arms = input.arms.map(({ arm, rows, failed, reused, costMicroUsd, tokens, latencies, scores }): ArmSummary => {
    const found = scores.flatMap((column, at) => {
      const measure = measures[at]
      return measure ? [scoreOf(cases, { members, measure, column, intervals, seed: seed + at })] : []
    })
    return {
      arm,
      rows,
      failed,
      reused,
      scores: found,
      latencyMs: timesOf(latencies),
      costMicroUsd,
      tokens: { ...tokens },
    }
  })
  const names = arms.map(({ arm }) => arm)
  const hasControl = names.includes('control')
  const reference = hasControl ? 'control' : 'candidate'
  const others = names.filter((arm) => arm !== 'candidate' && arm !== 'control')
  const against = (arm: ArmName) => comparisonsOf(input, { arm, to: reference, arms })
  const primaryAt = measures.findIndex(({ key }) => key === input.suite.primary)
  const primary = measures[primaryAt]
  return {
    arms,
    comparison: hasControl ? against('candidate') : [],
    further: corrected(others.map((arm) => ({ arm, to: reference, comparison: against(arm) }))),
    slices:
      primary && cases.slices.length > 0
        ? slicesOf({
            cases,
            members,
            measure: primary,
            columns: new Map(
              input.arms.flatMap(({ arm, scores }) => (scores[primaryAt] ? [[arm, scores[primaryAt]]] : [])),
            ),
            plan: planOf(
              input,
              primary,
              arms.find(({ arm }) => arm === reference),
            ),
            declared: input.suite.slices ?? [],
            seed,
          })
        : [],
    worst: input.isRanking ? worstOf(input) : [],
  }
}

export type RankingInput = Pick<SummaryInput, 'arms' | 'measures'> & { readonly cases: Pick<Cases, 'count'> }

/** The places of all examples by each measure, the worst first; none where nothing was controlled. */
export function worstOf({ arms, measures, cases }: RankingInput): Int32Array[] {
  const scoresOf = (name: ArmName) => arms.find(({ arm }) => arm === name)?.scores ?? []
  const [ours, theirs] = [scoresOf('candidate'), scoresOf('control')]
  return measures.flatMap(({ better }, at) => {
    const [candidate, control] = [ours[at], theirs[at]]
    return candidate && control ? [worstFirst({ candidate, control, better }, cases.count)] : []
  })
}

/** All evaluators, the primary one first. */
function comparisonsOf(
  input: Meant,
  { arm, to, arms }: { arm: ArmName; to: ArmName; arms: readonly ArmSummary[] },
): Comparison[] {
  const { cases, members, measures, suite } = input
  const reference = arms.find((one) => one.arm === to)
  const columnsOf = (name: ArmName) => input.arms.find((one) => one.arm === name)?.scores ?? []
  const [ours, theirs] = [columnsOf(arm), columnsOf(to)]
  return measures
    .map((measure, at) => ({ measure, at }))
    .toSorted((one, other) => Number(other.measure.key === suite.primary) - Number(one.measure.key === suite.primary))
    .map(({ measure, at }) => {
      const { pairs, excluded } = pairsOf(cases, { members, first: ours[at], second: theirs[at] })
      return compareColumns(pairs, { ...planOf(input, measure, reference), excluded })
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
  const sorted = latencies.toSorted()
  return { p50: sortedQuantile(sorted, 0.5), p95: sortedQuantile(sorted, 0.95) }
}
