/** A quarterly review: what was gone through, beside the figures of that day, and what was decided. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const ReviewId = idOf('rev')
export type ReviewId = z.infer<typeof ReviewId>

export const REVIEW_PARTS = ['kpis', 'risks', 'access', 'waivers', 'cost'] as const
export type ReviewPart = (typeof REVIEW_PARTS)[number]

/** The same of each part. */
const ofParts = <Of extends z.ZodType>(of: Of) => ({ kpis: of, risks: of, access: of, waivers: of, cost: of })

export const ReviewAction = z.object({
  text: z.string(),
  owner: z.string(),
  dueOn: z.iso.date().nullable(),
  doneAt: Instant.nullable(),
})
export type ReviewAction = z.infer<typeof ReviewAction>

/** What the machine says of each part on that day, in sentences; kept as it was shown. */
export const ReviewSheet = z.object({ at: Instant, figures: z.object(ofParts(z.array(z.string()))) })
export type ReviewSheet = z.infer<typeof ReviewSheet>

export const Review = z.object({
  id: ReviewId,
  organisation: Organisation,
  application: Name,
  heldAt: Instant,
  sheet: ReviewSheet,
  /** What was said of each part; empty for what was not gone through. */
  notes: z.object(ofParts(z.string())),
  decision: z.enum(['keep', 'change', 'retire']).nullable(),
  reasons: z.string(),
  /** Who took part, by name. */
  people: z.array(z.string()),
  actions: z.array(ReviewAction),
  /** Who signs it: the business owner. */
  by: ActorId,
  example: z.boolean(),
})
export type Review = z.infer<typeof Review>

/** Parts that nobody said anything of. */
export const unsaidParts = ({ notes }: Pick<Review, 'notes'>): ReviewPart[] =>
  REVIEW_PARTS.filter((part) => (notes[part] ?? '').trim() === '')
