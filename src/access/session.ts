/** Rows of browser sessions and of the links that begin them; both are known by the HMAC of a token. */
import { z } from 'zod'
import { ActorId, Organisation } from '../core/actor.ts'
import { idOf } from '../kernel/ids.ts'
import type { Secret } from '../kernel/secret.ts'
import { HOUR, Instant, later, MINUTE, SECOND } from '../kernel/time.ts'

export const SESSION_COOKIE = 'airworthy_session'
export const LINK_MS = 10 * MINUTE
/** For how long a second factor that was shown stands for its person. */
export const CONFIRMED_MS = 15 * MINUTE

/** How long a session lasts: from its beginning, and without a request. */
export type SessionTimes = { readonly wholeMs: number; readonly idleMs: number }
export const DEFAULT_SESSION_TIMES: SessionTimes = { wholeMs: 12 * HOUR, idleMs: 2 * HOUR }

export const SessionId = idOf('ses')
export type SessionId = z.infer<typeof SessionId>

/** link: the one-time link · password: name and password · oidc: the organisation's own sign-on. */
export const SignInMethod = z.enum(['link', 'password', 'oidc'])
export type SignInMethod = z.infer<typeof SignInMethod>

export const Session = z.object({
  id: SessionId,
  hmac: z.string(),
  organisation: Organisation,
  actor: ActorId,
  method: SignInMethod,
  /** Browser and system as the browser names itself, for example `Firefox on Linux`; never an address. */
  device: z.string(),
  createdAt: Instant,
  /** To the minute. */
  lastSeenAt: Instant,
  expiresAt: Instant,
  /** When a second factor was last shown in it. */
  confirmedAt: Instant.nullable(),
})
export type Session = z.infer<typeof Session>

/** A session as its person sees it. */
export const ShownSession = Session.omit({ hmac: true, organisation: true }).extend({
  /** When it ends unless somebody asks for something before. */
  idleUntil: Instant,
  /** True for the one that asks. */
  current: z.boolean(),
})
export type ShownSession = z.infer<typeof ShownSession>

export const SignInLink = z.object({
  hmac: z.string(),
  organisation: Organisation,
  actor: ActorId,
  createdAt: Instant,
  expiresAt: Instant,
  redeemedAt: Instant.nullable(),
})
export type SignInLink = z.infer<typeof SignInLink>

/** When a session ends that is used no more. */
export function endOf(session: Session, { idleMs }: SessionTimes): Instant {
  const idleEnd = later(session.lastSeenAt, idleMs)
  if (idleEnd < session.expiresAt) return idleEnd
  return session.expiresAt
}

/** The `Set-Cookie` of a new session. */
export function cookieOf(text: Secret, { wholeMs }: SessionTimes, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${SESSION_COOKIE}=${text.reveal()}; Path=/; Max-Age=${Math.floor(wholeMs / SECOND)}; HttpOnly; SameSite=Strict${secure}`
}

/** `Firefox on Linux` from a `User-Agent`; enough to know one's own browser again, and not more. */
export function deviceOf(userAgent: string | null): string {
  const text = userAgent ?? ''
  const browser = BROWSERS.find(([pattern]) => pattern.test(text))?.[1] ?? 'A program'
  const system = SYSTEMS.find(([pattern]) => pattern.test(text))?.[1]
  return system === undefined ? browser : `${browser} on ${system}`
}

const BROWSERS = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const
const SYSTEMS = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
] as const
