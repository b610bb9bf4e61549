/**
 * Actors, keys and sessions in memory, so that who is asking is known without I/O.
 *
 * Invariant: it changes only after the transaction that changed the tables, and before the verb that did it
 * answers; a key that was revoked is therefore refused from the moment its revocation is confirmed.
 */
import type { ActorId, Role } from '../core/actor.ts'
import type { Instant } from '../kernel/time.ts'
import type { Caller } from '../wire/caller.ts'
import { type Actor, PERMISSIONS } from './actor.ts'
import type { Key, KeyId, StoredKey } from './key.ts'
import type { Session } from './session.ts'

type OpenSession = { readonly caller: Caller; readonly expiresAt: Instant }

export function createDirectory() {
  const actors = new Map<string, Actor>()
  const keys = new Map<string, StoredKey>()
  const callersByHmac = new Map<string, Caller>()
  const sessions = new Map<string, OpenSession>()

  const callerFor = (actor: Actor, role: Role, key: Key | null): Caller => ({
    actor: actor.id,
    name: actor.name,
    organisation: actor.organisation,
    role,
    permissions: PERMISSIONS[role],
    key: key?.id ?? null,
    application: key?.application ?? null,
  })

  return {
    putActor(actor: Actor): void {
      actors.set(actor.id, actor)
    },
    putKey(key: StoredKey): void {
      keys.set(key.id, key)
      const actor = actors.get(key.actor)
      if (actor && key.revokedAt === null) callersByHmac.set(key.hmac, callerFor(actor, key.role, key))
      else callersByHmac.delete(key.hmac)
    },
    /** Forgets a key, and the program that held it and nothing else. */
    drop(id: KeyId, program: ActorId | undefined): void {
      const key = keys.get(id)
      if (key) callersByHmac.delete(key.hmac)
      keys.delete(id)
      if (program) actors.delete(program)
    },
    putSession(session: Session): void {
      const actor = actors.get(session.actor)
      if (!actor) return
      sessions.set(session.hmac, { caller: callerFor(actor, actor.role, null), expiresAt: session.expiresAt })
    },
    dropSession(hmac: string): void {
      sessions.delete(hmac)
    },
    /** Forgets everything, before it is read anew. */
    clear(): void {
      for (const all of [actors, keys, callersByHmac, sessions]) all.clear()
    },
    actor: (id: ActorId): Actor | undefined => actors.get(id),
    key: (id: KeyId | string): StoredKey | undefined => keys.get(id),
    keyByHmac: (hmac: string): StoredKey | undefined => [...keys.values()].find((key) => key.hmac === hmac),
    callerByKey: (hmac: string): Caller | undefined => callersByHmac.get(hmac),
    callerBySession(hmac: string, now: Instant): Caller | undefined {
      const session = sessions.get(hmac)
      if (!session) return undefined
      if (session.expiresAt > now) return session.caller
      sessions.delete(hmac)
      return undefined
    },
    /** In the order they were made. */
    actors: (): Actor[] => [...actors.values()],
    keys: (): StoredKey[] => [...keys.values()],
  }
}

export type Directory = ReturnType<typeof createDirectory>
