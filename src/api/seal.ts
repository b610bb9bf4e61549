/** Encryption of what must be read again: AES-256-GCM under a key that HKDF draws from the master key, one a purpose. */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { RandomBytes } from '../kernel/random.ts'
import type { Secret } from '../kernel/secret.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

export function createSeal({
  masterKey,
  purpose,
  random,
}: {
  masterKey: Secret
  purpose: string
  random: RandomBytes
}) {
  const key = Buffer.from(hkdfSync('sha256', masterKey.reveal(), '', `airworthy ${purpose}`, 32))
  return {
    close(text: string): string {
      const nonce = random(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
    },
    /** Throws when the text was changed or belongs to another master key. */
    open(sealed: string): string {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    },
  }
}
