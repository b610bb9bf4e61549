/** Signing in with a password, setting one, and the invitation by which a person gets their first. */
import type { ActorId } from '../../core/actor.ts'
import { deriveKey } from '../../kernel/derive.ts'
import { Failure } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import { DAY, type Instant, later } from '../../kernel/time.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { Actor } from '../actor.ts'
import { newSecret } from '../secrets.ts'
import type { OpenedSession } from '../sessions.ts'
import type { Attempts } from './attempts.ts'
import type { PeopleDeps, Visitor } from './deps.ts'
import { createPasswordHashing } from './password.ts'
import { type SecondFactors, wrongCode } from './second-factor.ts'
import { addInvitation, findInvitation, findPassword, hasPasswords, savePassword, takeInvitation } from './store.ts'
import { weaknessOf } from './weakness.ts'

export const INVITATION_MS = 3 * DAY

export type SignedIn = { readonly actor: Actor; readonly opened: OpenedSession }

export function createPasswords(deps: PeopleDeps & { attempts: Attempts; secondFactor: SecondFactors }) {
  const { db, clock, random, organisation, fingerprints, hmacOf, audit, actors, sessions, attempts, secondFactor } =
    deps
  const hashing = createPasswordHashing({ pepper: deriveKey(fingerprints, 'access.passwords'), random })

  async function refuse(visitor: Visitor, actor: Actor | undefined, why: string): Promise<never> {
    await inTransaction(db, (tx) =>
      audit.record(tx, {
        actor: deps.systemActor(),
        action: 'access.refuse-sign-in',
        // A name that nobody has may be a password that was typed into the wrong field; so it is not kept.
        subject: actor?.id ?? 'unknown',
        detail: { why, address: attempts.shownAddress(visitor.address), device: visitor.device },
      }),
    )
    throw refused()
  }

  async function write(tx: Tx, actor: Actor, hash: string, by: ActorId): Promise<void> {
    await savePassword(tx, { actor: actor.id, organisation, hash, changedAt: clock() })
    await audit.record(tx, { actor: by, action: 'access.set-password', subject: actor.id })
  }

  function demandStrong(password: Secret, { signInName, name }: { signInName: string; name: string }): void {
    const weakness = weaknessOf(password.reveal(), { signInName, name })
    if (weakness === undefined) return
    throw new Failure('invalid', 'access.password-weak', weakness, {
      problems: [{ field: 'password', message: weakness }],
    })
  }

  /** For whom an invitation is; throws `access.invitation-void` for one that is unknown, used or too old. */
  async function readInvitation(token: Secret): Promise<{ actor: Actor; expiresAt: Instant }> {
    const found = await findInvitation(db, hmacOf('invitation', token.reveal()))
    if (!found || found.redeemedAt !== null || found.expiresAt <= clock()) throw voidInvitation()
    return { actor: actors.getActor(found.actor), expiresAt: found.expiresAt }
  }

  return {
    hasAny: (): Promise<boolean> => hasPasswords(db, organisation),
    has: async (actor: ActorId): Promise<boolean> => (await findPassword(db, actor)) !== undefined,

    /** Throws one and the same failure for a name that nobody has, a wrong password, and who may not act any more. */
    async signIn({
      signInName,
      password,
      code,
      visitor,
    }: {
      signInName: string
      password: Secret
      code: Secret | undefined
      visitor: Visitor
    }): Promise<SignedIn> {
      await attempts.take('address', visitor.address)
      await attempts.take('account', signInName)
      const actor = actors.findBySignInName(signInName)
      // Asked of the database in every case, and hashed in every case: time tells nothing either.
      const stored = await findPassword(db, actor?.id ?? deps.systemActor())
      const isRight = await hashing.verify(password, stored?.hash)
      if (!actor || actor.disabledAt !== null || !stored || !isRight) return refuse(visitor, actor, 'password')
      const isActive = await secondFactor.isActive(actor.id)
      if (isActive && !code)
        throw new Failure(
          'unauthenticated',
          'access.code-needed',
          'The password is right. Send the code of your authenticator app, or a recovery code, along with it.',
        )
      if (isActive && code && !(await secondFactor.verify(actor.id, code))) throw wrongCode()

      const renewed = hashing.isOld(stored.hash) ? await hashing.hash(password) : undefined
      const opened = await inTransaction(db, async (tx) => {
        if (renewed !== undefined) await savePassword(tx, { ...stored, hash: renewed })
        return sessions.open(tx, { actor: actor.id, method: 'password', device: visitor.device, isConfirmed: isActive })
      })
      sessions.begin(opened.session)
      await attempts.forget('account', signInName)
      await attempts.giveBack('address', visitor.address)
      return { actor, opened }
    },

    /** Whoever is signed in gives themself a password; where there is one, the present one is asked for. */
    async setPassword({
      actor: id,
      current,
      password,
      signInName,
      endOthers,
    }: {
      actor: ActorId
      current: Secret | undefined
      password: Secret
      signInName: string | undefined
      endOthers: () => Promise<unknown>
    }): Promise<void> {
      const before = actors.getActor(id)
      const name = before.signInName ?? signInName
      if (name === undefined)
        throw new Failure(
          'invalid',
          'access.sign-in-name-missing',
          'signInName: say under which name you will sign in, for example your e-mail address.',
        )
      const stored = await findPassword(db, id)
      if (stored) {
        await attempts.take('account', name)
        if (!current || !(await hashing.verify(current, stored.hash)))
          throw new Failure('forbidden', 'access.password-wrong', 'current: this is not your present password.')
        await attempts.forget('account', name)
      }
      demandStrong(password, { signInName: name, name: before.name })
      const hash = await hashing.hash(password)
      const actor = before.signInName === null ? await actors.updateActor(id, { signInName: name, by: id }) : before
      await inTransaction(db, (tx) => write(tx, actor, hash, id))
      await endOthers()
    },

    /** A link by which a person sets their password, once, within three days. It also helps who forgot theirs. */
    async invite({ actor: id, by }: { actor: ActorId; by: ActorId }): Promise<{ url: Secret; expiresAt: Instant }> {
      const actor = actors.getActor(id)
      if (actor.kind !== 'person' || actor.signInName === null || actor.disabledAt !== null)
        throw new Failure(
          'conflict',
          'access.not-invitable',
          `${actor.name} cannot be invited: it takes a person who may act and has a sign-in name. Give one with PUT /api/v1/actors/${id}.`,
        )
      const token = newSecret('awi', random)
      const now = clock()
      const expiresAt = later(now, INVITATION_MS)
      await inTransaction(db, async (tx) => {
        const hmac = hmacOf('invitation', token.reveal())
        await addInvitation(tx, { hmac, organisation, actor: id, createdAt: now, expiresAt, redeemedAt: null })
        await audit.record(tx, { actor: by, action: 'access.invite', subject: id, detail: { until: expiresAt } })
      })
      // After the #, so that the token is in no log of a server or a proxy.
      return { url: new Secret(new URL(`/invitation#${token.reveal()}`, deps.publicUrl()).href), expiresAt }
    },

    readInvitation,

    /** Sets the password and signs in; every other session of the person ends. */
    async acceptInvitation({
      token,
      password,
      visitor,
    }: {
      token: Secret
      password: Secret
      visitor: Visitor
    }): Promise<SignedIn> {
      await attempts.take('address', visitor.address)
      const { actor } = await readInvitation(token)
      if (actor.disabledAt !== null) throw voidInvitation()
      demandStrong(password, { signInName: actor.signInName ?? '', name: actor.name })
      const hash = await hashing.hash(password)
      const { opened, forget } = await inTransaction(db, async (tx) => {
        if (!(await takeInvitation(tx, hmacOf('invitation', token.reveal()), clock()))) throw voidInvitation()
        await write(tx, actor, hash, actor.id)
        const forget = await sessions.endAllOf(tx, actor.id)
        const opened = await sessions.open(tx, { actor: actor.id, method: 'password', device: visitor.device })
        return { opened, forget }
      })
      forget()
      sessions.begin(opened.session)
      await attempts.giveBack('address', visitor.address)
      return { actor, opened }
    },
  }
}

export type Passwords = ReturnType<typeof createPasswords>

const refused = () =>
  new Failure(
    'unauthenticated',
    'access.sign-in-refused',
    'This name and this password do not belong together. Who forgot theirs asks an owner for an invitation or a sign-in link.',
  )

const voidInvitation = () =>
  new Failure(
    'unknown',
    'access.invitation-void',
    'This invitation is not known here, was used already, or is older than three days. Ask an owner for a new one.',
  )
