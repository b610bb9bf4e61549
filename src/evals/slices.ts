/**
 * The primary score cut by metadata. Every slice has its n, and p-values are adjusted by Holm over all slices that are
 * large enough, because among twenty slices one is "worse" by chance alone.
 */
import { holm } from '../kernel/statistics/index.ts'
import { type Cases, idAt, type Measure, type Members, type ScoreColumn, scoreAt, select } from './columns/index.ts'
import { type ComparisonPlan, compareColumns, NAMED_EXCLUDED, type PairColumns } from './comparison.ts'
import type { Comparison, Slice } from './results.ts'
import { scoreOf } from './score-table.ts'
import type { ArmName } from './variant.ts'

/** Below this many examples nothing is said of a slice. */
export const LEAST_SLICE = 30
const ALPHA = 0.05

export function slicesOf({
  cases,
  members,
  measure,
  columns,
  plan,
  declared,
  seed,
}: {
  cases: Cases
  members: Members
  measure: Measure
  /** The scores of each arm. */
  columns: ReadonlyMap<ArmName, ScoreColumn>
  plan: Omit<ComparisonPlan, 'excluded'>
  /** Names that the suite fixed before the run. */
  declared: readonly string[]
  seed: number
}): Slice[] {
  const [candidate, control] = [columns.get('candidate'), columns.get('control')]
  const cut = groupsOf(cases, members).map(({ by, value, members: own }) => {
    const { pairs, excluded } = pairsOf(cases, { members: own, first: candidate, second: control })
    return {
      by,
      value,
      n: own.length,
      isEnough: own.length >= LEAST_SLICE,
      isDeclared: declared.includes(by),
      arms: [...columns].map(([arm, column]) => {
        const { n, mean, interval } = scoreOf(cases, { members: own, measure, column, intervals: 'clustered-t', seed })
        return { arm, n, mean, interval }
      }),
      comparison: control ? compareColumns(pairs, { ...plan, intervals: 'clustered-t', excluded }) : null,
    }
  })
  return adjusted(cut)
}

type Group = { readonly by: string; readonly value: string; readonly members: Int32Array }

/** In the order in which their first example comes. */
function groupsOf({ slices, count }: Cases, members: Members): Group[] {
  const all = members?.length ?? count
  const placeAt = (at: number) => (members ? (members[at] ?? 0) : at)
  const groups = slices.flatMap(({ by, values, codes }, order) => {
    const sizes = new Int32Array(values.length)
    for (let at = 0; at < all; at++) add(sizes, codes[placeAt(at)] ?? -1)
    const own = [...sizes].map((size) => new Int32Array(size))
    const filled = new Int32Array(values.length)
    for (let at = 0; at < all; at++) {
      const code = codes[placeAt(at)] ?? -1
      const group = own[code]
      if (group) group[add(filled, code)] = placeAt(at)
    }
    return values.map((value, code) => ({ by, value, order, members: own[code] ?? new Int32Array() }))
  })
  return groups
    .filter((group) => group.members.length > 0)
    .toSorted((one, other) => (one.members[0] ?? 0) - (other.members[0] ?? 0) || one.order - other.order)
}

/** Counts one at a place and returns what stood there before. */
function add(counts: Int32Array, at: number): number {
  const before = counts[at] ?? 0
  if (at >= 0) counts[at] = before + 1
  return before
}

/** Examples with a score in both arms as pairs; how many others there are, and the first of them by id. */
export function pairsOf(
  { clusters, count, ids }: Cases,
  { members, first, second }: { members: Members; first: ScoreColumn | undefined; second: ScoreColumn | undefined },
): { pairs: PairColumns; excluded: Comparison['excluded'] } {
  const scoreIn = (column: ScoreColumn | undefined, place: number) => (column ? scoreAt(column, place) : Number.NaN)
  const isPair = (place: number) => !Number.isNaN(scoreIn(first, place)) && !Number.isNaN(scoreIn(second, place))
  const paired = select({ count, members }, isPair)
  const excluded = { count: (members?.length ?? count) - paired.length, examples: [] as string[] }
  for (let at = 0; excluded.examples.length < Math.min(excluded.count, NAMED_EXCLUDED); at++) {
    const place = members ? (members[at] ?? 0) : at
    if (!isPair(place)) excluded.examples.push(idAt(ids, place))
  }
  const columnOf = (column: ScoreColumn | undefined) => paired.of(column?.scores ?? [])
  return {
    pairs: { candidate: columnOf(first), control: columnOf(second), clusters: paired.of(clusters) },
    excluded,
  }
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
export function withAdjusted<One extends Comparison>(comparison: One, adjustedP: number | null): One {
  const isDifference = comparison.verdict === 'better' || comparison.verdict === 'worse'
  const holds = adjustedP !== null && adjustedP <= ALPHA
  return { ...comparison, adjustedP, verdict: isDifference && !holds ? 'undecided' : comparison.verdict }
}
