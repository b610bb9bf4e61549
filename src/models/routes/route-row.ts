/** A route as it is kept. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { Instant } from '../../kernel/time.ts'
import { ModelRouteInput } from './contract.ts'

export const RouteRow = z.object({
  organisation: Organisation,
  name: Name,
  route: ModelRouteInput,
  updatedAt: Instant,
  updatedBy: ActorId,
})
export type RouteRow = z.infer<typeof RouteRow>
