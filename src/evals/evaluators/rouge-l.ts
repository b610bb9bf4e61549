/** ROUGE-L (Lin 2004): F1 over the longest common subsequence of tokens, the best over the references. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { bestOver, harmonicMean, plainTokens } from './text.ts'

/** The table of subsequences grows with the product of lengths; longer texts are cut here. */
const MAX_TOKENS = 2_000

export const rougeL = evaluator({
  id: 'rouge-l',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: 'Lin 2004; rouge-score 0.1.2 without stemming',
  description: 'Longest common subsequence of words with the best reference (F1), as rouge-score counts it unstemmed.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, answer }) => {
      const references = referencesOf(example)
      if (references.length === 0) return notApplicable('no reference')
      const given = plainTokens(answer).slice(0, MAX_TOKENS)
      const { score, reference } = bestOver(references, (text) => f1(given, plainTokens(text).slice(0, MAX_TOKENS)))
      return {
        score,
        detail: references.length === 1 ? 'against the reference' : `best against reference ${reference}`,
      }
    },
})

function f1(given: readonly string[], wanted: readonly string[]): number {
  if (given.length === 0 || wanted.length === 0) return given.length === wanted.length ? 1 : 0
  const common = longestCommonSubsequence(given, wanted)
  return harmonicMean(common / given.length, common / wanted.length)
}

function longestCommonSubsequence(one: readonly string[], other: readonly string[]): number {
  let above = new Uint32Array(other.length + 1)
  let row = new Uint32Array(other.length + 1)
  for (const token of one) {
    for (let at = 1; at <= other.length; at++)
      row[at] = token === other[at - 1] ? (above[at - 1] ?? 0) + 1 : Math.max(above[at] ?? 0, row[at - 1] ?? 0)
    const spare = above
    above = row
    row = spare
  }
  return above[other.length] ?? 0
}
