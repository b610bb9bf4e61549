/** It abstained exactly where it should have. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'

export const abstention = evaluator({
  id: 'abstention',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['unanswerable'],
  cost: 'none',
  source: 'own; self-tested',
  description: 'It abstained where the example is unanswerable, and answered where it is not.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, result }) => {
      // An example with a reference is answerable even when nobody marked it.
      const isUnanswerable = example.unanswerable ?? (referencesOf(example).length > 0 ? false : undefined)
      if (isUnanswerable === undefined) return notApplicable('not known whether it can be answered')
      return passed(
        result.abstained === isUnanswerable,
        `${result.abstained ? 'abstained' : 'answered'} where it is ${isUnanswerable ? 'unanswerable' : 'answerable'}`,
      )
    },
})
