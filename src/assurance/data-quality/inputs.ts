/** What a dataset's rows ask, made comparable: two inputs are the same when they differ in case, marks and spaces only. */
import type { Example, Split } from '../../core/dataset.ts'
import { inputKey, plain } from '../../evals/index.ts'

/** Splits that measure; what they ask may not be known beforehand. */
const MEASURING: readonly Split[] = ['regress', 'holdout', 'calibration']
/** Shorter inputs (`hello`) turn up in a prompt by chance. */
const FEWEST_LETTERS = 15

/** Inputs over all datasets, with the splits where they stand. */
export type InputCensus = {
  add(dataset: string, example: Pick<Example, 'input' | 'split'>): void
  /** Rows whose input an earlier row of the same dataset has. */
  duplicates(): number
  /** Inputs that stand in two splits, or in a measuring split and in a prompt's text. */
  overlapping(prompts: readonly string[]): string[]
}

export function createInputCensus(): InputCensus {
  const splitsOf = new Map<string, Set<Split>>()
  const seenIn = new Map<string, Set<string>>()
  let duplicates = 0
  return {
    add(dataset, example) {
      const input = inputKey(example)
      const seen = seenIn.get(dataset) ?? new Set()
      if (seen.has(input)) duplicates += 1
      seenIn.set(dataset, seen.add(input))
      splitsOf.set(input, (splitsOf.get(input) ?? new Set()).add(example.split))
    },
    duplicates: () => duplicates,
    overlapping(prompts) {
      const known = prompts.map(plain)
      return [...splitsOf].flatMap(([input, splits]) => {
        const isMeasured = MEASURING.some((split) => splits.has(split))
        const isShown = isMeasured && input.length >= FEWEST_LETTERS && known.some((text) => text.includes(input))
        return splits.size > 1 || isShown ? [input] : []
      })
    },
  }
}
