/** Share of the passages that hold the answer among the first k that were found. */
import { z } from 'zod'
import { recallAtK as recall } from '../../kernel/statistics/index.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { relevanceOf } from './relevance.ts'

export const recallAtK = evaluator({
  id: 'recall-at-k',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['contexts'],
  cost: 'none',
  source: 'trec_eval recall_k',
  description: 'Share of the passages that hold the answer among the first `k` found (5 when not said).',
  options: z.strictObject({ k: z.number().int().min(1).default(5) }),
  scorer:
    ({ k }) =>
    ({ example, result }) => {
      const score = recall({ ranking: result.passages, relevance: relevanceOf(example), k })
      return score === undefined ? notApplicable('no contexts') : { score, detail: `among the first ${k}` }
    },
})
