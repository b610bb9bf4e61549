/** An entry of the audit log: who did what to what, chained to the entry before it. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Digest } from '../kernel/digest.ts'
import { Instant } from '../kernel/time.ts'

export const AuditEntry = z.object({
  /** 1, 2, 3 … without gaps. */
  position: z.number().int(),
  organisation: Organisation,
  at: Instant,
  actor: ActorId,
  /** `slice.verb` */
  action: z.string(),
  /** Id or name of what it was done to. */
  subject: z.string(),
  application: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  /** Digest of the entry before; null for the first. */
  previous: Digest.nullable(),
  /** Over everything above. */
  digest: Digest,
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** What the anchor outside the database says; null where there is none. */
const Anchored = z.object({ entries: z.number().int(), at: Instant }).nullable()

export const AuditVerification = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('intact'),
    entries: z.number().int(),
    head: Digest.nullable(),
    anchor: Anchored,
  }),
  z.object({
    kind: z.literal('broken'),
    /** The first position that is not as it was written. */
    position: z.number().int(),
    fault: z.enum([
      'missing',
      'edited',
      'moved',
      'added',
      'truncated',
      'head-forged',
      /** The log is shorter than its anchor says: an earlier state was put back. */
      'rewound',
      /** The log has another entry where its anchor points: it was written anew. */
      'rewritten',
      'anchor-unreadable',
    ]),
    why: z.string(),
  }),
])
export type AuditVerification = z.infer<typeof AuditVerification>
