/**
 * Signed statements: an in-toto Statement v1 in a DSSE envelope, signed with Ed25519.
 *
 * Whoever has the public key checks a piece of evidence without this server: the signature covers the payload byte
 * by byte, and the payload holds every field of the row.
 */
import { generateKeyPairSync } from 'node:crypto'
import { type Envelope, Evidence, type SignedEvidence } from '../core/evidence.ts'
import { canonicalJson, digestOf, digestOfBytes } from '../kernel/digest.ts'
import { createDsse, whyBroken } from '../kernel/dsse.ts'
import { Secret } from '../kernel/secret.ts'

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const PREDICATE_TYPE = 'https://airworthy.dev/evidence/v1'

export type Signer = {
  readonly keyid: string
  /** SPKI in PEM. */
  readonly publicKey: string
  sign(evidence: Evidence): SignedEvidence
  /** Seals any bytes of a type that others verify with the same key. */
  seal(payloadType: string, payload: Buffer): Envelope
}

/** @param signingKey an Ed25519 private key, PKCS#8 in PEM */
export function createSigner(signingKey: Secret): Signer {
  const { keyid, publicKey, sign } = createDsse(signingKey)
  return {
    keyid,
    publicKey,
    seal: sign,
    sign(evidence) {
      const payload = Buffer.from(canonicalJson(statementOf(evidence)), 'utf8')
      return { ...evidence, statement: digestOfBytes(payload), envelope: sign(PAYLOAD_TYPE, payload) }
    },
  }
}

/** A new private key for `createSigner`, to be kept encrypted. */
export const newSigningKey = (): Secret =>
  new Secret(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())

export type Verification = { kind: 'valid' } | { kind: 'broken'; why: string }

/** Is this what the holder of the key signed, unchanged in every field, while the key was theirs alone? */
export function verifySigned(
  signed: SignedEvidence,
  publicKey: string,
  { revokedFrom }: { revokedFrom?: string | null } = {},
): Verification {
  const { statement, envelope, ...evidence } = signed
  if (revokedFrom != null && evidence.at >= revokedFrom)
    return { kind: 'broken', why: `The key was revoked from ${revokedFrom} on, and this was signed at ${evidence.at}.` }
  const why = whyBroken(envelope, publicKey)
  if (why !== undefined) return { kind: 'broken', why }
  const payload = Buffer.from(envelope.payload, 'base64')
  if (digestOfBytes(payload) !== statement)
    return { kind: 'broken', why: 'The digest of the statement is not that of its payload.' }
  if (payload.toString('utf8') !== canonicalJson(statementOf(Evidence.parse(evidence))))
    return { kind: 'broken', why: 'The fields beside the envelope are not those that were signed.' }
  return { kind: 'valid' }
}

function statementOf(evidence: Evidence) {
  const subjects = evidence.inputs.map(({ kind, name, digest }) => ({ name: `${kind}:${name}`, digest: hex(digest) }))
  // A statement must have a subject; what depends on no part is about the application as such.
  const application = { name: `application:${evidence.application}`, digest: hex(digestOf(evidence.application)) }
  return {
    _type: STATEMENT_TYPE,
    subject: subjects.length > 0 ? subjects : [application],
    predicateType: PREDICATE_TYPE,
    predicate: evidence,
  }
}

const hex = (digest: string) => ({ sha256: digest.slice('sha256:'.length) })
