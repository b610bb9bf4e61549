/** Every citation of the answer points at a passage that was found. */
import { z } from 'zod'
import { evaluator, notApplicable, passed } from './evaluator.ts'

export const citationValidity = evaluator({
  id: 'citation-validity',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: [],
  cost: 'none',
  source: 'own; self-tested',
  description: 'Every citation points at a passage that was found; with `required` an answer without one fails.',
  options: z.strictObject({ required: z.boolean().default(false) }),
  scorer:
    ({ required }) =>
    ({ result }) => {
      if (result.invalidCitations.length > 0)
        return passed(false, `points nowhere: ${result.invalidCitations.join(', ')}`)
      if (result.citations.length > 0) return passed(true, `${result.citations.length} valid`)
      if (required && !result.abstained) return passed(false, 'cites nothing')
      return notApplicable(result.abstained ? 'abstained' : 'cites nothing')
    },
})
