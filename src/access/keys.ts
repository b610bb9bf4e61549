/** Keys: add, replace the text, revoke, and the one that is the owner token. */
import type { ActorId, Permission, Role } from '../core/actor.ts'
import type { Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import { HOUR, type Instant, later } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import { type Actor, covers, PERMISSIONS } from './actor.ts'
import type { Actors, ActorsDeps } from './actors.ts'
import type { Key, KeyId, StoredKey } from './key.ts'
import { DEFAULT_LIMITS, type LimitsChange, withChange } from './limits.ts'
import { newSecret } from './secrets.ts'
import { addKey, changeKeyRevocation, changeKeyText, removeActor, removeKey } from './store.ts'

export type NewKey = {
  readonly name: string
  readonly role: Role
  readonly by: ActorId
  readonly actor?: ActorId | undefined
  readonly application?: string | undefined
  readonly stage?: Stage | undefined
  readonly team?: string | undefined
  /** What is not said is that of every new key. */
  readonly limits?: LimitsChange | undefined
  /** Narrows the key to a part of what its role may do. */
  readonly permissions?: readonly Permission[] | undefined
  readonly expiresAt?: Instant | undefined
  readonly expiresInHours?: number | undefined
  /** For a drill alone; no route makes one. */
  readonly isDrill?: boolean | undefined
}

/** How long the text before goes on working when nobody says otherwise. */
const OVERLAP_MS = 24 * HOUR

export function createKeys({ actors, ...deps }: ActorsDeps & { actors: Actors }) {
  const { db, clock, newId, random, organisation, hmacOf, audit, directory, publish } = deps
  const { newActor, getActor } = actors

  /** Keeps actor and key together; nothing is in memory before the transaction has ended. */
  async function save({ actor, key, by }: { actor?: Actor; key: StoredKey; by: ActorId }): Promise<void> {
    await inTransaction(db, async (tx) => {
      if (actor) await actors.write(tx, actor, by)
      await addKey(tx, key)
      const { name, role, application, limits, permissions, expiresAt, isDrill } = key
      const detail = { name, role, actor: key.actor, limits, permissions, expiresAt, ...(isDrill && { isDrill }) }
      await audit.record(tx, { actor: by, action: 'access.create-key', subject: key.id, application, detail })
    })
    if (actor) actors.announce(actor)
    announce(key)
  }

  const announce = (key: StoredKey) => {
    directory.putKey(key)
    publish({ topic: 'key', id: key.id, application: key.application })
  }

  async function setRevoked(key: StoredKey, revokedAt: Key['revokedAt'], by: ActorId): Promise<StoredKey> {
    const changed = { ...key, revokedAt }
    await inTransaction(db, async (tx) => {
      await changeKeyRevocation(tx, key.id, revokedAt)
      const action = revokedAt === null ? 'access.renew-key' : 'access.revoke-key'
      const { application, name } = key
      await audit.record(tx, { actor: by, action, subject: key.id, application, detail: { name } })
    })
    announce(changed)
    return changed
  }

  function demandKey(id: KeyId): StoredKey {
    const key = directory.key(id)
    if (!key)
      throw new Failure('unknown', 'access.key-id-unknown', `There is no key ${id}. List them with GET /api/v1/keys.`)
    if (key.isOwnerToken)
      throw new Failure(
        'conflict',
        'access.owner-token',
        'The owner token is not changed here. Start with another AIRWORTHY_OWNER_TOKEN, or remove the file owner-token and start again.',
      )
    return key
  }

  const newKey = (draft: Pick<StoredKey, 'name' | 'role' | 'actor' | 'hmac'> & Partial<StoredKey>): StoredKey => ({
    id: newId('key'),
    organisation,
    team: null,
    application: null,
    stage: 'sandbox',
    limits: null,
    permissions: null,
    isOwnerToken: false,
    isDrill: false,
    createdAt: clock(),
    revokedAt: null,
    expiresAt: null,
    rotatedAt: null,
    previousUntil: null,
    previousUsedAt: null,
    lastUsedAt: null,
    previousHmac: null,
    ...draft,
  })

  return {
    /** Makes a key; its text leaves here and is kept nowhere. Without `actor` a program of its own is made. */
    async createKey(ask: NewKey): Promise<{ key: Key; secret: Secret }> {
      const owner = ask.actor === undefined ? undefined : getActor(ask.actor)
      demandHolder(owner, ask.role)
      demandPermissions(ask)
      const expiresAt = ask.expiresAt ?? inHours(ask.expiresInHours, clock())
      demandFuture(expiresAt, clock())
      const program = owner ? undefined : newActor({ name: ask.name, kind: 'program', role: ask.role })
      const secret = newSecret('awk', random)
      const key = newKey({
        name: ask.name,
        role: ask.role,
        actor: (owner ?? program)?.id as ActorId,
        hmac: hmacOf('key', secret.reveal()),
        team: ask.team ?? null,
        application: ask.application ?? null,
        stage: ask.stage ?? 'sandbox',
        permissions: ask.permissions ? [...new Set(ask.permissions)] : null,
        expiresAt: expiresAt ?? null,
        isDrill: ask.isDrill ?? false,
        limits: withChange(DEFAULT_LIMITS, ask.limits ?? {}),
      })
      await save({ ...(program && { actor: program }), key, by: ask.by })
      return { key: publicKey(key), secret }
    },

    /**
     * Gives a key a new text that works at once. The one before works until `previousUntil`, a day from now when
     * nobody says; at most two texts work at any time, so rotating again within that time ends the oldest.
     */
    async rotateKey({
      id,
      previousUntil: asked,
      overlapHours,
      by,
    }: {
      id: KeyId
      previousUntil?: Instant | undefined
      overlapHours?: number | undefined
      by: ActorId
    }): Promise<{ key: Key; secret: Secret }> {
      const before = demandKey(id)
      const now = clock()
      if (before.revokedAt !== null)
        throw new Failure('conflict', 'access.key-revoked', `${before.name} is revoked. Make a new key instead.`)
      // Whoever had its new text could make faults happen.
      if (before.isDrill)
        throw new Failure('conflict', 'access.drill-key', `${before.name} belongs to a drill and leaves with it.`)
      const secret = newSecret('awk', random)
      const previousUntil = asked ?? inHours(overlapHours, now) ?? later(now, OVERLAP_MS)
      const key: StoredKey = {
        ...before,
        hmac: hmacOf('key', secret.reveal()),
        previousHmac: previousUntil > now ? before.hmac : null,
        previousUntil: previousUntil > now ? previousUntil : null,
        previousUsedAt: null,
        rotatedAt: now,
      }
      await inTransaction(db, async (tx) => {
        await changeKeyText(tx, key)
        const detail = { name: key.name, previousUntil: key.previousUntil }
        const { application } = key
        await audit.record(tx, { actor: by, action: 'access.rotate-key', subject: id, application, detail })
      })
      announce(key)
      return { key: publicKey(key), secret }
    },

    async revokeKey(id: KeyId, by: ActorId): Promise<Key> {
      const key = demandKey(id)
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
      const owner = known ?? newActor({ name: 'owner', kind: 'person', role: 'owner' })
      for (const key of before)
        if (key.hmac !== hmac && key.revokedAt === null) await setRevoked(key, clock(), owner.id)
      if (there?.revokedAt) await setRevoked(there, null, owner.id)
      if (there) return getActor(there.actor)
      const key = newKey({ name: 'owner token', role: 'owner', actor: owner.id, isOwnerToken: true, hmac })
      await save({ ...(!known && { actor: owner }), key, by: owner.id })
      return owner
    },

    listKeys: (): Key[] => directory.keys().map(publicKey),
  }
}

export type Keys = ReturnType<typeof createKeys>

const publicKey = ({ hmac: _, previousHmac: __, ...key }: StoredKey): Key => key

const inHours = (hours: number | undefined, now: Instant): Instant | undefined =>
  hours === undefined ? undefined : later(now, hours * HOUR)

function demandHolder(owner: Actor | undefined, role: Role): void {
  if (!owner) return
  if (owner.kind === 'system')
    throw new Failure('invalid', 'access.no-key-for-system', 'The installation itself holds no keys.')
  if (covers(owner.role, role)) return
  throw new Failure(
    'invalid',
    'access.role-too-wide',
    `${owner.name} is ${owner.role} and cannot hold a key of the role ${role}. Choose a role with no more permissions.`,
  )
}

function demandPermissions({ role, permissions }: NewKey): void {
  const beyond = permissions?.filter((permission) => !PERMISSIONS[role].has(permission)) ?? []
  if (beyond.length === 0) return
  throw new Failure(
    'invalid',
    'access.permission-not-of-role',
    `permissions: the role ${role} does not have ${beyond.join(', ')}. It has ${[...PERMISSIONS[role]].join(', ')}.`,
  )
}

function demandFuture(expiresAt: Instant | undefined, now: Instant): void {
  if (expiresAt === undefined || expiresAt > now) return
  throw new Failure(
    'invalid',
    'access.expiry-passed',
    `expiresAt: ${expiresAt} has passed. Choose a time that lies ahead, or none.`,
  )
}
