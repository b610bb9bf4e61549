/** SQuAD's F1 over tokens, the best over the references. */
import { z } from 'zod'
import { nearReference } from './near-reference.ts'
import { harmonicMean, squadTokens } from './text.ts'

export const tokenF1 = nearReference({
  id: 'token-f1',
  version: 1,
  source: 'SQuAD v1.1 evaluation (Rajpurkar et al. 2016)',
  description: 'Overlap of words with the best reference (F1 of precision and recall), as SQuAD counts it.',
  options: z.strictObject({}),
  likeness(answer) {
    const given = squadTokens(answer)
    return (reference) => overlap(given, squadTokens(reference))
  },
})

function overlap(given: readonly string[], wanted: readonly string[]): number {
  if (given.length === 0 || wanted.length === 0) return given.length === wanted.length ? 1 : 0
  const left = new Map<string, number>()
  for (const token of wanted) left.set(token, (left.get(token) ?? 0) + 1)
  let shared = 0
  for (const token of given) {
    const count = left.get(token) ?? 0
    if (count === 0) continue
    left.set(token, count - 1)
    shared++
  }
  return harmonicMean(shared / given.length, shared / wanted.length)
}
