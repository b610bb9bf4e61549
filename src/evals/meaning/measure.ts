/** How often different questions would be taken for the same, over labelled pairs. Pure. */
import type { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import { clopperPearsonUpper } from '../../kernel/statistics/index.ts'

export type Pair = {
  readonly id: string
  readonly one: string
  readonly other: string
  readonly isSame: boolean
  /** To choose a threshold on; the others measure it. */
  readonly isToChoose: boolean
}
export type ComparedPair = Pick<Pair, 'isSame' | 'isToChoose'> & { readonly cosine: number }

export type Measured = {
  /** Pairs of different questions, and those of them that are taken for the same. */
  readonly different: number
  readonly falseHits: number
  /** Null without a pair of different questions. */
  readonly rate: number | null
  /** One-sided, 95 %, exact (Clopper and Pearson 1934); 1 without a pair. */
  readonly upper: number
  /** Pairs of the same question in other words, and those of them that are found. */
  readonly same: number
  readonly hits: number
}

const CONFIDENCE = 0.95

/** Throws `evals.pair-not-valid` with the row that is no pair. */
export function pairOf({ id, input, metadata = {}, split }: Example): Pair {
  const { other, same } = metadata
  const wrong = (field: string, found: unknown, remedy: string) =>
    new Failure(
      'invalid',
      'evals.pair-not-valid',
      `The row ${id} is no pair of questions: ${field} is ${JSON.stringify(found) ?? 'missing'}. ${remedy}`,
    )
  if (typeof input !== 'string') throw wrong('input', 'a conversation', 'Write one question.')
  if (typeof other !== 'string' || other.trim() === '')
    throw wrong('metadata.other', other, 'Write the question that it is compared with.')
  if (typeof same !== 'boolean')
    throw wrong('metadata.same', same, 'Write true where one answer fits both questions, else false.')
  return { id, one: input, other, isSame: same, isToChoose: split === 'build' }
}

export function measured(pairs: readonly ComparedPair[], threshold: number): Measured {
  const different = pairs.filter(({ isSame }) => !isSame)
  const same = pairs.filter(({ isSame }) => isSame)
  const found = (some: readonly ComparedPair[]) => some.filter(({ cosine }) => cosine >= threshold).length
  const [falseHits, n] = [found(different), different.length]
  return {
    different: n,
    falseHits,
    rate: n === 0 ? null : falseHits / n,
    upper: n === 0 ? 1 : clopperPearsonUpper({ successes: falseHits, n, confidence: CONFIDENCE }),
    same: same.length,
    hits: found(same),
  }
}

/**
 * The least threshold whose upper bound keeps the limit; null where none does. On pairs of their own: one that is chosen
 * on the pairs that measure it looks better than it is.
 */
export function chosenThreshold(pairs: readonly ComparedPair[], limit: number): number | null {
  const cosines = pairs
    .filter(({ isSame }) => !isSame)
    .map(({ cosine }) => cosine)
    .toSorted((a, b) => b - a)
  let least: number | null = null
  for (let falseHits = 0; falseHits < cosines.length; falseHits += 1) {
    if (clopperPearsonUpper({ successes: falseHits, n: cosines.length, confidence: CONFIDENCE }) > limit) break
    // Just above the next one, so that it is not among the hits.
    least = Math.ceil(((cosines[falseHits] ?? 0) + 1e-9) * 1e4) / 1e4
  }
  return least === null || least > 1 ? null : least
}

export const dotOf = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, part, at) => sum + part * (other[at] ?? 0), 0)
