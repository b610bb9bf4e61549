/** What was done with data before it came in: rows of a dataset, files of a source. Declared by whoever did it. */
import { z } from 'zod'

/** One step, with the version of what took it, for example `anonymise 2.1`. */
export const PreparationStep = z.object({
  name: z.string().min(1).max(200),
  version: z.string().min(1).max(100),
  detail: z.string().max(2000).default(''),
})
export type PreparationStep = z.infer<typeof PreparationStep>

/** `extract-text 1.4, then anonymise 2.1`. */
export const preparationWords = (steps: readonly PreparationStep[]): string =>
  steps.map(({ name, version }) => `${name} ${version}`).join(', then ')
