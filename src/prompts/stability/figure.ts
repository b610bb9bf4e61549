/**
 * How steady answers are: the share of variants whose score is that of their original, within the suite's margin.
 *
 * Invariants: a variant without a score, or whose original has none, is counted apart and never as steady; variants of
 * one question are one cluster; repeats are averaged first.
 */
import { z } from 'zod'
import { Interval } from '../../core/evidence.ts'
import { clusteredRate } from '../../kernel/statistics/index.ts'
import { variantIn } from './kinds.ts'

const LEVEL = 0.95

export const StabilityFigure = z.object({
  /** Share of variants that score as their original; null without one. */
  stable: z.number().nullable(),
  /** Variants with a score, beside an original with one. */
  n: z.number().int(),
  /** Questions that they are variants of. */
  questions: z.number().int(),
  interval: Interval.nullable(),
  /** Mean score of the variants less that of their originals; null without one. */
  change: z.number().nullable(),
  /** Variants without a score, or whose original has none. */
  missing: z.number().int(),
})
export type StabilityFigure = z.infer<typeof StabilityFigure>

export const Stability = StabilityFigure.extend({
  /** The same for each rule, for `paraphrase-by-model` and for each `language:<tag>`. */
  by: z.record(z.string(), StabilityFigure),
})
export type Stability = z.infer<typeof Stability>

/** A row of an experiment: a question, and what its answer scored. */
export type ScoredRow = { readonly example: string; readonly score: number | null }

type Pair = {
  readonly question: string
  readonly kind: string
  readonly before: number | null
  readonly after: number | null
}

export function stabilityOf(rows: readonly ScoredRow[], margin: number): Stability {
  const means = meansByExample(rows)
  const pairs = [...means].flatMap(([example, after]): Pair[] => {
    const variant = variantIn(example)
    return variant ? [{ ...variant, before: means.get(variant.question) ?? null, after }] : []
  })
  const kinds = [...new Set(pairs.map(({ kind }) => kind))]
  return {
    ...figureOf(pairs, margin),
    by: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        figureOf(
          pairs.filter((pair) => pair.kind === kind),
          margin,
        ),
      ]),
    ),
  }
}

function meansByExample(rows: readonly ScoredRow[]): Map<string, number | null> {
  return new Map(
    [...Map.groupBy(rows, ({ example }) => example)].map(([example, all]) => {
      const scores = all.flatMap(({ score }) => (score === null ? [] : [score]))
      return [example, scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length]
    }),
  )
}

function figureOf(pairs: readonly Pair[], margin: number): StabilityFigure {
  const scored = pairs.flatMap(({ question, before, after }) =>
    before === null || after === null ? [] : [{ question, change: after - before }],
  )
  const steady = scored.map(({ change }) => (Math.abs(change) <= margin ? 1 : 0))
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
  const questions = scored.map(({ question }) => question)
  return {
    stable: scored.length === 0 ? null : sum(steady) / scored.length,
    n: scored.length,
    questions: new Set(questions).size,
    interval: intervalOf(steady, questions),
    change: scored.length === 0 ? null : sum(scored.map(({ change }) => change)) / scored.length,
    missing: pairs.length - scored.length,
  }
}

/** Null where one question alone has variants that differ: nothing is known of how alike those of others are. */
function intervalOf(scores: readonly number[], clusters: readonly string[]): Interval | null {
  const isOne = new Set(clusters).size < 2 && new Set(scores).size > 1
  if (scores.length === 0 || isOne) return null
  const { low, high } = clusteredRate({ scores, clusters, confidence: LEVEL })
  return { low, high, method: 'wilson on the effective n', sides: 2, level: LEVEL }
}
