/** Signing a browser in: a link that works once within ten minutes gives a session of twelve hours. */
import type { ActorId } from '../core/actor.ts'
import { Secret } from '../kernel/secret.ts'
import { type Instant, later } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { type HeaderReader, sessionTextOf } from './credentials.ts'
import type { Keys, KeysDeps } from './keys.ts'
import { newSecret } from './secrets.ts'
import { LINK_MS, SESSION_MS, type Session } from './session.ts'
import {
  addSession,
  addSignInLink,
  findSignInLink,
  removeEndedSessions,
  removeSession,
  takeSignInLink,
} from './store.ts'

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly session: Secret; readonly actor: ActorId; readonly expiresAt: Instant }
  | { readonly kind: 'refused'; readonly because: 'unknown' | 'used' | 'expired' }

export function createSignIn({
  db,
  clock,
  random,
  organisation,
  hmacOf,
  audit,
  directory,
  keys,
  publicUrl,
}: KeysDeps & { keys: Keys; publicUrl: () => string }) {
  return {
    /** A link for an actor; whoever opens it first is signed in as this actor. */
    async createSignInLink({
      actor: id,
      by,
    }: {
      actor: ActorId
      by: ActorId
    }): Promise<{ url: Secret; expiresAt: Instant }> {
      const actor = keys.getActor(id)
      const token = newSecret('awl', random)
      const now = clock()
      const expiresAt = later(now, LINK_MS)
      const hmac = hmacOf('link', token.reveal())
      await inTransaction(db, async (tx) => {
        await addSignInLink(tx, { hmac, organisation, actor: actor.id, createdAt: now, expiresAt, redeemedAt: null })
        await audit.record(tx, { actor: by, action: 'access.create-sign-in-link', subject: actor.id })
      })
      return { url: new Secret(new URL(`/sign-in?token=${token.reveal()}`, publicUrl()).href), expiresAt }
    },

    async redeem(token: Secret): Promise<SignInOutcome> {
      const hmac = hmacOf('link', token.reveal())
      const now = clock()
      const text = newSecret('aws', random)
      const session = await inTransaction(db, async (tx): Promise<Session | undefined> => {
        const link = await takeSignInLink(tx, hmac, now)
        if (!link) return undefined
        const { actor } = link
        const opened = {
          hmac: hmacOf('session', text.reveal()),
          organisation,
          actor,
          createdAt: now,
          expiresAt: later(now, SESSION_MS),
        }
        await removeEndedSessions(tx, now)
        await addSession(tx, opened)
        await audit.record(tx, { actor, action: 'access.sign-in', subject: actor })
        return opened
      })
      if (session) {
        directory.putSession(session)
        return { kind: 'signed-in', session: text, actor: session.actor, expiresAt: session.expiresAt }
      }
      const link = await findSignInLink(db, hmac)
      return { kind: 'refused', because: !link ? 'unknown' : link.redeemedAt !== null ? 'used' : 'expired' }
    },

    /** Ends the session of these headers; nothing happens when there is none. */
    async signOut(headers: HeaderReader, by: ActorId): Promise<void> {
      const text = sessionTextOf(headers)
      if (text === undefined) return
      const hmac = hmacOf('session', text)
      await inTransaction(db, async (tx) => {
        await removeSession(tx, hmac)
        await audit.record(tx, { actor: by, action: 'access.sign-out', subject: by })
      })
      directory.dropSession(hmac)
    },
  }
}
