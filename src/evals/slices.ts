/**
 * The primary score cut by metadata. Every slice has its n, and p-values are adjusted by Holm over all slices that are
 * large enough, because among twenty slices one is "worse" by chance alone.
 */
import { holm } from '../kernel/statistics/index.ts'
import { type ComparisonPlan, compare, type Pair } from './comparison.ts'
import type { Comparison, Slice } from './results.ts'
import { clusterOf, type Measure, type ScoreTable, type SummaryExample, scoreOf } from './score-table.ts'
import type { ArmName } from './variant.ts'

/** Below this many examples nothing is said of a slice. */
export const LEAST_SLICE = 30
const ALPHA = 0.05

export function slicesOf({
  examples,
  measure,
  tables,
  plan,
  declared,
  seed,
}: {
  examples: readonly SummaryExample[]
  measure: Measure
  tables: ReadonlyMap<ArmName, ScoreTable>
  plan: Omit<ComparisonPlan, 'excluded'>
  /** Names that the suite fixed before the run. */
  declared: readonly string[]
  seed: number
}): Slice[] {
  const cut = [...groupsOf(examples)].map(([key, members]) => {
    const [by = '', value = ''] = JSON.parse(key) as [string, string]
    const comparison = tables.has('control') ? comparisonOf(members, tables, plan) : null
    return {
      by,
      value,
      n: members.length,
      isEnough: members.length >= LEAST_SLICE,
      isDeclared: declared.includes(by),
      arms: [...tables].map(([arm, table]) => {
        const { n, mean, interval } = scoreOf(members, { measure, table, intervals: 'clustered-t', seed })
        return { arm, n, mean, interval }
      }),
      comparison,
    }
  })
  return adjusted(cut)
}

function groupsOf(examples: readonly SummaryExample[]): Map<string, SummaryExample[]> {
  const groups = new Map<string, SummaryExample[]>()
  for (const example of examples)
    for (const slice of Object.entries(example.slices ?? {})) {
      const key = JSON.stringify(slice)
      const before = groups.get(key)
      if (before) before.push(example)
      else groups.set(key, [example])
    }
  return groups
}

function comparisonOf(
  members: readonly SummaryExample[],
  tables: ReadonlyMap<ArmName, ScoreTable>,
  plan: Omit<ComparisonPlan, 'excluded'>,
): Comparison {
  const { pairs, excluded } = pairsOf(members, tables.get('candidate'), tables.get('control'))
  return compare(pairs, { ...plan, intervals: 'clustered-t', excluded })
}

/** Examples with a score in both arms as pairs; the ids of the others. */
export function pairsOf(
  examples: readonly SummaryExample[],
  first: ScoreTable | undefined,
  second: ScoreTable | undefined,
): { pairs: Pair[]; excluded: string[] } {
  const excluded: string[] = []
  const pairs = examples.flatMap((example) => {
    const candidate = first?.get(example.id)?.score ?? null
    const control = second?.get(example.id)?.score ?? null
    if (candidate !== null && control !== null) return [{ candidate, control, cluster: clusterOf(example) }]
    excluded.push(example.id)
    return []
  })
  return { pairs, excluded }
}

/** A difference in a slice counts only when it holds for the whole family; one that does not is undecided. */
function adjusted(slices: readonly Slice[]): Slice[] {
  const tested = slices.flatMap(({ isEnough, comparison }, at) =>
    isEnough && comparison?.pValue != null ? [{ at, p: comparison.pValue }] : [],
  )
  const found = new Map(holm(tested.map(({ p }) => p)).map((p, index) => [tested[index]?.at, p]))
  return slices.map((slice, at) => {
    if (!slice.comparison) return slice
    return { ...slice, comparison: withAdjusted(slice.comparison, slice.isEnough ? (found.get(at) ?? null) : null) }
  })
}

/** The comparison with its adjusted p; better or worse becomes undecided where that does not hold. */
export function withAdjusted(comparison: Comparison, adjustedP: number | null): Comparison {
  const isDifference = comparison.verdict === 'better' || comparison.verdict === 'worse'
  const holds = adjustedP !== null && adjustedP <= ALPHA
  return { ...comparison, adjustedP, verdict: isDifference && !holds ? 'undecided' : comparison.verdict }
}
