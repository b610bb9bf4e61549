/** ROUGE-1 and ROUGE-2 (Lin 2004): F1 over shared words or pairs of words, the best over the references. */
import { z } from 'zod'
import type { Evaluator } from './evaluator.ts'
import { countGrams, sharedGrams, totalOf } from './grams.ts'
import { nearReference } from './near-reference.ts'
import { harmonicMean, plainTokens } from './text.ts'

const rouge = (length: 1 | 2): Evaluator =>
  nearReference({
    id: `rouge-${length}`,
    version: 1,
    source: 'Lin 2004; rouge-score 0.1.2 without stemming',
    description: `Shared ${length === 1 ? 'words' : 'pairs of words'} with the best reference (F1), as rouge-score counts them unstemmed.`,
    options: z.strictObject({}),
    likeness: rougeN(length),
  })

export const rouge1 = rouge(1)
export const rouge2 = rouge(2)

/** How near an answer comes to a reference by shared runs of so many words, from 0 to 1. */
export function rougeN(length: 1 | 2) {
  return (answer: string) => {
    const given = countGrams(plainTokens(answer), length)
    return (reference: string): number => {
      const wanted = countGrams(plainTokens(reference), length)
      const shared = sharedGrams(given, wanted)
      const [mine, theirs] = [totalOf(given), totalOf(wanted)]
      return mine === 0 || theirs === 0 ? 0 : harmonicMean(shared / mine, shared / theirs)
    }
  }
}
