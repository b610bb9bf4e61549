/** One over the rank of the first passage that holds the answer; its mean over examples is MRR. */
import { z } from 'zod'
import { reciprocalRank as rank } from '../../kernel/statistics/index.ts'
import { evaluator, notApplicable } from './evaluator.ts'
import { relevanceOf } from './relevance.ts'

export const reciprocalRank = evaluator({
  id: 'reciprocal-rank',
  version: 1,
  kind: 'mean',
  unit: 'share',
  better: 'higher',
  range: { low: 0, high: 1 },
  needs: ['contexts'],
  cost: 'none',
  source: 'trec_eval recip_rank',
  description:
    '1 over the rank of the first found passage that holds the answer, 0 when none was found; the mean is MRR.',
  options: z.strictObject({}),
  scorer:
    () =>
    ({ example, result }) => {
      if ((example.contexts ?? []).length === 0) return notApplicable('no contexts')
      const score = rank({ ranking: result.passages, relevance: relevanceOf(example) })
      return score === undefined
        ? notApplicable('no contexts')
        : { score, detail: `over ${result.passages.length} found` }
    },
})
