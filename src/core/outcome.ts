/** One thing that happened to one unit under a rollout. Live outcomes are no evidence; decisions made on them are. */
import { z } from 'zod'
import { Instant } from '../kernel/time.ts'
import { ReleaseId } from './release.ts'
import { Arm, RolloutId } from './rollout.ts'

export const Outcome = z.object({
  /** Makes `observe` idempotent: `<trace id>:<metric>`. */
  eventId: z.string().min(1),
  rollout: RolloutId,
  release: ReleaseId,
  arm: Arm,
  /** The candidate's share in force when the arm was chosen. */
  share: z.number(),
  /** The sticky subject, hashed. */
  unit: z.string().min(1),
  metric: z.string().min(1),
  /** 1 or 0 for events, the amount for means; null for a cost that nobody knows, which spoils the sum of its session. */
  value: z.number().nullable(),
  at: Instant,
})
export type Outcome = z.infer<typeof Outcome>
