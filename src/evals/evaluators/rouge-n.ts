/** ROUGE-1 and ROUGE-2 (Lin 2004): F1 over shared words or pairs of words, the best over the references. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { type Evaluator, evaluator, notApplicable } from './evaluator.ts'
import { countGrams, sharedGrams, totalOf } from './grams.ts'
import { bestOver, harmonicMean, plainTokens } from './text.ts'

const rouge = (length: 1 | 2): Evaluator =>
  evaluator({
    id: `rouge-${length}`,
    version: 1,
    kind: 'mean',
    unit: 'share',
    better: 'higher',
    range: { low: 0, high: 1 },
    needs: ['expected'],
    cost: 'none',
    source: 'Lin 2004; rouge-score 0.1.2 without stemming',
    description: `Shared ${length === 1 ? 'words' : 'pairs of words'} with the best reference (F1), as rouge-score counts them unstemmed.`,
    options: z.strictObject({}),
    scorer:
      () =>
      ({ example, answer }) => {
        const references = referencesOf(example)
        if (references.length === 0) return notApplicable('no reference')
        const given = countGrams(plainTokens(answer), length)
        const { score, reference } = bestOver(references, (text) => {
          const wanted = countGrams(plainTokens(text), length)
          const shared = sharedGrams(given, wanted)
          const [mine, theirs] = [totalOf(given), totalOf(wanted)]
          return mine === 0 || theirs === 0 ? 0 : harmonicMean(shared / mine, shared / theirs)
        })
        return { score, detail: `against reference ${reference}` }
      },
  })

export const rouge1 = rouge(1)
export const rouge2 = rouge(2)
