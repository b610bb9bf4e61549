/** The answer contains a reference, or every text that the options name. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'

export const contains = evaluator({
  id: 'contains',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: [],
  cost: 'none',
  source: 'own; self-tested',
  description: 'The answer contains a reference, or every text in `values`.',
  options: z.strictObject({
    /** All of these must be there; without them one of the references. */
    values: z.array(z.string().min(1)).min(1).optional(),
    caseSensitive: z.boolean().default(false),
  }),
  scorer: ({ values, caseSensitive }) => {
    const fold = (text: string) => (caseSensitive ? text : text.toLowerCase())
    return ({ example, answer }) => {
      const text = fold(answer)
      if (values) {
        const absent = values.filter((value) => !text.includes(fold(value)))
        return passed(absent.length === 0, absent.length === 0 ? 'all there' : `not there: ${absent.join(', ')}`)
      }
      const references = referencesOf(example).filter((reference) => reference.trim() !== '')
      if (references.length === 0) return notApplicable('no reference')
      const found = references.find((reference) => text.includes(fold(reference.trim())))
      return passed(found !== undefined, found === undefined ? 'no reference in it' : `contains: ${found}`)
    }
  },
})
