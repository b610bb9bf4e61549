/**
 * Counterfactual pairs: cases of one cluster that differ in one attribute alone. Compared pair by pair, which needs far
 * fewer cases than two groups do. Pure.
 */
import { compare } from '../comparison.ts'
import type { ScoreKind } from '../experiment.ts'
import { type Gap, type Group, missingFor } from './gap.ts'

/** A case with its score in the primary evaluator, repeats averaged. */
export type PairedCase = {
  readonly cluster: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly score: number | null
}

/** So many of the cases with the attribute have a twin, or they are groups and no pairs. */
const LEAST_PAIRED = 0.9
const LEVEL = 0.95

/** The widest gap between two values of an attribute over their pairs; undefined where cases are not made as pairs. */
export function pairedGap(
  { suite, by, kind, margin, level }: { suite: string; by: string; kind: ScoreKind; margin: number; level?: number },
  cases: readonly PairedCase[],
): Gap | undefined {
  const having = cases.filter(({ metadata }) => metadata[by] !== undefined && metadata[by] !== null)
  const clusters = Map.groupBy(having, ({ cluster }) => cluster)
  const paired = having.filter(({ cluster }) => valuesOf(clusters.get(cluster) ?? [], by).length > 1)
  if (having.length === 0 || paired.length < LEAST_PAIRED * having.length) return undefined
  const values = valuesOf(paired, by)
  const gaps = values.flatMap((one, at) =>
    values.slice(at + 1).flatMap((other) => gapBetween({ suite, by, kind, margin, level, one, other }, clusters) ?? []),
  )
  return gaps.toSorted((first, second) => second.low - first.low)[0]
}

function gapBetween(
  ask: {
    suite: string
    by: string
    kind: ScoreKind
    margin: number
    level: number | undefined
    one: string
    other: string
  },
  clusters: ReadonlyMap<string, readonly PairedCase[]>,
): Gap | undefined {
  const { suite, by, kind, margin, level = LEVEL, one, other } = ask
  const scoreIn = (members: readonly PairedCase[], value: string) =>
    members.find(({ metadata }) => String(metadata[by]) === value)?.score ?? null
  const pairs = [...clusters].flatMap(([cluster, members]) => {
    const [candidate, control] = [scoreIn(members, one), scoreIn(members, other)]
    return candidate === null || control === null ? [] : [{ candidate, control, cluster }]
  })
  const plan = {
    evaluator: by,
    kind,
    unit: 'share',
    better: 'higher',
    margin,
    level,
    intervals: 'clustered-t',
  } as const
  // The seeded draw is of the bootstrap alone, which is not asked for.
  const { difference, interval, n } = compare(pairs, { ...plan, excluded: [], random: () => 0.5 })
  if (difference === null || interval === null) return undefined
  const { low, high } = interval
  const isFirstBetter = difference >= 0
  const [best, worst] = isFirstBetter ? [one, other] : [other, one]
  const gap = Math.abs(difference)
  const ends = isFirstBetter ? { low, high } : { low: -high, high: -low }
  const group = (value: string, pick: 'candidate' | 'control'): Group => {
    const mean = pairs.reduce((sum, pair) => sum + pair[pick], 0) / n
    return { value, n, mean, low: mean, high: mean }
  }
  return {
    suite,
    by,
    best: group(best, isFirstBetter ? 'candidate' : 'control'),
    worst: group(worst, isFirstBetter ? 'control' : 'candidate'),
    gap,
    ...ends,
    level,
    pairs: n,
    // A pair is two cases.
    missingCases: missingFor({ gap, ...ends, n }, margin) * 2,
  }
}

const valuesOf = (cases: readonly PairedCase[], by: string): string[] =>
  [...new Set(cases.map(({ metadata }) => String(metadata[by])))].sort()
