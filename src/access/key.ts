/** A key: how a program shows who it is. Its text exists once, in the answer that made it; we keep an HMAC. */
import { z } from 'zod'
import { ActorId, Organisation, Role } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { idOf } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Limits } from './limits.ts'

export const KeyId = idOf('key')
export type KeyId = z.infer<typeof KeyId>

export const Key = z.object({
  id: KeyId,
  organisation: Organisation,
  name: z.string().min(1).max(100),
  team: z.string().max(100).nullable(),
  role: Role,
  actor: ActorId,
  /** The one application that it may be used for; null for all. */
  application: Name.nullable(),
  limits: Limits.nullable(),
  /** True for the key whose text is the installation's owner token. */
  isOwnerToken: z.boolean(),
  createdAt: Instant,
  revokedAt: Instant.nullable(),
  /** To the second, and only after a second. */
  lastUsedAt: Instant.nullable(),
})
export type Key = z.infer<typeof Key>

/** The row: a key and the HMAC-SHA-256 of its text under the master key. */
export const StoredKey = Key.extend({ hmac: z.string() })
export type StoredKey = z.infer<typeof StoredKey>
