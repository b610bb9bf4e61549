/**
 * Actors, keys and sessions in memory, so that who is asking is known without I/O.
 *
 * Invariant: it changes only after the transaction that changed the tables, and before the verb that did it
 * answers; a key that was revoked is therefore refused from the moment its revocation is confirmed.
 */
import type { ActorId, Permission, Role } from '../core/actor.ts'
import type { Instant } from '../kernel/time.ts'
import type { Caller } from '../wire/caller.ts'
import { type Actor, PERMISSIONS } from './actor.ts'
import type { Key, KeyId, StoredKey } from './key.ts'
import { endOf, type Session, type SessionTimes } from './session.ts'

/** What a text stands for: a caller by its present or previous text, or a key that has ended. */
export type Known =
  | { readonly kind: 'caller'; readonly caller: Caller; readonly isPrevious: boolean }
  | { readonly kind: 'expired'; readonly at: Instant }

type OpenKey = { readonly key: StoredKey; readonly caller: Caller }
type OpenSession = { session: Session; readonly caller: Caller }

export function createDirectory(times: SessionTimes) {
  const actors = new Map<string, Actor>()
  const keys = new Map<string, StoredKey>()
  const keysByHmac = new Map<string, OpenKey>()
  const sessions = new Map<string, OpenSession>()
  let changes = 0

  function callerFor(actor: Actor, role: Role, key: Key | null): Caller {
    return {
      actor: actor.id,
      name: actor.name,
      organisation: actor.organisation,
      role,
      permissions: permissionsOf(actor.role, role, key?.permissions ?? null),
      key: key?.id ?? null,
      application: key?.application ?? null,
      stage: key?.stage ?? 'sandbox',
      ...(key?.isDrill && { isDrill: true }),
    }
  }

  function putKey(key: StoredKey): void {
    changes++
    const before = keys.get(key.id)
    for (const hmac of [before?.hmac, before?.previousHmac]) if (hmac) keysByHmac.delete(hmac)
    keys.set(key.id, key)
    const actor = actors.get(key.actor)
    if (!actor || actor.disabledAt !== null || key.revokedAt !== null) return
    const open = { key, caller: callerFor(actor, key.role, key) }
    keysByHmac.set(key.hmac, open)
    if (key.previousHmac !== null) keysByHmac.set(key.previousHmac, open)
  }

  function putSession(session: Session): void {
    changes++
    const actor = actors.get(session.actor)
    if (!actor || actor.disabledAt !== null) sessions.delete(session.hmac)
    else sessions.set(session.hmac, { caller: callerFor(actor, actor.role, null), session })
  }

  return {
    /** Also changes what the keys and sessions of this actor may do. */
    putActor(actor: Actor): void {
      changes++
      actors.set(actor.id, actor)
      for (const key of [...keys.values()]) if (key.actor === actor.id) putKey(key)
      for (const { session } of [...sessions.values()]) if (session.actor === actor.id) putSession(session)
    },
    putKey,
    putSession,
    /** Forgets a key, and the program that held it and nothing else. */
    drop(id: KeyId, program: ActorId | undefined): void {
      changes++
      const key = keys.get(id)
      for (const hmac of [key?.hmac, key?.previousHmac]) if (hmac) keysByHmac.delete(hmac)
      keys.delete(id)
      if (program) actors.delete(program)
    },
    dropSession(hmac: string): void {
      changes++
      sessions.delete(hmac)
    },
    /** Takes what was read from the tables in place of everything; uses that are not written yet stay. */
    replace(read: { actors: readonly Actor[]; keys: readonly StoredKey[]; sessions: readonly Session[] }): void {
      const seen = new Map([...sessions].map(([hmac, { session }]) => [hmac, session.lastSeenAt]))
      for (const all of [actors, keys, keysByHmac, sessions]) all.clear()
      for (const actor of read.actors) actors.set(actor.id, actor)
      for (const key of read.keys) putKey(key)
      for (const session of read.sessions) {
        const here = seen.get(session.hmac)
        putSession(here !== undefined && here > session.lastSeenAt ? { ...session, lastSeenAt: here } : session)
      }
    },
    /** Grows with each change that was made here, so that a reader knows whether what it read is old by now. */
    changes: (): number => changes,
    /** Says that something was changed that is kept in memory elsewhere. */
    changed(): void {
      changes++
    },
    actor: (id: ActorId): Actor | undefined => actors.get(id),
    key: (id: KeyId | string): StoredKey | undefined => keys.get(id),
    keyByHmac: (hmac: string): StoredKey | undefined => [...keys.values()].find((key) => key.hmac === hmac),
    knownByKey(hmac: string, now: Instant): Known | undefined {
      const open = keysByHmac.get(hmac)
      if (!open) return undefined
      const { key, caller } = open
      if (key.expiresAt !== null && key.expiresAt <= now) return { kind: 'expired', at: key.expiresAt }
      const isPrevious = key.hmac !== hmac
      if (isPrevious && (key.previousUntil ?? now) <= now) return { kind: 'expired', at: key.previousUntil ?? now }
      return { kind: 'caller', caller, isPrevious }
    },
    sessionByHmac(hmac: string, now: Instant): OpenSession | undefined {
      const open = sessions.get(hmac)
      if (!open || endOf(open.session, times) > now) return open
      sessions.delete(hmac)
      return undefined
    },
    /** In the order they were made. */
    actors: (): Actor[] => [...actors.values()],
    keys: (): StoredKey[] => [...keys.values()],
    sessions: (now: Instant): Session[] =>
      [...sessions.values()].flatMap(({ session }) => (endOf(session, times) > now ? [session] : [])),
  }
}

export type Directory = ReturnType<typeof createDirectory>

/** A key may never do more than its role, its person's role of today, and what it was narrowed to. */
function permissionsOf(person: Role, role: Role, only: readonly Permission[] | null): ReadonlySet<Permission> {
  if (person === role && only === null) return PERMISSIONS[role]
  return new Set(
    [...PERMISSIONS[role]].filter(
      (permission) => PERMISSIONS[person].has(permission) && (only === null || only.includes(permission)),
    ),
  )
}
