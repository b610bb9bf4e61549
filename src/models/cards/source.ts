/** A source: who says something of a model, where it was read, and when. One row a model and kind of source. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { FactName, ModelFacts } from './facts.ts'

/**
 * provider-list: the provider's own list of models · price-book: the prices of this installation · card: a card as
 * Hugging Face has them · own: a person here · installation: the program itself, of what runs inside it · weights: the
 * files that were registered and read here · training: what was recorded of its training.
 */
export const SourceKind = z.enum(['own', 'installation', 'weights', 'training', 'provider-list', 'card', 'price-book'])
export type SourceKind = z.infer<typeof SourceKind>

export const ModelName = z.string().regex(/^[a-z0-9-]{1,63}\/\S{1,200}$/, 'a model is provider/model')

export const ModelSource = z.object({
  organisation: Organisation,
  model: ModelName,
  kind: SourceKind,
  /** The address or the file that was read. */
  place: z.string(),
  facts: ModelFacts,
  /** How a field was verified; what is not named here is said by whoever offers the model. */
  verified: z.partialRecord(FactName, z.string()),
  recordedAt: Instant,
  /** Null for what the program reads by itself. */
  recordedBy: ActorId.nullable(),
})
export type ModelSource = z.infer<typeof ModelSource>
