/**
 * Signed statements: an in-toto Statement v1 in a DSSE envelope, signed with Ed25519.
 *
 * Whoever has the public key checks a piece of evidence without this server: the signature covers the payload byte
 * by byte, and the payload holds every field of the row.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { type Envelope, Evidence, type SignedEvidence } from '../core/evidence.ts'
import { canonicalJson, digestOf, digestOfBytes } from '../kernel/digest.ts'
import { Secret } from '../kernel/secret.ts'
import type { SigningKey } from './contract.ts'

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const PREDICATE_TYPE = 'https://airworthy.dev/evidence/v1'

export type Signer = { readonly key: SigningKey; sign(evidence: Evidence): SignedEvidence }

/** @param signingKey an Ed25519 private key, PKCS#8 in PEM */
export function createSigner(signingKey: Secret): Signer {
  const privateKey = createPrivateKey(signingKey.reveal())
  const publicKey = createPublicKey(privateKey)
  const key: SigningKey = {
    keyid: keyIdOf(publicKey),
    algorithm: 'ed25519',
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
  return {
    key,
    sign(evidence) {
      const payload = Buffer.from(canonicalJson(statementOf(evidence)), 'utf8')
      const signature = sign(null, preAuthenticated(PAYLOAD_TYPE, payload), privateKey)
      return {
        ...evidence,
        statement: digestOfBytes(payload),
        envelope: {
          payloadType: PAYLOAD_TYPE,
          payload: payload.toString('base64'),
          signatures: [{ keyid: key.keyid, sig: signature.toString('base64') }],
        },
      }
    },
  }
}

/** A new private key for `createSigner`, to be kept encrypted. */
export const newSigningKey = (): Secret =>
  new Secret(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())

export type Verification = { kind: 'valid' } | { kind: 'broken'; why: string }

/** Is this what the holder of the key signed, unchanged in every field? */
export function verifySigned(signed: SignedEvidence, publicKey: string): Verification {
  const { statement, envelope, ...evidence } = signed
  const key = createPublicKey(publicKey)
  const keyid = keyIdOf(key)
  const signature = envelope.signatures.find((one) => one.keyid === keyid)
  if (!signature) return { kind: 'broken', why: `It is not signed with the key ${keyid}.` }
  const payload = Buffer.from(envelope.payload, 'base64')
  if (!verify(null, preAuthenticated(envelope.payloadType, payload), key, Buffer.from(signature.sig, 'base64')))
    return { kind: 'broken', why: 'The signature does not belong to this payload.' }
  if (digestOfBytes(payload) !== statement)
    return { kind: 'broken', why: 'The digest of the statement is not that of its payload.' }
  if (payload.toString('utf8') !== canonicalJson(statementOf(Evidence.parse(evidence))))
    return { kind: 'broken', why: 'The fields beside the envelope are not those that were signed.' }
  return { kind: 'valid' }
}

/** The bytes that DSSE signs: version, type and body, each with its length, so that neither runs into the other. */
function preAuthenticated(payloadType: Envelope['payloadType'], payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.byteLength} `
  return Buffer.concat([Buffer.from(head, 'utf8'), payload])
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

const keyIdOf = (key: KeyObject): string => digestOfBytes(key.export({ type: 'spki', format: 'der' }))
