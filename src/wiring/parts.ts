/** How a freeze turns each part of a blueprint into the part of a manifest that it is bound by. */
import type { Manifest, ModelPart } from '../core/manifest.ts'
import type { Resolve } from '../delivery/index.ts'
import {
  datasetPart,
  evaluatorParts,
  fillExamples,
  type ReferenceDeps,
  referencedPart,
  suitePart,
} from '../evals/index.ts'
import { Failure } from '../kernel/failure.ts'
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
  examples: (prompt, datasets) => fillExamples(prompt, datasets, ground.examplesOf),
  suite: suitePart,
  evaluators: async (suites) => Promise.all(evaluatorParts(suites).map(withWord(models.resolve))),
  model: models.resolve,
  priceBook: () => models.priceBook,
})

/** A judge by an alias, or that nobody serves, can be another one tomorrow; its digest would stay. */
const withWord =
  (resolve: Models['resolve']) =>
  async (part: Manifest['evaluators'][number]): Promise<Manifest['evaluators'][number]> => {
    if (!part.judge) return part
    const { model } = part.judge
    const mutable = await whyMutable(() => resolve('judge', { model, parameters: {} }))
    return mutable === null ? part : { ...part, judge: { ...part.judge, mutable } }
  }

async function whyMutable(resolve: () => ModelPart | Promise<ModelPart>): Promise<string | null> {
  try {
    return (await resolve()).mutable
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.message
    throw thrown
  }
}
