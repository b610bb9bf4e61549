/** How a freeze turns each part of a blueprint into the part of a manifest that it is bound by. */
import type { Resolve } from '../delivery/index.ts'
import { datasetPart, evaluatorParts, type ReferenceDeps, referencedPart, suitePart } from '../evals/index.ts'
import type { Models } from '../models/index.ts'
import type { Blobs } from '../store/blobs.ts'

export const partsOf = ({
  knowledge,
  blobs,
  models,
  ...ground
}: ReferenceDeps & {
  knowledge: { readonly resolveIndex: Resolve['index'] }
  blobs: Blobs
  models: Pick<Models, 'resolve' | 'priceBook'>
}): Resolve => ({
  index: (documents, settings) => knowledge.resolveIndex(documents, settings),
  dataset: ({ name, rows, reference }, application) =>
    reference
      ? referencedPart({ name, reference, application }, { ...ground, blobs })
      : datasetPart({ name, rows }, blobs),
  suite: suitePart,
  evaluators: evaluatorParts,
  model: models.resolve,
  priceBook: () => models.priceBook,
})
