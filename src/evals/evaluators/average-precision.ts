/** Average precision of the found passages; its mean over examples is MAP. */
import { z } from 'zod'
import { averagePrecision as precision } from '../../kernel/statistics/index.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { relevanceOf } from './relevance.ts'

export const averagePrecision = evaluator({
  id: 'average-precision',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['contexts'],
  cost: 'none',
  source: 'trec_eval map',
  description: 'Average precision of the found passages (trec_eval); the mean over examples is MAP.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, result }) => {
      const score = precision({ ranking: result.passages, relevance: relevanceOf(example) })
      return score === undefined
        ? notApplicable('no contexts')
        : { score, detail: `over ${result.passages.length} found` }
    },
})
