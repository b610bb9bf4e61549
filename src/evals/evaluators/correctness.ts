/** Claims of the answer held against those of the reference, both ways. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { CLAIMS_PROMPT, claimsOf, SUPPORT_PROMPT, supportOf } from './claims.ts'
import { notApplicable } from './evaluator.ts'
import { graded, shareOf } from './graded.ts'
import { harmonicMean } from './text.ts'

export const correctness = graded({
  id: 'correctness',
  kind: 'mean',
  needs: ['expected'],
  source:
    'factual correctness of Ragas (F1 over claims); answer correctness of Ragas and autoevals mixes in a similarity of 0.25; self-tested',
  description:
    'F1 of claims: those of the answer that the reference supports, and those of the reference that the answer supports.',
  prompt: `${CLAIMS_PROMPT}\n\n${SUPPORT_PROMPT}`,
  shape: { mode: z.enum(['f1', 'precision', 'recall']).default('f1') },
  rubric: ({ mode }) => mode,
  async grade({ example, answer, result }, ask, { mode }) {
    const references = referencesOf(example)
    if (references.length === 0) return notApplicable('no reference')
    if (result.abstained) return { score: 0, detail: 'abstained where there is a reference' }
    const [given, wanted] = [await claimsOf(ask, answer), await claimsOf(ask, references.join('\n'))]
    if (wanted.length === 0) return notApplicable('the reference makes no claim')
    if (given.length === 0) return { score: 0, detail: 'makes no claim' }
    const right = await supportOf(ask, given, references)
    const covered = await supportOf(ask, wanted, [answer])
    const [precision, recall] = [shareOf(right), shareOf(covered)]
    return {
      score: mode === 'precision' ? precision : mode === 'recall' ? recall : harmonicMean(precision, recall),
      detail: `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
      parts: [
        ...right.map((part) => ({ ...part, name: `says: ${part.name}` })),
        ...covered.map((part) => ({ ...part, name: `should say: ${part.name}` })),
      ],
    }
  },
})
