/** Who somebody from the organisation's sign-on is here: known, known by a verified address, or new. */
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { Actor } from '../actor.ts'
import type { Claimed } from './claims.ts'
import type { PeopleDeps, Visitor } from './deps.ts'
import type { Oidc } from './oidc.ts'
import type { SignedIn } from './passwords.ts'
import { addIdentity, findIdentity, hasIdentity } from './store.ts'

export function createSignOn(deps: PeopleDeps & { oidc: Oidc }) {
  const { db, clock, organisation, audit, actors, sessions, oidc, systemActor } = deps
  const { issuer } = oidc.settings

  async function knownPerson({ subject, email }: Claimed): Promise<Actor | undefined> {
    const identity = await findIdentity(db, { organisation, issuer, subject })
    if (identity) return actors.getActor(identity.actor)
    const byAddress = email === null ? undefined : actors.findBySignInName(email)
    if (!byAddress) return undefined
    // One person must not become two, who could grant what they themselves have asked for.
    if (await hasIdentity(db, byAddress.id, issuer))
      throw refusal(
        'access.oidc-name-taken',
        `${email} belongs to somebody else of this sign-on already. Ask an owner.`,
      )
    return byAddress
  }

  async function endSessions(actor: Actor): Promise<void> {
    const forget = await inTransaction(db, (tx) => sessions.endAllOf(tx, actor.id))
    forget()
  }

  /** The role follows the claims at each sign-in, but for whoever holds the owner token. */
  async function withRole(actor: Actor, role: Actor['role']): Promise<Actor> {
    if (actor.role === role) return actor
    try {
      return await actors.updateActor(actor.id, { role, by: systemActor() })
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'access.owner-stays') return actor
      throw thrown
    }
  }

  return {
    /** Throws `access.oidc-no-role`, `access.oidc-name-taken` or `access.actor-disabled`. */
    async signIn(claimed: Claimed, visitor: Visitor): Promise<SignedIn> {
      const known = await knownPerson(claimed)
      if (known?.disabledAt) throw refusal('access.actor-disabled', `${known.name} may not act here any more.`)
      if (claimed.role === undefined) {
        if (known) await endSessions(known)
        throw refusal(
          'access.oidc-no-role',
          `The sign-on knows ${claimed.name}, and gives them no role here. Ask an owner which group it takes.`,
        )
      }
      const isNew = known === undefined
      const actor = known
        ? await withRole(known, claimed.role)
        : actors.newActor({ kind: 'person', name: claimed.name, role: claimed.role, signInName: claimed.email })
      const opened = await inTransaction(db, async (tx) => {
        if (isNew) await actors.write(tx, actor, systemActor())
        if (isNew || !(await findIdentity(tx, { organisation, issuer, subject: claimed.subject }))) {
          await addIdentity(tx, { organisation, issuer, subject: claimed.subject, actor: actor.id, createdAt: clock() })
          await audit.record(tx, {
            actor: systemActor(),
            action: 'access.link-identity',
            subject: actor.id,
            detail: { issuer },
          })
        }
        return sessions.open(tx, { actor: actor.id, method: 'oidc', device: visitor.device })
      })
      if (isNew) actors.announce(actor)
      sessions.begin(opened.session)
      return { actor, opened }
    },
  }
}

export type SignOn = ReturnType<typeof createSignOn>

const refusal = (code: string, message: string) => new Failure('forbidden', code, message)
