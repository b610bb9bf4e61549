/**
 * Fallbacks: models of a release that answer a step when those before them fail. They are parts of the release like
 * its other models, so that nothing answers for it that is not in its manifest. Pure.
 */
import { digestOf } from '../kernel/digest.ts'
import type { Suite } from './dataset.ts'
import type { Step } from './flow.ts'
import type { Manifest } from './manifest.ts'
import { targetNamesOf, targetsOf } from './routed-models.ts'
import type { Stage } from './stage.ts'

type Generate = Extract<Step, { use: 'generate' }>
type Parts = Pick<Manifest, 'flow' | 'models'>

/** The names of the models that a step may ask: the one that is meant, those of its route, its fallbacks in their order. */
export const modelNamesOf = (step: Pick<Generate, 'model' | 'route' | 'fallbacks'>): string[] => [
  step.model,
  ...targetsOf(step).flatMap(({ model }) => (model === step.model ? [] : [model])),
  ...(step.fallbacks ?? []),
]

/** The fallbacks of a flow by name, each once. */
export const fallbacksOf = ({ steps }: { readonly steps: readonly Step[] }): string[] => [
  ...new Set(steps.flatMap((step) => (step.use === 'generate' ? (step.fallbacks ?? []) : []))),
]

/** The names of all that may answer in place of a model that is meant: targets of routes and fallbacks. */
export const replacementsOf = (flow: { readonly steps: readonly Step[] }): string[] => [
  ...new Set([...targetNamesOf(flow), ...fallbacksOf(flow)]),
]

/** The release as it answers while only this one of them is there: each step that has it asks it and nobody else. */
export function answeredBy(manifest: Manifest, name: string): Manifest {
  if (!replacementsOf(manifest.flow).includes(name)) return manifest
  const steps = manifest.flow.steps.map((step): Step => {
    if (step.use !== 'generate' || !modelNamesOf(step).includes(name)) return step
    const { fallbacks: _, firstWordMs: __, route: ___, ...rest } = step
    return { ...rest, model: name }
  })
  return { ...manifest, flow: { ...manifest.flow, steps, digest: digestOf({ steps }) } }
}

/** What a suite measures alone, in place of the model that is meant. */
export const measuredAlone = ({ fallback, target }: Pick<Suite, 'fallback' | 'target'>): string | undefined =>
  fallback ?? target

/**
 * Targets and fallbacks that may answer beyond the sandbox: those with a suite of their own that has a threshold.
 * Whether they reach it is judged at the gate, where the weakest suite decides.
 */
export const measurableModels = ({ suites }: Pick<Manifest, 'suites'>): Set<string> =>
  new Set(suites.flatMap((suite) => (suite.threshold === undefined ? [] : (measuredAlone(suite) ?? []))))

/** `When acme/large fails, acme/small answers.`, for each step that has fallbacks. */
export const fallbacksInWords = ({ flow, models }: Parts): string[] => {
  const modelOf = (named: string) => models.find(({ name }) => name === named)?.model ?? named
  return flow.steps.flatMap((step) => {
    if (step.use !== 'generate' || !step.fallbacks) return []
    const meant = step.route ? `who the route of ${step.id} asks` : modelOf(step.model)
    return [`When ${meant} fails, ${step.fallbacks.map(modelOf).join(', then ')} answers.`]
  })
}

/**
 * Why a step has nobody left to ask in a stage, as said of the model that is meant; undefined while each has somebody.
 * A target with a condition counts for nobody: it answers some requests, and a release answers all or none.
 */
export function whyNobodyAnswers(
  manifest: Parts & Pick<Manifest, 'suites'>,
  { stage, whyNot }: { stage: Stage; whyNot: (model: string) => string | undefined },
): string | undefined {
  const measurable = measurableModels(manifest)
  const modelOf = (named: string) => manifest.models.find(({ name }) => name === named)
  for (const step of manifest.flow.steps) {
    if (step.use !== 'generate') continue
    const conditional = targetsOf(step).flatMap(({ model, when }) => (when ? [model] : []))
    const parts = modelNamesOf(step)
      .filter((name) => !conditional.includes(name))
      .flatMap((name) => modelOf(name) ?? [])
    const whys = parts.flatMap(({ name, model }) =>
      name === step.model || stage === 'sandbox' || measurable.has(name) ? [whyNot(model)] : [],
    )
    if (whys.length > 0 && whys.every((why) => why !== undefined)) return whys[0]
  }
  return undefined
}
