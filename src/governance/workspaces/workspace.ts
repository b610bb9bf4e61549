/** A sandbox workspace: one application that stays in the sandbox, with caps, without real personal data, for a time. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Name } from '../../core/names.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'

export const Workspace = z.object({
  application: Name,
  organisation: Organisation,
  purpose: z.string(),
  /** The key that works in it, and reaches nothing else. */
  key: z.string(),
  requestsPerMinute: z.number().int(),
  costMicroUsdPerMonth: MicroUsd,
  /** From then on its key is refused. */
  expiresAt: Instant,
  createdAt: Instant,
  createdBy: ActorId,
  /** When its application left it; from then on its rules hold no longer. */
  closedAt: Instant.nullable(),
})
export type Workspace = z.infer<typeof Workspace>
