/**
 * One score of an experiment as a column: one place for each example. Columns are there while somebody adds them up; what
 * they are made of lies on disk (`numbers`).
 *
 * Invariant: of a score nine bytes are held for each example and arm, thirteen where examples run several times.
 */
import type { EvaluatorInfo } from '../experiment.ts'

export type Measure = Pick<EvaluatorInfo, 'version' | 'kind' | 'unit' | 'better'> & { readonly key: string }

/** What figures need of evaluators, and nothing that a thread could not be given. */
export const measuresOf = (
  evaluators: readonly { readonly key: string; readonly evaluator: EvaluatorInfo }[],
): Measure[] =>
  evaluators.map(({ key, evaluator: { version, kind, unit, better } }) => ({ key, version, kind, unit, better }))

/** One evaluator over one arm, by the place of the example. */
export type ScoreColumn = {
  /** Sum over the repeats that have a score; NaN where none has. */
  readonly sums: Float64Array
  /** 1 where a run or the evaluator failed. */
  readonly errors: Uint8Array
  /** Repeats with a score, and those of them that were 1; absent where each example runs once. */
  readonly tries: { readonly counts: Uint16Array; readonly right: Uint16Array } | undefined
  /** Whether every score was 0 or 1. */
  readonly isBinary: boolean
}

export const scoreAt = ({ sums, tries }: ScoreColumn, place: number): number => {
  const sum = sums[place] ?? Number.NaN
  return tries ? sum / (tries.counts[place] ?? 0) : sum
}

/** Adds up scores, which come in any order; the repeats of an example are added in the order in which they come. */
export function createScoreColumn({ examples, repeats }: { examples: number; repeats: number }) {
  const sums = new Float64Array(examples).fill(Number.NaN)
  const errors = new Uint8Array(examples)
  const tries = repeats > 1 ? { counts: new Uint16Array(examples), right: new Uint16Array(examples) } : undefined
  let isBinary = true
  return {
    /** @param score NaN where there is none */
    add(place: number, score: number, isError: boolean): void {
      if (isError) errors[place] = 1
      if (Number.isNaN(score)) return
      const before = sums[place] ?? Number.NaN
      sums[place] = Number.isNaN(before) ? score : before + score
      isBinary &&= score === 0 || score === 1
      if (!tries) return
      tries.counts[place] = (tries.counts[place] ?? 0) + 1
      if (score === 1) tries.right[place] = (tries.right[place] ?? 0) + 1
    },
    end: (): ScoreColumn => ({ sums, errors, tries, isBinary }),
  }
}
