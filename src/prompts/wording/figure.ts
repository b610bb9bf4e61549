/**
 * How much the wording of a prompt matters: for each arm in other words the share of rows whose score is that of the
 * prompt as it is, within the margin, and how far apart the best and the worst arm are. Pure.
 *
 * Invariants: repeats are averaged first; a row without a score in one of two arms is counted as missing and never as
 * steady; rows of one cluster count as such in every interval.
 */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { clusteredRate } from '../../kernel/statistics/index.ts'

const LEVEL = 0.95
export const PREFIX = 'wording-'

/** A row of an arm: which example, and what its answer scored. */
export type ArmRow = {
  readonly arm: string
  readonly example: string
  readonly cluster: string
  readonly score: number | null
}

/** Of an arm with the prompt as it is, as the experiment compared them. */
export type ArmComparison = {
  readonly difference: number | null
  readonly interval: Interval | null
  readonly verdict: 'better' | 'worse' | 'equivalent' | 'undecided'
  readonly margin: number
  readonly neededN: number | null
  readonly n: number
}

export const WordingFigure = z.object({
  /** `wording-label-case`, for example. */
  arm: z.string(),
  /** Share of rows that score as with the prompt as it is, within the margin; null without one. */
  stable: z.number().nullable(),
  /** Rows with a score in both. */
  n: z.number().int(),
  clusters: z.number().int(),
  interval: Interval.nullable(),
  missing: z.number().int(),
  /** Mean score less that of the prompt as it is, and its interval; null without a row. */
  change: z.number().nullable(),
  changeInterval: Interval.nullable(),
  /**
   * STEADY: all of the interval of the change is inside ± margin · MOVED: there is a difference, by Holm over the arms ·
   * INCONCLUSIVE: neither is shown.
   */
  verdict: z.enum(['STEADY', 'MOVED', 'INCONCLUSIVE']),
  /** Rows that are still needed to decide at this variance; null when decided, or when nothing varies. */
  moreNeeded: z.number().int().nullable(),
})
export type WordingFigure = z.infer<typeof WordingFigure>

export const WordingSpread = z.object({
  best: z.string(),
  worst: z.string(),
  /** Mean of the best less that of the worst, over rows that all arms scored. */
  difference: z.number(),
  n: z.number().int(),
  /** Wide enough for every pair of arms, because these two were chosen after looking. */
  interval: Interval.nullable(),
  verdict: z.enum(['STEADY', 'MOVED', 'INCONCLUSIVE']),
})
export type WordingSpread = z.infer<typeof WordingSpread>

export type Compare = (
  pairs: {
    readonly first: readonly number[]
    readonly second: readonly number[]
    readonly clusters: readonly string[]
  },
  level: number,
) => Interval | null

export function wordingOf(
  arm: string,
  { rows, comparison }: { rows: readonly ArmRow[]; comparison: ArmComparison },
): WordingFigure {
  const means = meansOf(rows)
  const [present, other] = [means.get('candidate'), means.get(arm)]
  const examples = [...new Set([...(present?.keys() ?? []), ...(other?.keys() ?? [])])]
  const pairs = examples.flatMap((example) => {
    const [before, after] = [present?.get(example), other?.get(example)]
    return before?.score == null || after?.score == null
      ? []
      : [{ change: after.score - before.score, cluster: before.cluster }]
  })
  const steady = pairs.map(({ change }) => (Math.abs(change) <= comparison.margin + ROUNDING ? 1 : 0))
  const clusters = pairs.map(({ cluster }) => cluster)
  const verdict = verdictOf(comparison)
  return {
    arm,
    stable: pairs.length === 0 ? null : sum(steady) / pairs.length,
    n: pairs.length,
    clusters: new Set(clusters).size,
    interval: rateInterval(steady, clusters),
    missing: examples.length - pairs.length,
    change: comparison.difference,
    changeInterval: comparison.interval,
    verdict,
    moreNeeded:
      verdict === 'INCONCLUSIVE' && comparison.neededN !== null ? Math.max(1, comparison.neededN - comparison.n) : null,
  }
}

/** Of all arms, over the rows that each of them has scored; undefined where there is none. */
export function spreadOf(
  rows: readonly ArmRow[],
  { better, margin, compare }: { better: 'higher' | 'lower'; margin: number; compare: Compare },
): WordingSpread | undefined {
  const means = [...meansOf(rows)]
  const common = [...(means[0]?.[1].entries() ?? [])].filter(([example]) =>
    means.every(([, of]) => of.get(example)?.score != null),
  )
  const clusters = common.map(([, { cluster }]) => cluster)
  const arms = means.map(([arm, of]) => ({ arm, scores: common.map(([example]) => of.get(example)?.score ?? 0) }))
  if (common.length === 0) return undefined
  const up = better === 'higher' ? 1 : -1
  const ranked = arms.toSorted((one, other) => up * (sum(other.scores) - sum(one.scores)))
  const [best, worst] = [ranked.at(0), ranked.at(-1)]
  if (!best || !worst) return undefined
  const pairs = (arms.length * (arms.length - 1)) / 2
  const interval = compare({ first: best.scores, second: worst.scores, clusters }, 1 - (1 - LEVEL) / Math.max(1, pairs))
  return {
    best: best.arm,
    worst: worst.arm,
    difference: (sum(best.scores) - sum(worst.scores)) / common.length,
    n: common.length,
    interval,
    verdict: isInside(interval, margin)
      ? 'STEADY'
      : interval && (interval.low > 0 || interval.high < 0)
        ? 'MOVED'
        : 'INCONCLUSIVE',
  }
}

/** Differences of shares are no whole numbers for a machine. */
const ROUNDING = 1e-9

const isInside = (interval: Interval | null, margin: number): boolean =>
  interval !== null && interval.low >= -margin - ROUNDING && interval.high <= margin + ROUNDING

function verdictOf({ interval, verdict, margin }: ArmComparison): WordingFigure['verdict'] {
  if (isInside(interval, margin)) return 'STEADY'
  return verdict === 'better' || verdict === 'worse' ? 'MOVED' : 'INCONCLUSIVE'
}

type Mean = { readonly score: number | null; readonly cluster: string }

/** By arm and example, repeats averaged. */
function meansOf(rows: readonly ArmRow[]): Map<string, Map<string, Mean>> {
  return new Map(
    [...Map.groupBy(rows, ({ arm }) => arm)].map(([arm, own]) => [
      arm,
      new Map(
        [...Map.groupBy(own, ({ example }) => example)].map(([example, all]): [string, Mean] => {
          const scores = all.flatMap(({ score }) => (score === null ? [] : [score]))
          const cluster = all[0]?.cluster ?? example
          return [example, { score: scores.length === 0 ? null : sum(scores) / scores.length, cluster }]
        }),
      ),
    ]),
  )
}

/** Null where one cluster alone has rows that differ: nothing is known of how alike those of others are. */
function rateInterval(scores: readonly number[], clusters: readonly string[]): Interval | null {
  const isOne = new Set(clusters).size < 2 && new Set(scores).size > 1
  if (scores.length === 0 || isOne) return null
  const { low, high } = clusteredRate({ scores, clusters, confidence: LEVEL })
  return { low, high, method: 'wilson on the effective n', sides: 2, level: LEVEL }
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)
