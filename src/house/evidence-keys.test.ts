/** Signing keys in turn: rotated, revoked, and what that does to evidence here and to a dossier offline. */
import { afterAll, expect, test } from 'vitest'
import { verifyDossier } from '../../sdk/dossier.ts'
import { SignedEvidence } from '../core/evidence.ts'
import { newSigningKey, verifySigned } from '../evidence/index.ts'
import { canonicalJson, digestOfBytes } from '../kernel/digest.ts'
import { createDsse } from '../kernel/dsse.ts'
import { HOUR, MINUTE, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client } = airworthy
afterAll(() => airworthy.close())
const grace = await airworthy.person('Grace Owner', 'approver')
await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
const { body: release } = await client.freezeRelease({ params: { name: 'parcels' }, body: {} })

const reason = 'The disk of the old server was sold.'
const attest = async () => {
  clock.advance(HOUR)
  const body = { release: release.id, check: 'biz.uatplan', duty: 'business-owner' as const, reason }
  return SignedEvidence.parse(await grace.attestEvidence({ body }))
}
const keys = async () => (await client.listEvidenceKeys()).items
const keyOf = async (signed: { envelope: { signatures: { keyid: string }[] } }) => {
  const found = (await keys()).find(({ keyid }) => keyid === signed.envelope.signatures[0]?.keyid)
  if (!found) throw new Error('Every key that has signed is listed.')
  return found
}
const listed = async () => (await client.listEvidence({ query: { release: release.id } })).items.map(({ id }) => id)
const dossier = async () =>
  verifyDossier(new Uint8Array(await (await client.exportDossier({ params: { id: release.id } })).arrayBuffer()))

const first = await attest()
const firstKey = await keyOf(first)

test('after a rotation another key signs, and what was signed before goes on verifying, offline too', async () => {
  await expect(grace.rotateEvidenceKey({ body: { reason } })).rejects.toMatchObject({ code: 'access.forbidden' })
  const second = await client.rotateEvidenceKey({ body: { reason } })
  expect(second).toMatchObject({ generation: 2, retiredAt: null })
  expect(second.keyid).not.toBe(firstKey.keyid)
  const later = await attest()
  expect((await keyOf(later)).keyid).toBe(second.keyid)
  expect(await keys()).toMatchObject([
    { keyid: second.keyid },
    { keyid: firstKey.keyid, generation: 1, retiredAt: expect.any(String), reason },
  ])
  expect(verifySigned(first, firstKey.publicKey)).toEqual({ kind: 'valid' })
  expect(await dossier()).toMatchObject({ kind: 'valid', keyid: second.keyid })
})

test('what a revoked key signed from that moment on counts no more, and the one that signs is replaced', async () => {
  const before = await attest()
  const trusted = clock()
  const after = await attest()
  const { keyid, publicKey } = await keyOf(after)
  clock.advance(MINUTE)
  const archive = await client.exportDossier({ params: { id: release.id } })
  const old = new Uint8Array(await archive.arrayBuffer())
  const from = new Date(Date.parse(trusted) + MINUTE * 5).toISOString()
  const revoked = await client.revokeEvidenceKey({ body: { keyid, from, reason } })
  expect(revoked).toMatchObject({ revokedFrom: from, retiredAt: expect.any(String) })
  expect(await listed()).toContain(before.id)
  expect(await listed()).not.toContain(after.id)
  expect(verifySigned(before, publicKey, revoked)).toEqual({ kind: 'valid' })
  expect(verifySigned(after, publicKey, revoked)).toMatchObject({ kind: 'broken', why: /revoked from/ })
  expect((await keyOf(await attest())).generation).toBe(3)
  // Sealed anew without it, and with the history of the keys; the one from before knew of no revocation.
  expect(await dossier()).toMatchObject({ kind: 'valid' })
  expect(verifyDossier(old)).toMatchObject({ kind: 'valid' })
})

test.for([
  {
    name: 'the seal was made after its key was revoked',
    seal: '2026-12-01T00:00:00.000Z',
    piece: null,
    broken: 'seal',
  },
  {
    name: 'a piece was signed after its key was revoked',
    seal: null,
    piece: first.at,
    broken: `1 evidence ${first.id}`,
  },
  {
    name: 'both were signed before',
    seal: '2027-01-01T00:00:00.000Z',
    piece: '2027-01-01T00:00:00.000Z',
    broken: null,
  },
])('offline, where $name, it is said', ({ seal, piece, broken }) => {
  const verdict = verifyDossier(Buffer.from(archiveOf({ seal, piece })))
  expect(verdict).toMatchObject(broken === null ? { kind: 'valid' } : { kind: 'broken', link: broken, why: /revoked/ })
})

/** An archive with one piece of evidence, sealed in December, whose keys are revoked from these moments on. */
function archiveOf(revoked: { seal: string | null; piece: string | null }): string {
  const sealer = createDsse(newSigningKey())
  const line = canonicalJson({ section: 'evidence', name: first.id, title: '', body: first })
  const head = {
    ...{ form: 'airworthy.dossier/1', application: 'parcels', at: '2026-12-05T00:00:00.000Z', by: 'Grace Owner' },
    release: { id: release.id, number: release.number, digest: release.digest },
    keys: [
      { keyid: sealer.keyid, publicKey: sealer.publicKey, revokedFrom: revoked.seal },
      { keyid: firstKey.keyid, publicKey: firstKey.publicKey, revokedFrom: revoked.piece },
    ],
    links: [{ section: 'evidence', name: first.id, digest: digestOfBytes(line) }],
  }
  const envelope = sealer.sign('application/vnd.airworthy.dossier+json', Buffer.from(canonicalJson(head)))
  return ['{"form":"airworthy.dossier/1",', `"seal":${canonicalJson(envelope)},`, '"links":[', line, ']}', ''].join(
    '\n',
  )
}

test.for([
  { name: 'ahead', body: { from: '2030-01-01T00:00:00.000Z' }, code: 'evidence.key-revoked-ahead' },
  { name: 'of a key that nobody knows', body: { keyid: 'sha256:0' }, code: 'evidence.key-unknown' },
  { name: 'that would take one back in part', body: {}, code: 'evidence.key-revoked' },
])('a revocation $name is refused', async ({ body, code }) => {
  if (code === 'evidence.key-revoked') await client.revokeEvidenceKey({ body: { keyid: firstKey.keyid, reason } })
  await expect(client.revokeEvidenceKey({ body: { keyid: firstKey.keyid, reason, ...body } })).rejects.toMatchObject({
    code,
  })
})
