/** People, programs and the installation itself: add, change, and take the right to act away. */
import type { ActorId, Role } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Clock } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../store/database.ts'
import type { ChangeEvent } from '../wire/events.ts'
import type { Actor } from './actor.ts'
import type { Audit } from './audit.ts'
import type { Directory } from './directory.ts'
import type { HmacOf } from './secrets.ts'
import { addActor, changeActor, removeSessionsOf } from './store.ts'

export type ActorsDeps = {
  db: Database
  clock: Clock
  newId: NewId
  random: RandomBytes
  organisation: string
  hmacOf: HmacOf
  audit: Audit
  directory: Directory
  publish: (event: ChangeEvent) => void
}

export type ActorDraft = {
  readonly name: string
  readonly role: Role
  readonly example?: boolean | undefined
  readonly signInName?: string | null | undefined
}

export type ActorChange = {
  readonly name?: string | undefined
  readonly role?: Role | undefined
  readonly signInName?: string | null | undefined
  /** False takes away the right to act: keys and sessions are refused from then on. */
  readonly mayAct?: boolean | undefined
  readonly language?: string | null | undefined
}

export function createActors({ db, clock, newId, organisation, audit, directory, publish }: ActorsDeps) {
  const newActor = (draft: ActorDraft & Pick<Actor, 'kind'>): Actor => ({
    id: newId('act'),
    organisation,
    kind: draft.kind,
    name: draft.name,
    role: draft.role,
    example: draft.example ?? false,
    signInName: draft.signInName ?? null,
    disabledAt: null,
    language: null,
    createdAt: clock(),
  })

  function getActor(id: ActorId): Actor {
    const actor = directory.actor(id)
    if (!actor)
      throw new Failure(
        'unknown',
        'access.actor-unknown',
        `There is no actor ${id}. List them with GET /api/v1/actors.`,
      )
    return actor
  }

  const findBySignInName = (name: string): Actor | undefined =>
    directory.actors().find(({ signInName }) => signInName === name)

  function demandFreeName(signInName: string | null | undefined, self?: ActorId): void {
    if (!signInName) return
    const other = findBySignInName(signInName)
    if (!other || other.id === self) return
    throw new Failure(
      'conflict',
      'access.sign-in-name-taken',
      `${other.name} signs in as ${signInName} already. Choose another name.`,
    )
  }

  /** Writes a new actor with its audit entry; the caller puts it into memory when the transaction has ended. */
  async function write(tx: Tx, actor: Actor, by: ActorId): Promise<void> {
    await addActor(tx, actor)
    const { name, role, example, signInName } = actor
    await audit.record(tx, {
      actor: by,
      action: 'access.create-actor',
      subject: actor.id,
      detail: { name, role, example, ...(signInName !== null && { signInName }) },
    })
  }

  const announce = (actor: Actor) => {
    directory.putActor(actor)
    publish({ topic: 'actor', id: actor.id, application: null })
  }

  return {
    newActor,
    getActor,
    findBySignInName,
    write,
    announce,

    async createActor({ by, ...draft }: ActorDraft & { by: ActorId }): Promise<Actor> {
      demandFreeName(draft.signInName)
      const actor = newActor({ kind: 'person', ...draft })
      await inTransaction(db, (tx) => write(tx, actor, by))
      announce(actor)
      return actor
    },

    /** What is not said stays as it is. */
    async updateActor(id: ActorId, { by, mayAct, ...change }: ActorChange & { by: ActorId }): Promise<Actor> {
      const before = getActor(id)
      if (before.kind === 'system')
        throw new Failure('invalid', 'access.system-stays', 'The installation itself cannot be changed.')
      demandFreeName(change.signInName, id)
      const actor: Actor = {
        ...before,
        name: change.name ?? before.name,
        role: change.role ?? before.role,
        signInName: change.signInName === undefined ? before.signInName : change.signInName,
        language: change.language === undefined ? before.language : change.language,
        disabledAt: mayAct === undefined ? before.disabledAt : mayAct ? null : (before.disabledAt ?? clock()),
      }
      demandOwnerStays(actor)
      const detail = differences(before, actor)
      if (Object.keys(detail).length === 0) return before
      await inTransaction(db, async (tx) => {
        await changeActor(tx, actor)
        if (actor.disabledAt !== null) await removeSessionsOf(tx, id)
        await audit.record(tx, { actor: by, action: 'access.change-actor', subject: id, detail })
      })
      announce(actor)
      return actor
    },
  }

  /** Somebody must be able to mend everything: whoever holds the owner token stays an owner. */
  function demandOwnerStays(actor: Actor): void {
    const holdsToken = directory
      .keys()
      .some((key) => key.isOwnerToken && key.revokedAt === null && key.actor === actor.id)
    if (!holdsToken || (actor.role === 'owner' && actor.disabledAt === null)) return
    throw new Failure(
      'conflict',
      'access.owner-stays',
      `${actor.name} holds the owner token of this installation and stays an owner. Start with another AIRWORTHY_OWNER_TOKEN to change who that is.`,
    )
  }
}

export type Actors = ReturnType<typeof createActors>

function differences(before: Actor, after: Actor): Record<string, unknown> {
  const detail: Record<string, unknown> = {}
  for (const field of ['name', 'role', 'signInName', 'language', 'disabledAt'] as const)
    if (before[field] !== after[field]) detail[field] = { before: before[field], after: after[field] }
  return detail
}
