/** What measuring needs of others: what an answer will take, a model as a judge, whether evaluators may run code, and search. */
import type { SynthesisDeps } from '../assurance/index.ts'
import type { EstimateJudge, EstimateVectors, EvalsDeps } from '../evals/index.ts'
import { costOf, sumMoney } from '../kernel/money.ts'
import { indexOver } from '../knowledge/index.ts'
import { countTokens, type Models } from '../models/index.ts'
import { estimateRunWith, priced } from './estimate.ts'
import type { OwnWork } from './own-work.ts'

type Judging =
  | 'reachFor'
  | 'runFlow'
  | 'estimateRun'
  | 'estimateJudge'
  | 'estimateVectors'
  | 'whyUnpriced'
  | 'isEmbedded'
  | 'batching'
  | 'indexOver'

/** Families of models that run in the process. */
const EMBEDDED: ReadonlySet<string> = new Set(['local', 'replay', 'scripted'])

export const judging = (
  models: Pick<Models, 'card'>,
  { runFor, modelsFor, whyUnpriced, batching }: OwnWork,
  { evaluatorCode }: { readonly evaluatorCode: boolean },
): Required<Pick<EvalsDeps, Judging>> => ({
  runFlow: runFor,
  estimateRun: estimateRunWith(models),
  estimateJudge: estimateJudgeWith(models),
  estimateVectors: estimateVectorsWith(models),
  whyUnpriced,
  isEmbedded: (model) => EMBEDDED.has(model.split('/')[0] ?? ''),
  batching,
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

/** What one question to a judge will about take. */
export const estimateJudgeWith =
  (models: Pick<Models, 'card'>): EstimateJudge =>
  async ({ model, messages }) => {
    const inputTokens = await countTokens(messages.map(({ content }) => content).join('\n'))
    return {
      inputTokens,
      outputTokens: VERDICT_TOKENS,
      costMicroUsd: priced(models, model, inputTokens, VERDICT_TOKENS),
    }
  }

const estimateVectorsWith =
  (models: Pick<Models, 'card'>): EstimateVectors =>
  async ({ model, texts }) => {
    const counts = await Promise.all(texts.map(countTokens))
    const inputTokens = counts.reduce((sum, tokens) => sum + tokens, 0)
    return { inputTokens, outputTokens: 0, costMicroUsd: priced(models, model, inputTokens, 0) }
  }
