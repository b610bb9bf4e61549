/** The answer is one of the references, character by character (white space at the ends does not count). */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'

export const exact = evaluator({
  id: 'exact',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: 'SQuAD exact match without its normalisation',
  description: 'The answer equals a reference, character by character.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, answer }) => {
      const references = referencesOf(example)
      if (references.length === 0) return notApplicable('no reference')
      const isEqual = references.some((reference) => reference.trim() === answer.trim())
      return passed(isEqual, isEqual ? 'equal' : 'not equal')
    },
})
