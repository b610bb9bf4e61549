/** A key: how a program shows who it is. Its text exists once, in the answer that made it; we keep an HMAC. */
import { z } from 'zod'
import { ActorId, Organisation, Permission, Role } from '../core/actor.ts'
import { Name } from '../core/names.ts'
import { Stage } from '../core/stage.ts'
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
  /** What its direct use of models counts as: beyond the sandbox only approved ones answer. */
  stage: Stage,
  limits: Limits.nullable(),
  /** The part of what its role may do that this key may do; null for all of it. */
  permissions: z.array(Permission).nullable(),
  /** True for the key whose text is the installation's owner token. */
  isOwnerToken: z.boolean(),
  /** True for the key of a drill: faults may be made to happen to its requests, and to nobody else's. */
  isDrill: z.boolean(),
  createdAt: Instant,
  revokedAt: Instant.nullable(),
  /** From then on it is refused; null for never. */
  expiresAt: Instant.nullable(),
  /** When its text was last replaced by a new one. */
  rotatedAt: Instant.nullable(),
  /** Until when the text before works as well. */
  previousUntil: Instant.nullable(),
  /** When the text before was last used since then: empty once every program has the new one. */
  previousUsedAt: Instant.nullable(),
  /** To the second, and only after a second. Where from is not kept. */
  lastUsedAt: Instant.nullable(),
})
export type Key = z.infer<typeof Key>

/** The row: a key and the HMAC-SHA-256 of its text, and of the text before, under the master key. */
export const StoredKey = Key.extend({ hmac: z.string(), previousHmac: z.string().nullable() })
export type StoredKey = z.infer<typeof StoredKey>
