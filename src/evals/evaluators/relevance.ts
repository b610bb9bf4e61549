/** Relevance of passages from an example's contexts: each named one has grade 1. */
import type { Example } from '../../core/dataset.ts'

export const relevanceOf = (example: Pick<Example, 'contexts'>): Record<string, number> =>
  Object.fromEntries((example.contexts ?? []).map((passage) => [passage, 1]))
