/** The number in the answer is the one expected, within a tolerance. */
import { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import { evaluator, notApplicable, passed } from './evaluator.ts'

export const number = evaluator({
  id: 'number',
  version: 1,
  kind: 'rate',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['expected'],
  cost: 'none',
  source: 'the last number, as GSM8K scores answers (Cobbe et al. 2021)',
  description:
    'The last number of the answer (or the first) equals the one of a reference, within `absolute` or `relative`.',
  options: z.strictObject({
    which: z.enum(['last', 'first']).default('last'),
    /** Greatest difference, in the unit of the number. */
    absolute: z.number().min(0).default(0),
    /** Greatest difference as a share of the reference. */
    relative: z.number().min(0).default(0),
  }),
  scorer:
    ({ which, absolute, relative }) =>
    ({ example, answer }) => {
      const wanted = referencesOf(example).flatMap((reference) => numbersIn(reference).slice(-1))
      if (wanted.length === 0) return notApplicable('no number in a reference')
      const found = numbersIn(answer).at(which === 'last' ? -1 : 0)
      if (found === undefined) return passed(false, 'no number in the answer')
      const isNear = wanted.some(
        (value) => Math.abs(found - value) <= Math.max(absolute, relative * Math.abs(value), 1e-12 * Math.abs(value)),
      )
      return passed(isNear, `${found} for ${wanted.join(' or ')}`)
    },
})

/** Numbers as they are written in English: commas group thousands, `%` and currency signs are left out. */
export const numbersIn = (text: string): number[] =>
  (text.match(/-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?|-?\.\d+/g) ?? [])
    .map((written) => Number(written.replaceAll(',', '')))
    .filter(Number.isFinite)
