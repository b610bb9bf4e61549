/**
 * Credentials at rest: AES-256-GCM under a key derived from the master key. The provider's name is bound in, so
 * that a sealed text that is moved to another row does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { deriveKey } from '../kernel/derive.ts'
import { Failure } from '../kernel/failure.ts'
import type { RandomBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'

const PURPOSE = 'models.credentials'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export type Sealing = {
  seal(credential: Secret, owner: string): string
  /** Throws `models.credential-unreadable` when the master key is another one. */
  open(sealed: string, owner: string): Secret
}

export function createSealing({ masterKey, random }: { masterKey: Secret; random: RandomBytes }): Sealing {
  const key = deriveKey(masterKey, PURPOSE)
  return {
    seal(credential, owner) {
      const nonce = random(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
      const text = Buffer.concat([cipher.update(credential.reveal(), 'utf8'), cipher.final()])
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`
    },
    open(sealed, owner) {
      try {
        const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url')
        const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(owner))
          .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const text = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), cipher.final()])
        return new Secret(text.toString('utf8'))
      } catch (cause) {
        throw new Failure(
          'unmet',
          'models.credential-unreadable',
          'The stored key cannot be opened: the master key is not the one that it was stored under. Bring that one back, or set the key again.',
          { cause },
        )
      }
    },
  }
}
