/**
 * A release reduced to one of its prompts, for suites that test the prompt by itself: the step that asks it, with its
 * model and parameters, and nothing before or after. Pure.
 */
import { digestOf } from '../kernel/digest.ts'
import { modelNamesOf } from './fallbacks.ts'
import type { Step } from './flow.ts'
import type { Manifest } from './manifest.ts'

type Generate = Extract<Step, { use: 'generate' }>

/** Prompts that a step of the flow asks, each once. */
export const promptsAsked = ({ steps }: { readonly steps: readonly Step[] }): string[] => [
  ...new Set(steps.flatMap((step) => (step.use === 'generate' ? step.prompt : []))),
]

/** The same manifest where no step asks the prompt. */
export function promptAlone(manifest: Manifest, prompt: string): Manifest {
  const step = manifest.flow.steps.find((one): one is Generate => one.use === 'generate' && one.prompt === prompt)
  if (!step) return manifest
  const models = modelNamesOf(step)
  const steps = [step]
  return {
    ...manifest,
    // What it does not ask must not make its answers look old.
    prompts: manifest.prompts.filter(({ name }) => name === prompt),
    models: manifest.models.filter(({ name }) => models.includes(name)),
    index: null,
    flow: { ...manifest.flow, steps, digest: digestOf({ steps }) },
  }
}
