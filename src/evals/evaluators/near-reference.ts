/** How near an answer comes to a reference, from 0 to 1: the nearest of its references counts. */
import type { z } from 'zod'
import { referencesOf } from '../../core/dataset.ts'
import type { EvaluatorInfo } from '../experiment.ts'
import { type Evaluator, evaluator, notApplicable } from './evaluator.ts'
import { bestOver } from './text.ts'

type Given<Options extends z.ZodType> = Pick<EvaluatorInfo, 'id' | 'version' | 'source' | 'description'> & {
  readonly options: Options
  /** Prepares the answer once, for all its references. */
  readonly likeness: (answer: string, options: z.output<Options>) => (reference: string) => number
}

export const nearReference = <Options extends z.ZodType>({ likeness, ...given }: Given<Options>): Evaluator =>
  evaluator({
    ...given,
    kind: 'mean',
    unit: 'share',
    better: 'higher',
    range: { low: 0, high: 1 },
    needs: ['expected'],
    cost: 'none',
    scorer:
      (options) =>
      ({ example, answer }) => {
        const references = referencesOf(example)
        if (references.length === 0) return notApplicable('no reference')
        const { score, reference } = bestOver(references, likeness(answer, options))
        return {
          score,
          detail: references.length === 1 ? 'against the reference' : `best against reference ${reference}`,
        }
      },
  })
