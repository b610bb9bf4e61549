/** Tokens of the answer, as the provider counted them (or as they were estimated). */
import { z } from 'zod'
import { evaluator, notApplicable } from './evaluator.ts'

export const tokens = evaluator({
  id: 'tokens',
  version: 1,
  kind: 'mean',
  unit: 'tokens',
  better: 'lower',
  range: { low: 0, high: null },
  needs: [],
  cost: 'none',
  source: 'usage of the provider; the arm says when it is an estimate',
  description: 'Tokens of the answer (`of: output`), of what was sent, or of both.',
  options: z.strictObject({ of: z.enum(['output', 'input', 'both']).default('output') }),
  scorer:
    ({ of }) =>
    ({ result: { tokens: used } }) => {
      if (!used) return notApplicable('the tokens are not known')
      const score = of === 'both' ? used.input + used.output : used[of]
      return { score, detail: of === 'both' ? 'sent and answered' : of }
    },
})
