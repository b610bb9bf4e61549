/**
 * A challenge: a reasoned doubt about a piece of evidence, by anybody who may see it. While it is open the check is
 * inconclusive; somebody else answers it, and what was upheld no longer counts.
 */
import { z } from 'zod'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { ActorId, Organisation } from './actor.ts'
import { EvidenceId } from './evidence.ts'
import { Name } from './names.ts'

export const ChallengeId = idOf('cha')
export type ChallengeId = z.infer<typeof ChallengeId>

export const Challenge = z.object({
  id: ChallengeId,
  organisation: Organisation,
  application: Name,
  evidence: EvidenceId,
  check: z.string(),
  reason: z.string(),
  /** `upheld`: the evidence counts no more · `dismissed`: it counts again · `withdrawn` by who raised it. */
  state: z.enum(['open', 'upheld', 'dismissed', 'withdrawn']),
  by: ActorId,
  at: Instant,
  answer: z.string().nullable(),
  answeredBy: ActorId.nullable(),
  answeredAt: Instant.nullable(),
})
export type Challenge = z.infer<typeof Challenge>
