/** A rule that was tried on an application's own cases: where its paired experiment is. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const TryOut = z.object({
  id: idOf('try'),
  organisation: Organisation,
  application: Name,
  /** Id of the rule, such as `R5`. */
  rule: z.string(),
  /** The application that holds candidate and control. */
  variant: Name,
  release: z.string(),
  experiment: z.string(),
  createdAt: Instant,
  createdBy: ActorId,
})
export type TryOut = z.infer<typeof TryOut>
