/** What a cache by meaning needs of its blueprint: a model of vectors, labelled pairs, and questions as they came. */
import type { Problem } from '../../kernel/failure.ts'
import { modelNamesOf } from '../fallbacks.ts'
import type { Step } from '../flow.ts'
import { missing } from './missing.ts'
import type { Settings } from './schema.ts'

const FILE = 'airworthy.yaml'
const FIELD = 'cache.byMeaning'

export function cacheProblems({
  settings: { cache, models, guardrails = [] },
  datasets,
  flow,
}: {
  settings: Settings
  datasets: readonly { readonly name: string }[]
  flow: { readonly steps: readonly Step[] }
}): Problem[] {
  if (!cache?.byMeaning) return []
  const { model, pairs } = cache.byMeaning
  const named = (name: string) => ({ name })
  const takesOut = guardrails.find(({ on, mode }) => on === 'input' && mode !== 'observe')
  const answers = flow.steps.some((step) => step.use === 'generate' && modelNamesOf(step).includes(model))
  return [
    ...(Object.hasOwn(models, model)
      ? []
      : [
          missing({
            ...{ file: FILE, field: `${FIELD}.model`, what: 'model', name: model },
            ...{ have: Object.keys(models).map(named), put: 'models in airworthy.yaml' },
          }),
        ]),
    ...(answers
      ? [
          {
            file: FILE,
            field: `${FIELD}.model`,
            message: `${model} answers a step, and is no model that makes vectors`,
            remedy: 'Name a model for embeddings.',
          },
        ]
      : []),
    ...(datasets.some(({ name }) => name === pairs)
      ? []
      : [
          missing({
            ...{ file: FILE, field: `${FIELD}.pairs`, what: 'dataset', name: pairs },
            ...{ have: datasets, put: `datasets/${pairs}.jsonl` },
          }),
        ]),
    // A question would go to the model of vectors before anything was taken out of it.
    ...(takesOut
      ? [
          {
            file: FILE,
            field: FIELD,
            message: `questions are compared as they came, before the guardrail ${takesOut.id} looks at them`,
            remedy: 'Remove `byMeaning`, or let guardrails on questions only observe.',
          },
        ]
      : []),
  ]
}
