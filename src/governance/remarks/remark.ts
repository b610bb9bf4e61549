/** A remark: what somebody says of the governance itself, and what became of it (S0.P4e). */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'

export const RemarkId = idOf('rmk')
export type RemarkId = z.infer<typeof RemarkId>

export const RemarkOutcome = z.enum(['changed', 'declined', 'later'])
export type RemarkOutcome = z.infer<typeof RemarkOutcome>

export const Remark = z.object({
  id: RemarkId,
  organisation: Organisation,
  /** A check, a policy, the guided plan, a form: whatever it is about, by its id or in words. */
  about: z.string(),
  says: z.string(),
  createdAt: Instant,
  createdBy: ActorId,
  /** Null while nobody decided. */
  outcome: RemarkOutcome.nullable(),
  reason: z.string(),
  /** What was changed, such as `policy use-of-ai version 3`; empty unless something was. */
  change: z.string(),
  decidedAt: Instant.nullable(),
  decidedBy: ActorId.nullable(),
})
export type Remark = z.infer<typeof Remark>
