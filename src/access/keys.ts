/** Actors and keys: add, list, revoke, and the key that is the owner token. */
import type { ActorId, Role } from '../core/actor.ts'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { RandomBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Clock } from '../kernel/time.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { ChangeEvent } from '../wire/events.ts'
import { type Actor, covers } from './actor.ts'
import type { Audit } from './audit.ts'
import type { Directory } from './directory.ts'
import type { Key, KeyId, StoredKey } from './key.ts'
import type { Limits } from './limits.ts'
import { type HmacOf, newSecret } from './secrets.ts'
import { addActor, addKey, changeKeyRevocation, removeActor, removeKey } from './store.ts'

export type NewKey = {
  readonly name: string
  readonly role: Role
  readonly by: ActorId
  readonly actor?: ActorId | undefined
  readonly application?: string | undefined
  readonly team?: string | undefined
  readonly limits?: { [Name in keyof Limits]?: Limits[Name] | undefined } | undefined
}

export type KeysDeps = {
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

export function createKeys(deps: KeysDeps) {
  const { db, clock, newId, random, organisation, hmacOf, audit, directory, publish } = deps

  const newActor = (draft: Pick<Actor, 'name' | 'kind' | 'role' | 'example'>): Actor => ({
    id: newId('act'),
    organisation,
    ...draft,
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

  /** Keeps actor and key together; nothing is in memory before the transaction has ended. */
  async function save({ actor, key, by }: { actor?: Actor; key?: StoredKey; by: ActorId }): Promise<void> {
    await inTransaction(db, async (tx) => {
      if (actor) {
        await addActor(tx, actor)
        const { name, role, example } = actor
        await audit.record(tx, {
          actor: by,
          action: 'access.create-actor',
          subject: actor.id,
          detail: { name, role, example },
        })
      }
      if (!key) return
      await addKey(tx, key)
      const { name, role, application, limits } = key
      const detail = { name, role, actor: key.actor, limits }
      await audit.record(tx, { actor: by, action: 'access.create-key', subject: key.id, application, detail })
    })
    if (actor) directory.putActor(actor)
    if (key) directory.putKey(key)
    for (const changed of [actor, key])
      if (changed) publish({ topic: changed === actor ? 'actor' : 'key', id: changed.id, application: null })
  }

  async function setRevoked(key: StoredKey, revokedAt: Key['revokedAt'], by: ActorId): Promise<StoredKey> {
    const changed = { ...key, revokedAt }
    await inTransaction(db, async (tx) => {
      await changeKeyRevocation(tx, key.id, revokedAt)
      const action = revokedAt === null ? 'access.renew-key' : 'access.revoke-key'
      await audit.record(tx, {
        actor: by,
        action,
        subject: key.id,
        application: key.application,
        detail: { name: key.name },
      })
    })
    directory.putKey(changed)
    publish({ topic: 'key', id: key.id, application: key.application })
    return changed
  }

  return {
    async createActor({ by, ...draft }: { name: string; role: Role; example?: boolean; by: ActorId }): Promise<Actor> {
      const actor = newActor({ kind: 'person', ...draft, example: draft.example ?? false })
      await save({ actor, by })
      return actor
    },

    /** Makes a key; its text leaves here and is kept nowhere. Without `actor` a program of its own is made. */
    async createKey(ask: NewKey): Promise<{ key: Key; secret: Secret }> {
      const owner = ask.actor === undefined ? undefined : getActor(ask.actor)
      if (owner && !covers(owner.role, ask.role))
        throw new Failure(
          'invalid',
          'access.role-too-wide',
          `${owner.name} is ${owner.role} and cannot hold a key of the role ${ask.role}. Choose a role with no more permissions.`,
        )
      const program = owner ? undefined : newActor({ name: ask.name, kind: 'program', role: ask.role, example: false })
      const actor = owner ?? program
      if (!actor || actor.kind === 'system')
        throw new Failure('invalid', 'access.no-key-for-system', 'The installation itself holds no keys.')
      const secret = newSecret('awk', random)
      const key: StoredKey = {
        id: newId('key'),
        organisation,
        name: ask.name,
        team: ask.team ?? null,
        role: ask.role,
        actor: actor.id,
        application: ask.application ?? null,
        limits: ask.limits
          ? {
              requestsPerMinute: ask.limits.requestsPerMinute ?? null,
              costMicroUsdPerMonth: ask.limits.costMicroUsdPerMonth ?? null,
            }
          : null,
        isOwnerToken: false,
        createdAt: clock(),
        revokedAt: null,
        lastUsedAt: null,
        hmac: hmacOf('key', secret.reveal()),
      }
      await save({ ...(program && { actor: program }), key, by: ask.by })
      return { key: publicKey(key), secret }
    },

    async revokeKey(id: KeyId, by: ActorId): Promise<Key> {
      const key = directory.key(id)
      if (!key)
        throw new Failure('unknown', 'access.key-id-unknown', `There is no key ${id}. List them with GET /api/v1/keys.`)
      if (key.isOwnerToken)
        throw new Failure(
          'conflict',
          'access.owner-token',
          'The owner token is not revoked here. Start with another AIRWORTHY_OWNER_TOKEN, or remove the file owner-token and start again.',
        )
      if (key.revokedAt !== null) return publicKey(key)
      return publicKey(await setRevoked(key, clock(), by))
    },

    /**
     * Revokes a key that the installation made for itself and forgets it, with the program that was made for it, so
     * that probes do not fill the lists; the audit log keeps that both were.
     */
    async discardKey(id: KeyId, by: ActorId): Promise<void> {
      const key = directory.key(id)
      if (!key || key.isOwnerToken) return
      const isLast = !directory.keys().some((other) => other.actor === key.actor && other.id !== id)
      const program = isLast && getActor(key.actor).kind === 'program' ? key.actor : undefined
      await inTransaction(db, async (tx) => {
        await removeKey(tx, id)
        if (program) await removeActor(tx, program)
        const detail = { name: key.name, discarded: true }
        const entry = { subject: id, application: key.application, detail }
        await audit.record(tx, { actor: by, action: 'access.revoke-key', ...entry })
      })
      directory.drop(id, program)
      publish({ topic: 'key', id, application: key.application })
    },

    /** Makes this text the one owner token: adds its key when it is new, and revokes the one before. */
    async ensureOwner(token: Secret): Promise<Actor> {
      const hmac = hmacOf('key', token.reveal())
      const before = directory.keys().filter((key) => key.isOwnerToken)
      const there = directory.keyByHmac(hmac)
      const known = before[0] && directory.actor(before[0].actor)
      const owner = known ?? newActor({ name: 'owner', kind: 'person', role: 'owner', example: false })
      for (const key of before)
        if (key.hmac !== hmac && key.revokedAt === null) await setRevoked(key, clock(), owner.id)
      if (there?.revokedAt) await setRevoked(there, null, owner.id)
      if (there) return getActor(there.actor)
      const key: StoredKey = {
        id: newId('key'),
        organisation,
        name: 'owner token',
        team: null,
        role: 'owner',
        actor: owner.id,
        application: null,
        limits: null,
        isOwnerToken: true,
        createdAt: clock(),
        revokedAt: null,
        lastUsedAt: null,
        hmac,
      }
      await save({ ...(!known && { actor: owner }), key, by: owner.id })
      return owner
    },

    getActor,
    listActors: (): Actor[] => directory.actors(),
    listKeys: (): Key[] => directory.keys().map(publicKey),
  }
}

export type Keys = ReturnType<typeof createKeys>

const publicKey = ({ hmac: _, ...key }: StoredKey): Key => key
