/**
 * Verifies a gate's signed verdict without a server: this one file, with Node's own crypto, that shares no code with
 * what wrote it.
 *
 * It checks that the key in the statement is the one that signed the envelope, and that the statement is a
 * Verification Summary whose result is that of its findings. What it cannot know is whose key it is: compare the key's
 * id with the one that the installation shows.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

export type VerdictFinding = {
  readonly check: string
  readonly verdict: string
  /** Does it hold the gate? */
  readonly holds: boolean
  readonly why: readonly string[]
  readonly evidence: string | null
}
export type GateVerdict =
  | {
      readonly kind: 'valid'
      readonly result: 'PASSED' | 'FAILED'
      readonly application: string
      readonly release: { readonly id: string; readonly number: number; readonly digest: string }
      readonly into: string
      /** Id of the kept decision, which the installation can replay. */
      readonly decision: string
      readonly at: string
      /** SHA-256 of the public key that signed it. */
      readonly keyid: string
      readonly findings: readonly VerdictFinding[]
    }
  | { readonly kind: 'broken'; readonly why: string }

/** A key as `GET /api/v1/evidence/keys` lists it. */
export type KnownKey = { readonly keyid: string; readonly revokedFrom?: string | null }

type Asked = {
  /** The id of the key that must have signed it; any when left out. */
  readonly key?: string | undefined
  /** The installation's keys: one that is not among them, or that was revoked by then, is refused. */
  readonly keys?: readonly KnownKey[] | undefined
}

export function verifyVerdict(bytes: Uint8Array, asked: Asked = {}): GateVerdict {
  try {
    return verified(bytes, asked)
  } catch (thrown) {
    if (thrown instanceof Broken) return { kind: 'broken', why: thrown.message }
    throw thrown
  }
}

class Broken extends Error {}

type Statement = {
  readonly _type: string
  readonly subject: readonly { readonly digest: { readonly sha256: string } }[]
  readonly predicateType: string
  readonly predicate: {
    readonly timeVerified: string
    readonly verificationResult: 'PASSED' | 'FAILED'
    readonly airworthy: {
      readonly decision: { readonly id: string; readonly is: string; readonly into: string }
      readonly release: { application: string; id: string; number: number; digest: string }
      readonly findings: readonly VerdictFinding[]
      readonly publicKey: string
    }
  }
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const PREDICATE_TYPE = 'https://slsa.dev/verification_summary/v1'

function verified(bytes: Uint8Array, { key: wanted, keys }: Asked): GateVerdict {
  const { payloadType, payload, signatures } = recordOf(jsonOf(textOf(bytes)), 'The file is no signed envelope.')
  if (payloadType !== PAYLOAD_TYPE || !Array.isArray(signatures) || signatures.length !== 1)
    throw new Broken('The file is no envelope of an in-toto statement with one signature.')
  const body = base64Of(payload, 'The payload')
  const signature = recordOf(signatures[0], 'The signature is none.')
  const statement = statementOf(jsonOf(textOf(body)))
  const { airworthy, timeVerified, verificationResult } = statement.predicate
  const publicKey = keyOf(airworthy.publicKey)
  const keyid = sha256(publicKey.export({ type: 'spki', format: 'der' }))
  if (signature.keyid !== keyid)
    throw new Broken('The key in the statement is not the one that is said to have signed.')
  const signed = Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${body.byteLength} `, 'utf8'),
    body,
  ])
  if (!verify(null, signed, publicKey, base64Of(signature.sig, 'The signature')))
    throw new Broken('The signature does not belong to this statement.')
  demandTrusted({ keyid, at: timeVerified }, { key: wanted, keys })
  demandConsistent(statement)
  const { decision, release, findings } = airworthy
  return {
    kind: 'valid',
    result: verificationResult,
    application: release.application,
    release: { id: release.id, number: release.number, digest: release.digest },
    into: decision.into,
    decision: decision.id,
    at: timeVerified,
    keyid,
    findings,
  }
}

/** Instants are written alike, so that their order is that of their texts. */
function demandTrusted({ keyid, at }: { keyid: string; at: string }, { key, keys }: Asked): void {
  if (key !== undefined && key !== keyid) throw new Broken(`It is signed with the key ${keyid}, not with ${key}.`)
  if (!keys) return
  const known = keys.find((one) => one.keyid === keyid)
  if (!known) throw new Broken(`The key ${keyid} that signed it is not among those that were given.`)
  if (known.revokedFrom != null && at >= known.revokedFrom)
    throw new Broken(`It was decided on ${at}, and its key ${keyid} is revoked from ${known.revokedFrom} on.`)
}

/** What is said twice must be the same, whoever signed it. */
function demandConsistent({ subject, predicate }: Statement): void {
  const { verificationResult, airworthy } = predicate
  if (`sha256:${subject[0]?.digest.sha256}` !== airworthy.release.digest)
    throw new Broken('Its subject is not the release that it names.')
  const isOpen = airworthy.decision.is === 'open'
  if ((verificationResult === 'PASSED') !== isOpen || (isOpen && airworthy.findings.some(({ holds }) => holds)))
    throw new Broken('Its result is not that of its findings.')
}

function statementOf(value: unknown): Statement {
  const wrong = 'What is signed is no verdict of a gate.'
  const { _type, subject, predicateType, predicate } = recordOf(value, wrong)
  const { timeVerified, verificationResult, airworthy } = recordOf(predicate, wrong)
  const { decision, release, findings, publicKey } = recordOf(airworthy, wrong)
  const isOne =
    _type === STATEMENT_TYPE &&
    predicateType === PREDICATE_TYPE &&
    Array.isArray(subject) &&
    ['PASSED', 'FAILED'].includes(String(verificationResult)) &&
    Array.isArray(findings) &&
    [timeVerified, publicKey, recordOf(decision, wrong).id, recordOf(release, wrong).digest].every(
      (text) => typeof text === 'string',
    )
  if (!isOne) throw new Broken(wrong)
  return value as Statement
}

function recordOf(value: unknown, wrong: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Broken(wrong)
}

function base64Of(text: unknown, what: string): Buffer {
  const bytes = Buffer.from(String(text), 'base64')
  if (bytes.toString('base64') !== text) throw new Broken(`${what} is not written as it was.`)
  return bytes
}

function keyOf(pem: string): KeyObject {
  try {
    return createPublicKey(pem)
  } catch {
    throw new Broken('The key in the statement cannot be read.')
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Broken('It is not text in UTF-8.')
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Broken('It is not JSON.')
  }
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
