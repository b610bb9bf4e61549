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
  /** The same for bytes, which stay bytes. */
  closeBytes(bytes: Uint8Array, owner?: string): Buffer
  openBytes(sealed: Uint8Array, owner?: string): Buffer
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
  function closeBytes(bytes: Uint8Array, owner = ''): Buffer {
    const nonce = random(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner))
    const sealed = [cipher.update(bytes), cipher.final()]
    return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed])
  }
  function openBytes(sealed: Uint8Array, owner = ''): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(owner))
      .setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  }
  return {
    close: (text, owner) => closeBytes(Buffer.from(text), owner).toString('base64url'),
    open: (sealed, owner) => openBytes(Buffer.from(sealed, 'base64url'), owner).toString('utf8'),
    closeBytes,
    openBytes,
  }
}
