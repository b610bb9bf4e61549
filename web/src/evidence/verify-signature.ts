/**
 * Checks the signature of a piece of evidence here, in the browser: the server that shows it is not asked whether it is true.
 * Ed25519 over the DSSE pre-authentication encoding; then the digest of the payload; then every field that is shown.
 */
import type { SignedEvidence, SigningKey } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

export type Verified =
  | { readonly kind: 'valid'; readonly keyid: string }
  | { readonly kind: 'broken'; readonly why: string }
  /** This browser cannot tell. */
  | { readonly kind: 'unable'; readonly why: string }

/** What is read of a key that the server publishes. */
type PublishedKey = Pick<SigningKey, 'keyid' | 'publicKey' | 'revokedFrom'>

export async function verifySignature(signed: SignedEvidence, keys: readonly PublishedKey[]): Promise<Verified> {
  const { statement, envelope, ...fields } = signed
  const [signature] = envelope.signatures
  const key = keys.find(({ keyid }) => keyid === signature?.keyid)
  if (!signature || !key) return broken(say('verify-signature.it-is-signed-with-a-key-that'))
  if (!globalThis.crypto?.subtle)
    return { kind: 'unable', why: say('verify-signature.a-browser-checks-signatures-only-over-https') }

  const payload = bytesOf(envelope.payload)
  const der = bytesOfPem(key.publicKey)
  if ((await sha256(der)) !== key.keyid) return broken(say('verify-signature.the-published-key-is-not-the-one'))
  let isSigned: boolean
  try {
    const publicKey = await crypto.subtle.importKey('spki', der, 'Ed25519', false, ['verify'])
    isSigned = await crypto.subtle.verify(
      'Ed25519',
      publicKey,
      bytesOf(signature.sig),
      signedBytes(envelope.payloadType, payload),
    )
  } catch (thrown) {
    return {
      kind: 'unable',
      why: say('verify-signature.this-browser-does-not-know-ed25519', {
        thrown: thrown instanceof Error ? thrown.name : String(thrown),
      }),
    }
  }
  if (!isSigned) return broken(say('verify-signature.the-signature-is-not-that-of-the'))
  if (key.revokedFrom !== null && signed.at >= key.revokedFrom)
    return broken(
      say('verify-signature.its-key-was-revoked-from-on-and', { revokedFrom: key.revokedFrom, at: signed.at }),
    )
  if ((await sha256(payload)) !== statement) return broken(say('verify-signature.the-digest-of-the-statement-is-not'))
  const { predicate } = JSON.parse(new TextDecoder().decode(payload)) as { predicate: unknown }
  const differing = Object.entries(fields).find(
    ([name, value]) => ordered(value) !== ordered((predicate as Record<string, unknown>)[name]),
  )
  if (differing) return broken(say('verify-signature.the-field-is-not-what-was-signed', { differing: differing[0] }))
  return { kind: 'valid', keyid: key.keyid }
}

const broken = (why: string): Verified => ({ kind: 'broken', why })

/** What DSSE signs: type and payload with their lengths, so that neither can run into the other. */
function signedBytes(payloadType: string, payload: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const type = encoder.encode(payloadType)
  const head = encoder.encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `)
  const bytes = new Uint8Array(head.length + payload.length)
  bytes.set(head)
  bytes.set(payload, head.length)
  return bytes
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

const bytesOfPem = (pem: string): Uint8Array<ArrayBuffer> => bytesOf(pem.replaceAll(/-----[^-]+-----|\s/g, ''))

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `sha256:${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** The same text for the same value, whatever the order of its keys. */
const ordered = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
