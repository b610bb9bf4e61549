/** What measuring needs of models: what an answer will take, a model as a judge, and whether evaluators may run code. */
import type { EvalsDeps } from '../evals/index.ts'
import type { Models } from '../models/index.ts'
import { estimateRunWith } from './estimate.ts'

export const judging = (
  models: Pick<Models, 'complete' | 'card'>,
  { evaluatorCode }: { readonly evaluatorCode: boolean },
): Required<Pick<EvalsDeps, 'reach' | 'estimateRun'>> => ({
  estimateRun: estimateRunWith(models),
  reach: {
    askJudge: async ({ messages, ...ask }) => {
      const { text, costMicroUsd } = await models.complete({ ...ask, messages, conversation: messages })
      return { text, costMicroUsd }
    },
    mayRunCode: evaluatorCode,
  },
})
