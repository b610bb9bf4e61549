/** A promotion gives a release the right to be live in a stage. It keeps the decision that it rested on. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { Stage } from '../core/stage.ts'
import { GateDecision } from '../core/verdict.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'

export const PromotionId = idOf('pro')
export type PromotionId = z.infer<typeof PromotionId>

export const Promotion = z.object({
  id: PromotionId,
  organisation: Organisation,
  application: Name,
  release: ReleaseId,
  from: Stage,
  into: Stage,
  /** The gate as it stood, with every finding. */
  gate: GateDecision,
  by: ActorId,
  at: Instant,
})
export type Promotion = z.infer<typeof Promotion>
