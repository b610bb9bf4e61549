/** Rows of browser sessions and of the links that begin them; both are known by the HMAC of a token. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { HOUR, Instant, MINUTE } from '../kernel/time.ts'

export const SESSION_COOKIE = 'airworthy_session'
export const SESSION_MS = 12 * HOUR
export const LINK_MS = 10 * MINUTE

export const Session = z.object({
  hmac: z.string(),
  organisation: Organisation,
  actor: ActorId,
  createdAt: Instant,
  expiresAt: Instant,
})
export type Session = z.infer<typeof Session>

export const SignInLink = Session.extend({ redeemedAt: Instant.nullable() })
export type SignInLink = z.infer<typeof SignInLink>
