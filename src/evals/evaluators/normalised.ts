/** The answer is one of the references after SQuAD's normalisation. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'
import { normalised } from './text.ts'

export const normalisedMatch = evaluator({
  id: 'normalised',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: 'SQuAD v1.1 evaluation (Rajpurkar et al. 2016)',
  description: 'The answer equals a reference; case, punctuation, articles and citation markers do not count.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, answer }) => {
      const references = referencesOf(example)
      if (references.length === 0) return notApplicable('no reference')
      const given = normalised(answer)
      const isEqual = references.some((reference) => normalised(reference) === given)
      return passed(isEqual, isEqual ? 'equal' : 'not equal')
    },
})
