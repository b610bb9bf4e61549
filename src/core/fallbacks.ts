/**
 * Fallbacks: models of a release that answer a step when those before them fail. They are parts of the release like
 * its other models, so that nothing answers for it that is not in its manifest. Pure.
 */
import { digestOf } from '../kernel/digest.ts'
import type { Step } from './flow.ts'
import type { Manifest, ModelPart } from './manifest.ts'
import type { Stage } from './stage.ts'

type Generate = Extract<Step, { use: 'generate' }>
type Parts = Pick<Manifest, 'flow' | 'models'>

/** The names of the models that a step may ask, in the order in which it asks them. */
export const modelNamesOf = ({ model, fallbacks = [] }: Pick<Generate, 'model' | 'fallbacks'>): string[] => [
  model,
  ...fallbacks,
]

/** For each step that asks a model, the models that it may ask; the first is the one that is meant. */
export const askedByStep = ({ flow, models }: Parts): ModelPart[][] =>
  flow.steps.flatMap((step) =>
    step.use === 'generate'
      ? [modelNamesOf(step).flatMap((name) => models.find((part) => part.name === name) ?? [])]
      : [],
  )

/** The fallbacks of a flow by name, each once. */
export const fallbacksOf = ({ steps }: { readonly steps: readonly Step[] }): string[] => [
  ...new Set(steps.flatMap((step) => (step.use === 'generate' ? (step.fallbacks ?? []) : []))),
]

/** The release as it answers while only this fallback is there: each step that has it asks it and nobody else. */
export function answeredBy(manifest: Manifest, fallback: string): Manifest {
  if (!fallbacksOf(manifest.flow).includes(fallback)) return manifest
  const steps = manifest.flow.steps.map((step): Step => {
    if (step.use !== 'generate' || !step.fallbacks?.includes(fallback)) return step
    const { fallbacks: _, firstWordMs: __, ...rest } = step
    return { ...rest, model: fallback }
  })
  return { ...manifest, flow: { ...manifest.flow, steps, digest: digestOf({ steps }) } }
}

/**
 * The fallbacks that may answer beyond the sandbox: those with a suite of their own that has a threshold. Whether they
 * reach it is judged at the gate, where the weakest suite decides.
 */
export const measurableFallbacks = ({ suites }: Pick<Manifest, 'suites'>): Set<string> =>
  new Set(
    suites.flatMap(({ fallback, threshold }) => (fallback === undefined || threshold === undefined ? [] : fallback)),
  )

/** `When acme/large fails, acme/small answers.`, for each step that has fallbacks. */
export const fallbacksInWords = (manifest: Parts): string[] =>
  askedByStep(manifest).flatMap(([first, ...others]) =>
    first && others.length > 0
      ? [`When ${first.model} fails, ${others.map(({ model }) => model).join(', then ')} answers.`]
      : [],
  )

/** Why a step has nobody left to ask in a stage, as said of the model that is meant; undefined while each has somebody. */
export function whyNobodyAnswers(
  manifest: Parts & Pick<Manifest, 'suites'>,
  { stage, whyNot }: { stage: Stage; whyNot: (model: string) => string | undefined },
): string | undefined {
  const measurable = measurableFallbacks(manifest)
  for (const parts of askedByStep(manifest)) {
    const whys = parts.flatMap(({ name, model }, at) =>
      at === 0 || stage === 'sandbox' || measurable.has(name) ? [whyNot(model)] : [],
    )
    if (whys.length > 0 && whys.every((why) => why !== undefined)) return whys[0]
  }
  return undefined
}
