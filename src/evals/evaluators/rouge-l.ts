/** ROUGE-L (Lin 2004): F1 over the longest common subsequence of tokens, the best over the references. */
import { z } from 'zod'
import { nearReference } from './near-reference.ts'
import { harmonicMean, plainTokens } from './text.ts'

/** The table of subsequences grows with the product of lengths; longer texts are cut here. */
const MAX_TOKENS = 2_000

export const rougeL = nearReference({
  id: 'rouge-l',
  version: 1,
  source: 'Lin 2004; rouge-score 0.1.2 without stemming',
  description: 'Longest common subsequence of words with the best reference (F1), as rouge-score counts it unstemmed.',
  options: z.strictObject({}),
  likeness: nearBySubsequence,
})

/** How near an answer comes to a reference by their longest common subsequence of words, from 0 to 1. */
export function nearBySubsequence(answer: string) {
  const given = plainTokens(answer).slice(0, MAX_TOKENS)
  return (reference: string): number => f1(given, plainTokens(reference).slice(0, MAX_TOKENS))
}

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
