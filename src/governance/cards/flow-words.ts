/** The steps of a flow in words, one line each. Pure. */
import type { Step } from '../../core/flow.ts'

export const flowWords = (steps: readonly Step[]): string[] =>
  steps.map((step) => {
    const { id, use } = step
    const rest = 'prompt' in step ? ` with the prompt ${step.prompt} and the model ${step.model}` : ''
    return `${id}: ${use}${rest}`
  })
