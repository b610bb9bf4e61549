/**
 * One score of an experiment as a column: one place for each example. Columns are there while somebody adds them up; what
 * they are made of lies on disk (`numbers`), and so do those of many examples (`disk-columns.ts`).
 */
import type { Values } from '../../kernel/statistics/index.ts'
import type { EvaluatorInfo } from '../experiment.ts'

export type Measure = Pick<EvaluatorInfo, 'version' | 'kind' | 'unit' | 'better'> & { readonly key: string }

/** What figures need of evaluators, and nothing that a thread could not be given. */
export const measuresOf = (
  evaluators: readonly { readonly key: string; readonly evaluator: EvaluatorInfo }[],
): Measure[] =>
  evaluators.map(({ key, evaluator: { version, kind, unit, better } }) => ({ key, version, kind, unit, better }))

/** One evaluator over one arm, by the place of the example. */
export type ScoreColumn = {
  /** Mean over the repeats that have a score; NaN where none has. */
  readonly scores: Values
  /** 1 where a run or the evaluator failed. */
  readonly errors: Values
  /** Repeats with a score, and those of them that were 1; absent where each example runs once. */
  readonly tries: { readonly counts: Values; readonly right: Values } | undefined
  /** Whether every score was 0 or 1. */
  readonly isBinary: boolean
}

/** In memory: nine bytes for each example, thirteen where examples run several times. */
export type HeldColumn = ScoreColumn & {
  readonly scores: Float64Array<ArrayBuffer>
  readonly errors: Uint8Array<ArrayBuffer>
  readonly tries: { readonly counts: Uint16Array<ArrayBuffer>; readonly right: Uint16Array<ArrayBuffer> } | undefined
}

export const scoreAt = ({ scores }: Pick<ScoreColumn, 'scores'>, place: number): number =>
  scores.at(place) ?? Number.NaN

/** Adds up scores, which come in any order; the repeats of an example are added in the order in which they come. */
export function createScoreColumn({ examples, repeats }: { examples: number; repeats: number }) {
  const scores = new Float64Array(examples).fill(Number.NaN)
  const errors = new Uint8Array(examples)
  const tries = repeats > 1 ? { counts: new Uint16Array(examples), right: new Uint16Array(examples) } : undefined
  let isBinary = true
  return {
    /** @param score NaN where there is none */
    add(place: number, score: number, isError: boolean): void {
      if (isError) errors[place] = 1
      if (Number.isNaN(score)) return
      const before = scores[place] ?? Number.NaN
      scores[place] = Number.isNaN(before) ? score : before + score
      isBinary &&= score === 0 || score === 1
      if (!tries) return
      tries.counts[place] = (tries.counts[place] ?? 0) + 1
      if (score === 1) tries.right[place] = (tries.right[place] ?? 0) + 1
    },
    end(): HeldColumn {
      if (tries) for (let at = 0; at < examples; at++) scores[at] = (scores[at] ?? 0) / (tries.counts[at] ?? 0)
      return { scores, errors, tries, isBinary }
    },
  }
}
