/** Signed verdicts of gates: who changes a byte of one is told, offline, and what holds a gate is FAILED whatever it is called. */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { verifyVerdict } from '../../sdk/verdict.ts'
import { newSigningKey } from '../evidence/index.ts'
import { createDsse } from '../kernel/dsse.ts'
import { HOUR, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { cases } from '../testing/properties.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client } = airworthy
afterAll(() => airworthy.close())
await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
const { body: release } = await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
const grace = await airworthy.person('Grace Owner', 'approver')
const reason = 'Agreed with everybody who answers for it.'
await grace.attestEvidence({ body: { release: release.id, check: 'biz.charter', duty: 'business-owner', reason } })
const record = await client.keepGateDecision({ params: { id: release.id, stage: 'poc' } })
const envelope = await client.getGateVerdict({ params: { id: record.id } })
const bytes = Buffer.from(`${JSON.stringify(envelope)}\n`)
const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'))
/** The statement as another key holder would sign it, changed. */
const signedAnew = (change: (draft: typeof statement) => void) => {
  const draft = structuredClone(statement)
  const dsse = createDsse(newSigningKey())
  draft.predicate.airworthy.publicKey = dsse.publicKey
  change(draft)
  return Buffer.from(JSON.stringify(dsse.sign(envelope.payloadType, Buffer.from(JSON.stringify(draft)))))
}

test('a verdict is a Verification Summary of the release and the gate, and says each finding', async () => {
  const [key] = (await client.listEvidenceKeys()).items
  expect(verifyVerdict(bytes, { key: key?.keyid, keys: key ? [key] : [] })).toMatchObject({
    kind: 'valid',
    result: 'FAILED',
    application: 'parcels',
    release: { id: release.id, number: 1, digest: release.digest },
    into: 'poc',
    decision: record.id,
    at: record.at,
    keyid: key?.keyid,
  })
  expect(statement).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'parcels/r1', digest: { sha256: release.digest.slice(7) } }],
    predicateType: 'https://slsa.dev/verification_summary/v1',
    predicate: {
      verificationResult: 'FAILED',
      verifiedLevels: ['FAILED'],
      policy: { digest: { sha256: record.gate.slice(7) } },
    },
  })
  const charter = record.decision.findings.find(({ check }) => check === 'biz.charter')
  const { statement: digest } = await client.getEvidence({ params: { id: charter?.evidence ?? '' } })
  expect(statement.predicate.inputAttestations).toEqual([
    { uri: `airworthy:evidence/${charter?.evidence}`, digest: { sha256: digest.slice(7) } },
  ])
})

test('one bit that flips anywhere breaks it', () => {
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (at, bit) => {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      expect(verifyVerdict(changed)).toMatchObject({ kind: 'broken' })
    }),
    cases(400),
  )
})

test.for<[string, (draft: typeof statement) => void, RegExp]>([
  [
    'a result that is not that of its findings',
    (draft) => {
      draft.predicate.verificationResult = 'PASSED'
    },
    /not that of its findings/,
  ],
  [
    'a gate said to be open although a finding holds it',
    (draft) => {
      draft.predicate.verificationResult = 'PASSED'
      draft.predicate.airworthy.decision.is = 'open'
    },
    /not that of its findings/,
  ],
  [
    'another subject',
    (draft) => {
      draft.subject[0].digest.sha256 = '0'.repeat(64)
    },
    /not the release/,
  ],
  [
    'another form',
    (draft) => {
      draft.predicateType = 'https://example.org/x'
    },
    /no verdict of a gate/,
  ],
  [
    'no findings',
    (draft) => {
      delete draft.predicate.airworthy.findings
    },
    /no verdict of a gate/,
  ],
])('somebody else signs anew, with %s', ([, change, why]) => {
  expect(verifyVerdict(signedAnew(change))).toMatchObject({ kind: 'broken', why: expect.stringMatching(why) })
})

test('another key, an unknown key and a key that was revoked by then are refused where they are asked about', async () => {
  const honest = signedAnew(() => {})
  const [key] = (await client.listEvidenceKeys()).items
  expect(verifyVerdict(honest)).toMatchObject({ kind: 'valid' })
  expect(verifyVerdict(honest, { key: key?.keyid })).toMatchObject({
    kind: 'broken',
    why: expect.stringContaining('not with sha256'),
  })
  expect(verifyVerdict(honest, { keys: key ? [key] : [] })).toMatchObject({
    kind: 'broken',
    why: expect.stringContaining('not among those'),
  })
  clock.advance(HOUR)
  await client.revokeEvidenceKey({ body: { keyid: key?.keyid ?? '', from: record.at, reason } })
  const { items } = await client.listEvidenceKeys()
  expect(verifyVerdict(bytes, { keys: items })).toMatchObject({
    kind: 'broken',
    why: expect.stringContaining('is revoked from'),
  })
})

test('a key of another application does not read it, and a decision that nobody kept is not there', async () => {
  await client.createApplication({ body: { name: 'letters', files: echoApplication('first') } })
  const { secret } = await client.createKey({ body: { name: 'letters', role: 'builder', application: 'letters' } })
  const stranger = createClient({ baseUrl: airworthy.url, token: secret })
  await expect(stranger.getGateVerdict({ params: { id: record.id } })).rejects.toMatchObject({ status: 403 })
  await expect(client.getGateVerdict({ params: { id: 'gat_0' } })).rejects.toMatchObject({ status: expect.any(Number) })
})
