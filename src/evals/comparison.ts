/**
 * The paired comparison of two arms by one evaluator: candidate less control, example by example.
 *
 * The verdict reads the interval alone: all of it on the good side of 0 is better, all of it on the bad
 * side worse, all of it inside ± margin equivalent, and anything else undecided, with the number of
 * pairs that would decide. Invariant: pure; the same pairs and seed give the same comparison.
 */
import type { Interval } from '../core/evidence.ts'
import {
  alikePairs,
  type ClusterKeys,
  clusterCodes,
  clusteredMean,
  clusteredPairedDifference,
  mcnemar,
  meanSampleSize,
  newcombePaired,
  normalQuantile,
  pairedProportionsSampleSize,
  shareDifference,
  standardDeviation,
  studentTwoSidedTail,
  type Values,
  wilson,
} from '../kernel/statistics/index.ts'
import type { IntervalMethod, ScoreKind } from './experiment.ts'
import type { Comparison } from './results.ts'
import { bootstrapOf, isRate, isShare, LEVEL, meanOf } from './score-interval.ts'

/** One example's score in each arm, repeats averaged. */
export type Pair = { readonly candidate: number; readonly control: number; readonly cluster: string }
/** The same as columns, which is how a million of them are compared. */
export type PairColumns = {
  readonly candidate: Values
  readonly control: Values
  readonly clusters: ClusterKeys
}

export type ComparisonPlan = {
  readonly evaluator: string
  readonly kind: ScoreKind
  readonly unit: string
  readonly better: 'higher' | 'lower'
  readonly margin: number
  readonly intervals: IntervalMethod
  readonly random: () => number
  /** Of the interval; 0.95 when left out. */
  readonly level?: number
  /** Ids of examples that lack a score in an arm. */
  readonly excluded: readonly string[]
}
type ColumnsPlan = Omit<ComparisonPlan, 'excluded'> & Pick<Comparison, 'excluded'>

export const NAMED_EXCLUDED = 100
const Z = normalQuantile((1 + LEVEL) / 2)
const ALL_ALIKE = 'all alike, Wilson on their number, exact sign flips'

export const compare = (pairs: readonly Pair[], { excluded, ...plan }: ComparisonPlan): Comparison =>
  compareColumns(
    {
      candidate: pairs.map(({ candidate }) => candidate),
      control: pairs.map(({ control }) => control),
      clusters: pairs.map(({ cluster }) => cluster),
    },
    { ...plan, excluded: { count: excluded.length, examples: excluded.slice(0, NAMED_EXCLUDED) } },
  )

export function compareColumns(given: PairColumns, plan: ColumnsPlan): Comparison {
  // Looked for once, however often they are asked for.
  const clusters = clusterCodes(given.clusters)
  const pairs = { ...given, clusters }
  const differences = pairs.candidate.map((candidate, at) => candidate - (pairs.control.at(at) ?? Number.NaN))
  const measured = measure(pairs, differences, plan, plan.level)
  const verdict = verdictOf(measured.interval, plan)
  return {
    evaluator: plan.evaluator,
    n: differences.length,
    clusters: clusters.count,
    difference: meanOf(differences),
    ...measured,
    verdict,
    nonInferior: nonInferiorOf(pairs, differences, measured, plan),
    margin: plan.margin,
    adjustedP: null,
    neededN: verdict === 'undecided' ? neededPairs(pairs, differences, measured, plan) : null,
    excluded: plan.excluded,
  }
}

/** What is excluded is only passed on. */
type Unread = Omit<ComparisonPlan, 'excluded'>

type Measured = Pick<Comparison, 'interval' | 'discordant' | 'pValue' | 'method'>

function measure(pairs: PairColumns, differences: Values, plan: Unread, level = LEVEL): Measured {
  const { candidate: first, control: second, clusters } = pairs
  const n = differences.length
  const groups = clusterCodes(clusters).count
  const isBinary = n > 0 && isRate(plan.kind, first) && isRate(plan.kind, second)
  const discordant = isBinary ? { onlyCandidate: count(differences, 1), onlyControl: count(differences, -1) } : null
  const usual = differences.at(0)
  const isAlike = differences.every((difference) => difference === usual)
  if (isBinary && (groups === n || isAlike)) return rates(pairs, { units: groups, discordant, level })
  if (groups < 2) return { interval: null, discordant, pValue: null, method: 'too few pairs' }
  if (isAlike && isShare(plan.unit, first) && isShare(plan.unit, second)) return alike(usual ?? 0, { groups, level })
  if (plan.kind === 'mean' && plan.intervals === 'bca-bootstrap') {
    const interval = bootstrapOf({ values: differences, clusters }, plan.random)
    return { interval, discordant, pValue: null, method: `paired ${interval.method}` }
  }
  const given = { first, second, clusters, confidence: level }
  const { mean, seCR2, degreesOfFreedom, ...student } = clusteredPairedDifference(given)
  const areShares = isShare(plan.unit, first) && isShare(plan.unit, second)
  const { low, high } = areShares ? shareDifference(given) : student
  const method = areShares
    ? `wilson on the effective n of ${groups === n ? 'pairs' : 'clustered pairs'}`
    : groups === n
      ? 'paired t'
      : 'clustered paired t (CR2)'
  const t = mean === 0 ? 0 : mean / seCR2
  return {
    interval: { low, high, method, sides: 2, level },
    discordant,
    // Without any spread t is infinite, however few the pairs are.
    pValue: isAlike
      ? alikePairs({ difference: mean, units: groups }).p
      : Number.isNaN(t)
        ? null
        : studentTwoSidedTail(t, degreesOfFreedom),
    method,
  }
}

/** Newcombe's paired interval and exact McNemar; clusters that all say the same count as one unit each. */
function rates(
  { candidate, control }: PairColumns,
  { units, discordant, level }: { units: number; discordant: Measured['discordant']; level: number },
): Measured {
  const { onlyCandidate = 0, onlyControl = 0 } = discordant ?? {}
  const both = candidate.reduce((sum, score, at) => sum + (score === 1 && control.at(at) === 1 ? 1 : 0), 0)
  const scaled = (value: number) => Math.round((value * units) / candidate.length)
  const counts = { onlyFirst: scaled(onlyCandidate), onlySecond: scaled(onlyControl), bothRight: scaled(both) }
  const bothWrong = units - counts.onlyFirst - counts.onlySecond - counts.bothRight
  const { low, high } = newcombePaired({ ...counts, bothWrong, confidence: level })
  return {
    interval: { low, high, method: 'newcombe-paired', sides: 2, level },
    discordant,
    pValue: mcnemar(counts).exactP,
    method: 'newcombe-paired, exact McNemar',
  }
}

/**
 * Differences of shares that are all alike have no spread, which is no proof that there is none: as many others as the
 * Wilson interval of 0 in so many leaves open may lie anywhere from -1 to 1. Whether there is a difference at all is
 * tested exactly, by flipping signs.
 */
function alike(difference: number, { groups, level }: { groups: number; level: number }): Measured {
  const others = wilson({ successes: 0, n: groups, confidence: level }).high
  const usual = difference * (1 - others)
  const interval = { low: usual - others, high: usual + others, method: ALL_ALIKE, sides: 2 as const, level }
  const { p } = alikePairs({ difference, units: groups })
  return { interval, discordant: null, pValue: p, method: ALL_ALIKE }
}

export function verdictOf(
  interval: Pick<Interval, 'low' | 'high'> | null,
  { better, margin }: { better: 'higher' | 'lower'; margin: number },
): Comparison['verdict'] {
  if (!interval) return 'undecided'
  const [low, high] = towardsGood(interval, better)
  if (low > 0) return 'better'
  if (high < 0) return 'worse'
  return low >= -margin && high <= margin ? 'equivalent' : 'undecided'
}

/** No worse than the margin, at 95 % on one side: the end of the 90 % interval that points to harm. */
function nonInferiorOf(pairs: PairColumns, differences: Values, { interval }: Measured, plan: Unread): boolean | null {
  if (!interval) return null
  const [low, high] = towardsGood(interval, plan.better)
  if (low > -plan.margin) return true
  if (high < -plan.margin) return false
  // Resampling once more would take as long as the comparison itself; its wider interval left it open.
  if (interval.method.includes('bootstrap')) return null
  const narrower = measure(pairs, differences, plan, 2 * LEVEL - 1).interval
  return narrower && towardsGood(narrower, plan.better)[0] > -plan.margin ? true : null
}

const towardsGood = (
  { low, high }: Pick<Interval, 'low' | 'high'>,
  better: 'higher' | 'lower',
): readonly [number, number] => (better === 'higher' ? [low, high] : [-high, -low])

/** Pairs that show a difference of the margin with 80 % power at the variance that was seen. */
function neededPairs(
  pairs: PairColumns,
  differences: Values,
  { interval, discordant, method }: Measured,
  { margin }: Unread,
): number | null {
  if (margin <= 0 || differences.length < 2) return null
  if (discordant && interval?.method === 'newcombe-paired') {
    const share = Math.min(
      1,
      Math.max((discordant.onlyCandidate + discordant.onlyControl) / differences.length, margin),
    )
    return margin > share ? null : pairedProportionsSampleSize({ discordant: share, difference: margin }).n
  }
  // No difference in n pairs leaves z² / (n + z²) open, by Wilson.
  if (method === ALL_ALIKE) return differences.at(0) === 0 ? Math.ceil((Z ** 2 * (1 - margin)) / margin) : null
  const deviation = standardDeviation(differences) * Math.sqrt(designEffect(pairs, differences, method))
  return deviation > 0 ? meanSampleSize({ difference: margin, standardDeviation: deviation }).n : null
}

/** How much more the clusters let the mean vary than independent pairs would. */
function designEffect({ clusters }: PairColumns, differences: Values, method: string): number {
  if (!method.includes('cluster')) return 1
  const { seCR2, seIndependent } = clusteredMean({ scores: differences, clusters })
  return seIndependent > 0 ? Math.max(1, (seCR2 / seIndependent) ** 2) : 1
}

const count = (values: Values, wanted: number): number =>
  values.reduce((sum, value) => sum + (value === wanted ? 1 : 0), 0)
