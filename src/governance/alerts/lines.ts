/** The lines of the three alerts that every application has: as they are for all, until somebody draws them elsewhere. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

const Share = z.number().gt(0).max(1)
const Count = z.number().int().min(1).max(1_000_000)

export const AlertLines = z.strictObject({
  /** Share of a day's requests that failed. */
  errors: Share,
  /** Fewer requests in a day say nothing. */
  leastRequests: Count,
  /** Share of the month's cap that is spent. */
  cost: Share,
  /** Share of a model's requests that failed in 15 minutes. */
  provider: Share,
  /** Fewer requests of a model in 15 minutes say nothing. */
  leastAsked: Count,
})
export type AlertLines = z.infer<typeof AlertLines>

export const USUAL_LINES: AlertLines = { errors: 0.05, leastRequests: 20, cost: 0.8, provider: 0.5, leastAsked: 5 }

/** Lines as they were drawn at one time; the newest of an application hold. */
export const DrawnLines = z.object({
  id: idOf('aln'),
  organisation: Organisation,
  application: Name,
  lines: AlertLines,
  /** Why they were drawn there. */
  reason: z.string(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type DrawnLines = z.infer<typeof DrawnLines>

export const AlertLinesView = z.object({
  lines: AlertLines,
  usual: AlertLines,
  /** Each time that they were drawn, the newest first. */
  history: z.array(DrawnLines.omit({ organisation: true })),
})
export type AlertLinesView = z.infer<typeof AlertLinesView>
