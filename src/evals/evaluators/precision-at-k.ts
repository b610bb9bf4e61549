/** Share of the first k found passages that hold the answer. */
import { z } from 'zod'
import { precisionAtK as precision } from '../../kernel/statistics/index.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { relevanceOf } from './relevance.ts'

export const precisionAtK = evaluator({
  id: 'precision-at-k',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['contexts'],
  cost: 'none',
  source: 'trec_eval P_k: k is the divisor, also when fewer were found',
  description: 'Share of the first `k` found passages (5 when not said) that hold the answer.',
  options: z.strictObject({ k: z.number().int().min(1).default(5) }),
  scorer:
    ({ k }) =>
    ({ example, result }) =>
      (example.contexts ?? []).length === 0
        ? notApplicable('no contexts')
        : {
            score: precision({ ranking: result.passages, relevance: relevanceOf(example), k }),
            detail: `among the first ${k}`,
          },
})
