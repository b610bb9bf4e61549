/** Signing a browser in by a link that works once, within ten minutes. */
import type { ActorId } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import { Secret } from '../kernel/secret.ts'
import { type Instant, later } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import type { Actors, ActorsDeps } from './actors.ts'
import { newSecret } from './secrets.ts'
import { LINK_MS } from './session.ts'
import type { Sessions } from './sessions.ts'
import { addSignInLink, findSignInLink, takeSignInLink } from './store.ts'

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly cookie: Secret; readonly actor: ActorId; readonly expiresAt: Instant }
  | { readonly kind: 'refused'; readonly because: 'unknown' | 'used' | 'expired' }

export function createSignIn({
  actors,
  sessions,
  publicUrl,
  ...deps
}: ActorsDeps & { actors: Actors; sessions: Sessions; publicUrl: () => string }) {
  const { db, clock, random, organisation, hmacOf, audit, directory } = deps
  return {
    /** A link for an actor; whoever opens it first is signed in as this actor. */
    async createSignInLink({
      actor: id,
      by,
    }: {
      actor: ActorId
      by: ActorId
    }): Promise<{ url: Secret; expiresAt: Instant }> {
      const actor = actors.getActor(id)
      if (actor.disabledAt !== null)
        throw new Failure('conflict', 'access.actor-disabled', `${actor.name} may not act here any more.`)
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

    /** @param device what the browser calls itself, as `deviceOf` reads it */
    async redeem(token: Secret, device = 'A browser'): Promise<SignInOutcome> {
      const hmac = hmacOf('link', token.reveal())
      const now = clock()
      const opened = await inTransaction(db, async (tx) => {
        const link = await takeSignInLink(tx, hmac, now)
        if (!link || directory.actor(link.actor)?.disabledAt !== null) return undefined
        return sessions.open(tx, { actor: link.actor, method: 'link', device })
      })
      if (opened) {
        sessions.begin(opened.session)
        const { actor, expiresAt } = opened.session
        return { kind: 'signed-in', cookie: opened.cookie, actor, expiresAt }
      }
      const link = await findSignInLink(db, hmac)
      return { kind: 'refused', because: !link ? 'unknown' : link.redeemedAt !== null ? 'used' : 'expired' }
    },
  }
}
