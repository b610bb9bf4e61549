/**
 * Encryption of what must be read again: AES-256-GCM under a key derived from the master key, one a purpose. The owner
 * is bound in, so that a sealed text that is moved to another row does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { deriveKey } from './derive.ts'
import type { RandomBytes } from './random.ts'
import type { Secret } from './secret.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export type Seal = {
  close(text: string, owner?: string): string
  /** Throws when the text was changed, belongs to another owner, or to another master key. */
  open(sealed: string, owner?: string): string
}

export function createSeal({
  masterKey,
  purpose,
  random,
}: {
  masterKey: Secret
  purpose: string
  random: RandomBytes
}): Seal {
  const key = deriveKey(masterKey, purpose)
  return {
    close(text, owner = '') {
      const nonce = random(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    open(sealed, owner = '') {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
