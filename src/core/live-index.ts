/**
 * Indexes that are searched and not frozen: the collection of a vector database behind a target or a tool, for example.
 * What they hold moves without a release, so they are flagged, and their fingerprint is watched.
 */
import { z } from 'zod'
import { Digest, digestOf } from '../kernel/digest.ts'
import { Fingerprint } from './fingerprint.ts'
import { Name } from './names.ts'

/** Which model made the vectors of an index, `provider/model`. */
export const EmbeddingModel = z.string().regex(/^[a-z0-9-]+\/\S+$/, 'a model is provider/model')

export const LiveIndex = z.strictObject({
  name: Name,
  /** Where it is, for people. */
  at: z.string().trim().min(1).max(500),
  /** None where it searches by words. */
  embedding: EmbeddingModel.optional(),
  fingerprint: Fingerprint,
})
export type LiveIndex = z.infer<typeof LiveIndex>

export const LiveIndexes = z
  .array(LiveIndex)
  .min(1)
  .max(10)
  .superRefine((indexes, context) => {
    for (const [at, { name }] of indexes.entries())
      if (indexes.findIndex((one) => one.name === name) !== at)
        context.addIssue({ code: 'custom', path: [at, 'name'], message: `two live indexes are called ${name}` })
  })

/** As it is declared; what it holds is no part of a release. */
export const LiveIndexPart = LiveIndex.extend({ digest: Digest, mutable: z.string() })
export type LiveIndexPart = z.infer<typeof LiveIndexPart>

export const liveIndexPart = (index: LiveIndex): LiveIndexPart => ({
  ...index,
  digest: digestOf(index),
  mutable: `It is live at ${index.at} and changes without a release; its fingerprint is watched.`,
})
