/** What measuring needs of others: what an answer will take, a model as a judge, whether evaluators may run code, and search. */
import type { EvalsDeps } from '../evals/index.ts'
import { indexOver } from '../knowledge/index.ts'
import type { Models } from '../models/index.ts'
import { estimateRunWith } from './estimate.ts'

export const judging = (
  models: Pick<Models, 'complete' | 'card'>,
  { evaluatorCode }: { readonly evaluatorCode: boolean },
): Required<Pick<EvalsDeps, 'reach' | 'estimateRun' | 'indexOver'>> => ({
  estimateRun: estimateRunWith(models),
  indexOver,
  reach: {
    askJudge: async ({ messages, ...ask }) => {
      const { text, costMicroUsd } = await models.complete({ ...ask, messages, conversation: messages })
      return { text, costMicroUsd }
    },
    mayRunCode: evaluatorCode,
  },
})
