/** The browser's own check of signatures, over pieces that are signed here with the same web standard. */
import { expect, test } from 'vitest'
import type { SignedEvidence } from '../../../sdk/index.ts'
import { verifySignature } from './verify-signature.ts'

const encoder = new TextEncoder()
const base64 = (bytes: ArrayBuffer | Uint8Array) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
const sha256 = async (bytes: BufferSource) =>
  `sha256:${Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`

const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
const der = await crypto.subtle.exportKey('spki', pair.publicKey)
const key = {
  keyid: await sha256(der),
  algorithm: 'ed25519' as const,
  publicKey: `-----BEGIN PUBLIC KEY-----\n${base64(der)}\n-----END PUBLIC KEY-----\n`,
  revokedFrom: null as string | null,
}

const fields = {
  id: 'evi_1',
  check: 'eval.smoke',
  facts: { cases: { value: 36, n: 36 } },
  inputs: [],
  at: '2026-11-22',
}
async function signed(): Promise<SignedEvidence> {
  const type = 'application/vnd.in-toto+json'
  const payload = encoder.encode(JSON.stringify({ predicate: { organisation: 'default', ...fields } }))
  const said = new Uint8Array([...encoder.encode(`DSSEv1 ${type.length} ${type} ${payload.length} `), ...payload])
  const sig = base64(await crypto.subtle.sign('Ed25519', pair.privateKey, said))
  const envelope = { payloadType: type, payload: base64(payload), signatures: [{ keyid: key.keyid, sig }] }
  // The check reads no more of a piece than is here.
  return { ...fields, statement: await sha256(payload), envelope } as unknown as SignedEvidence
}
const piece = await signed()
const flipped = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
const { envelope } = piece
const [signature = { keyid: '', sig: '' }] = envelope.signatures

test.for([
  ['what was signed', piece, [key], { kind: 'valid', keyid: key.keyid }],
  ['another order of its fields', { ...piece, facts: { cases: { n: 36, value: 36 } } }, [key], { kind: 'valid' }],
  ['a field that was changed', { ...piece, check: 'eval.quality' }, [key], { why: /field check/ }],
  [
    'another payload',
    { ...piece, envelope: { ...envelope, payload: base64(encoder.encode('{}')) } },
    [key],
    { why: /signature/ },
  ],
  [
    'another signature',
    { ...piece, envelope: { ...envelope, signatures: [{ ...signature, sig: flipped(signature.sig) }] } },
    [key],
    { why: /signature/ },
  ],
  ['another digest of the statement', { ...piece, statement: key.keyid }, [key], { why: /digest/ }],
  ['a key that was revoked before', piece, [{ ...key, revokedFrom: '2026-11-01' }], { why: /revoked from 2026-11-01/ }],
  ['a key that was revoked later', piece, [{ ...key, revokedFrom: '2026-12-01' }], { kind: 'valid' }],
  ['a key that is not published', piece, [], { why: /does not publish/ }],
  ['a key under a false name', piece, [{ ...key, publicKey: key.publicKey.replace('MC', 'MD') }], { why: /named for/ }],
] as const)('%s', async ([, evidence, keys, expected]) => {
  const found = await verifySignature(evidence as SignedEvidence, keys)
  if ('why' in expected) expect(found).toMatchObject({ kind: 'broken', why: expect.stringMatching(expected.why) })
  else expect(found).toMatchObject(expected)
})
