/** Do steps and suites name the models of the blueprint rightly: the one that is meant, targets of a route, fallbacks. */
import type { Problem } from '../../kernel/failure.ts'
import type { Suite } from '../dataset.ts'
import { fallbacksOf, modelNamesOf } from '../fallbacks.ts'
import type { Step } from '../flow.ts'
import { targetNamesOf } from '../routed-models.ts'
import { missing } from './missing.ts'

type Generate = Extract<Step, { use: 'generate' }>

export function askedModelProblems(
  step: Generate,
  { file, field, models }: { file: string; field: string; models: readonly string[] },
): Problem[] {
  const { route } = step
  const named = [
    { name: step.model, place: `${field}.model` },
    // Who is meant may be among the targets, for its place and its weight.
    ...(route?.targets ?? []).flatMap(({ model }, at) =>
      model === step.model && route?.targets.findIndex((one) => one.model === model) === at
        ? []
        : [{ name: model, place: `${field}.route.targets.${at}.model` }],
    ),
    ...(step.fallbacks ?? []).map((name, at) => ({ name, place: `${field}.fallbacks.${at}` })),
  ]
  return [
    ...named.flatMap(({ name, place }, at): Problem[] => {
      if (named.findIndex((one) => one.name === name) !== at)
        return [
          {
            file,
            field: place,
            message: `${name} is asked already when it is its turn`,
            remedy: 'Name another model of models in airworthy.yaml, with another provider if you can.',
          },
        ]
      if (models.includes(name)) return []
      const have = models.map((one) => ({ name: one }))
      return [missing({ file, field: place, what: 'model', name, have, put: 'models in airworthy.yaml' })]
    }),
    ...(route ? routeProblems(step, { file, field: `${field}.route` }) : []),
  ]
}

function routeProblems(step: Generate, { file, field }: { file: string; field: string }): Problem[] {
  const targets = step.route?.targets ?? []
  const meant = targets.findIndex(({ model, when }) => model === step.model && when !== undefined)
  return [
    ...(modelNamesOf({ model: step.model, route: step.route }).length === 1
      ? [
          {
            file,
            field: `${field}.targets`,
            message: `there is nobody to choose beside ${step.model}`,
            remedy: 'Name another model of models in airworthy.yaml, or remove the route.',
          },
        ]
      : []),
    ...(meant < 0
      ? []
      : [
          {
            file,
            field: `${field}.targets.${meant}.when`,
            message: `${step.model} is the model that is meant, and answers what no condition is meant for`,
            remedy: 'Remove its condition, or mean another model in `model`.',
          },
        ]),
  ]
}

/** A suite measures a fallback or a target of the flow, not a model that never answers. */
export function suiteModelProblems(
  { name, fallback, target }: Suite,
  flow: { readonly steps: readonly Step[] },
): Problem[] {
  const file = `evals/${name}.yaml`
  const unknown = (
    field: string,
    { found, have, words }: { found: string; have: readonly string[]; words: string },
  ) => ({
    file,
    field,
    message: `no step of the flow ${words} ${found}`,
    remedy: `Name it under \`${field === 'target' ? 'route.targets' : 'fallbacks'}\` of a step${have.length > 0 ? `, or choose one of ${have.join(', ')}` : ''}.`,
  })
  const [fallbacks, targets] = [fallbacksOf(flow), targetNamesOf(flow)]
  return [
    ...(fallback === undefined || fallbacks.includes(fallback)
      ? []
      : [unknown('fallback', { found: fallback, have: fallbacks, words: 'falls back to' })]),
    ...(target === undefined || targets.includes(target)
      ? []
      : [unknown('target', { found: target, have: targets, words: 'has a route to' })]),
    ...(fallback === undefined || target === undefined
      ? []
      : [
          {
            file,
            field: 'target',
            message: 'the suite measures a fallback already',
            remedy: 'A suite measures one of both. Write two suites.',
          },
        ]),
  ]
}
