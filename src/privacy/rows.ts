/** The rows: a deletion as it is shown, and beside it what is needed to do it and to prove it. */
import { z } from 'zod'
import { Organisation } from '../core/actor.ts'
import { Instant } from '../kernel/time.ts'
import { Deletion, SignedReceipt } from './contract.ts'

export const DeletionRow = Deletion.omit({ deleted: true }).extend({
  /** The person as named, sealed under the master key; null once nothing more has to be found. */
  sealed: z.string().nullable(),
  /** How many by `place fate`. */
  counts: z.record(z.string(), z.number().int()),
  receipt: SignedReceipt.nullable(),
})
export type DeletionRow = z.infer<typeof DeletionRow>

export const RetentionRun = z.object({
  organisation: Organisation,
  /** Empty for what belongs to no application. */
  application: z.string(),
  at: Instant,
  before: Instant,
  removed: z.number().int(),
})
export type RetentionRun = z.infer<typeof RetentionRun>

export const keyOfCount = (place: string, fate: string): string => `${fate} ${place}`

export const shownDeletion = ({ sealed: _, counts, receipt: __, ...deletion }: DeletionRow): Deletion => ({
  ...deletion,
  deleted: Object.entries(counts).map(([key, count]) => {
    const [fate = '', ...place] = key.split(' ')
    return { place: place.join(' '), fate: fate === 'replace' ? 'replace' : 'remove', count, why: null }
  }),
})
