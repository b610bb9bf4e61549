/** Discounted gain of the first k found passages over the best possible order. */
import { z } from 'zod'
import { ndcg as gain } from '../../kernel/statistics/index.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { relevanceOf } from './relevance.ts'

export const ndcg = evaluator({
  id: 'ndcg',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['contexts'],
  cost: 'none',
  source: 'Järvelin & Kekäläinen 2002; linear gain as scikit-learn and trec_eval',
  description: 'Discounted gain of the first `k` found passages (10 when not said) over that of the best order.',
  options: z.strictObject({ k: z.number().int().min(1).default(10) }),
  scorer:
    ({ k }) =>
    ({ example, result }) => {
      const score = gain({ ranking: result.passages, relevance: relevanceOf(example), k })
      return score === undefined ? notApplicable('no contexts') : { score, detail: `among the first ${k}` }
    },
})
