/** What evaluators may use of the house: a model as a judge, and whether code may run. */
import type { EvalsDeps } from '../evals/index.ts'
import type { Models } from '../models/index.ts'

export const judging = (
  models: Pick<Models, 'complete'>,
  { evaluatorCode }: { readonly evaluatorCode: boolean },
): Pick<EvalsDeps, 'reach'> => ({
  reach: {
    askJudge: async ({ messages, ...ask }) => {
      const { text, costMicroUsd } = await models.complete({ ...ask, messages, conversation: messages })
      return { text, costMicroUsd }
    },
    mayRunCode: evaluatorCode,
  },
})
