/** A gap: data that is missing, the request that it led to, and the dataset that closed it (S0.14). */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const DataGapId = idOf('gap')
export type DataGapId = z.infer<typeof DataGapId>

export const DataGap = z.object({
  id: DataGapId,
  organisation: Organisation,
  application: Name,
  /** What is missing, and what it is needed for. */
  title: z.string(),
  reason: z.string(),
  /** The dataset that is asked for, and of whom; null until somebody asked. */
  dataset: z.string().nullable(),
  askedOf: z.string().nullable(),
  askedAt: Instant.nullable(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type DataGap = z.infer<typeof DataGap>

/** open: nobody asked yet · requested: it waits for the dataset · closed: a version was registered since. */
export const ServedGap = DataGap.extend({
  state: z.enum(['open', 'requested', 'closed']),
  /** The first version of the dataset that was registered after the request. */
  closedBy: z.object({ version: z.number().int(), at: Instant }).nullable(),
})
export type ServedGap = z.infer<typeof ServedGap>
