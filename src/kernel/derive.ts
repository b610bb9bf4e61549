/** Keys derived from the master key by HKDF-SHA-256 (RFC 5869), one for each purpose, so that one file is the only secret. */
import { createPrivateKey, hkdfSync } from 'node:crypto'
import { Secret } from './secret.ts'

/** 32 bytes for a purpose; another purpose gives unrelated bytes. */
export const deriveKey = (masterKey: Secret, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey.reveal(), 'airworthy', purpose, 32))

// The fixed head of a PKCS #8 Ed25519 private key (RFC 8410); the 32 bytes of the seed follow it.
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The Ed25519 private key for a purpose, as PEM. */
export function deriveSigningKey(masterKey: Secret, purpose: string): Secret {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, deriveKey(masterKey, purpose)]),
    format: 'der',
    type: 'pkcs8',
  })
  return new Secret(key.export({ format: 'pem', type: 'pkcs8' }).toString())
}

/** What the first, second, … key that signs evidence is for; the first has the name that there was before rotation. */
export const signingPurpose = (generation: number): string => (generation === 1 ? 'evidence' : `evidence/${generation}`)
