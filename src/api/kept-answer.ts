/** An answer that is kept for a request with an `Idempotency-Key`. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { Instant } from '../kernel/time.ts'

/** A row: the claim of a run, and its answer once it has ended. */
export const KeptAnswer = z.object({
  organisation: Organisation,
  actor: ActorId,
  route: z.string(),
  key: z.string(),
  /** HMAC of method, path and body. */
  fingerprint: z.string(),
  /** null while the first run is under way. */
  status: z.number().int().nullable(),
  /** Content type and body, encrypted. */
  answer: z.string().nullable(),
  createdAt: Instant,
})
export type KeptAnswer = z.infer<typeof KeptAnswer>
