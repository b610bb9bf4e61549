/** What measuring needs of others: what an answer will take, a model as a judge, whether evaluators may run code, and search. */
import type { SynthesisDeps } from '../assurance/index.ts'
import type { EstimateJudge, EvalsDeps } from '../evals/index.ts'
import { costOf, sumMoney } from '../kernel/money.ts'
import { indexOver } from '../knowledge/index.ts'
import { countTokens, type Models } from '../models/index.ts'
import { estimateRunWith } from './estimate.ts'
import type { OwnWork } from './own-work.ts'

export const judging = (
  models: Pick<Models, 'card'>,
  { runFor, modelsFor }: OwnWork,
  { evaluatorCode }: { readonly evaluatorCode: boolean },
): Required<Pick<EvalsDeps, 'reachFor' | 'runFlow' | 'estimateRun' | 'indexOver'>> => ({
  runFlow: runFor,
  estimateRun: estimateRunWith(models),
  indexOver,
  reachFor: (whose) => ({
    askJudge: async ({ messages, ...ask }) => {
      const { text, costMicroUsd } = await modelsFor(whose).complete({ ...ask, messages, conversation: messages })
      return { text, costMicroUsd }
    },
    embed: (ask) => modelsFor(whose).embed(ask),
    mayRunCode: evaluatorCode,
  }),
})

type Asking = Pick<SynthesisDeps, 'ask' | 'estimate'>

/** Asking a model for a draft that people look at, and what that will take. */
export const asking = (
  models: Pick<Models, 'card' | 'resolve'>,
  { modelsFor }: Pick<OwnWork, 'modelsFor'>,
): Asking => ({
  async ask({ application, messages, ...request }) {
    const { text, costMicroUsd, responseModel, servedBy } = await modelsFor({ application }).complete({
      ...request,
      messages,
      conversation: messages,
    })
    return { text, costMicroUsd, snapshot: responseModel ?? servedBy }
  },
  async estimate({ model, parameters, texts, answerTokens }) {
    models.resolve('drafting', { model, parameters: { ...parameters } })
    const { price } = models.card(model)
    if (!price) return null
    const sent = (await Promise.all(texts.map(countTokens))).reduce((sum, tokens) => sum + tokens, 0)
    return sumMoney([costOf(sent, price.input), costOf(answerTokens, price.output)])
  },
})

/** A verdict with its reason in a sentence or two. */
const VERDICT_TOKENS = 80

/** What one question to a judge will about cost; null when the price of its model is not known. */
export const estimateJudgeWith =
  (models: Pick<Models, 'card'>): EstimateJudge =>
  async ({ model, messages }) => {
    const { price } = models.card(model)
    if (!price) return null
    const sent = await countTokens(messages.map(({ content }) => content).join('\n'))
    return sumMoney([costOf(sent, price.input), costOf(VERDICT_TOKENS, price.output)])
  }
