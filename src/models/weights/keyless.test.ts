/** Signatures without a key, checked against a Sigstore of the test's own: what is verified, and every way not to be. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type MadeBundle, makeSigstore, type Signing } from '../../testing/sigstore.ts'
import { keylessBy } from './keyless.ts'
import { checkSignature } from './signature.ts'

const ISSUER = 'https://accounts.test'
const SUBJECT = 'publisher@sages.test'
const HOUR_MS = 3_600_000
const sigstore = makeSigstore()
const other = makeSigstore()
const digest = (content: string) => createHash('sha256').update(content).digest('hex')
const FILES = { 'model.safetensors': 'weights', 'config.json': '{}' }

const statement = (files: Readonly<Record<string, string>>) =>
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      resources: Object.entries(files).map(([name, content]) => ({
        name,
        algorithm: 'sha256',
        digest: digest(content),
      })),
    },
  })
const signing = (more: Partial<Signing> = {}): Signing => ({
  subject: SUBJECT,
  issuer: ISSUER,
  payload: statement(FILES),
  ...more,
})
const check = (
  bundle: MadeBundle | string,
  { files = FILES, subject = SUBJECT, issuer = ISSUER, trustedRoot = sigstore.trustedRoot } = {},
) =>
  checkSignature({
    file: 'model.sig',
    content: typeof bundle === 'string' ? bundle : JSON.stringify(bundle),
    files: new Map(Object.entries(files).map(([path, content]) => [path, digest(content)])),
    trusted: undefined,
    keyless: keylessBy({ issuer, subject, trustedRoot }),
  })

test.for([
  ['the public log says when', {}],
  ['an authority for time says when', { timeFrom: 'authority' }],
  ['it was long ago and the certificate has ended since', { at: Date.now() - 24 * HOUR_MS }],
] as const)('a signature of the expected identity is verified where %s', ([, more]) => {
  expect(check(sigstore.sign(signing(more)))).toMatchObject({
    state: 'verified',
    signedBy: { issuer: ISSUER, subject: SUBJECT },
    claims: `email:${SUBJECT}`,
  })
})

test('the address of a workflow is an identity too, and is no pattern', () => {
  const subject = 'https://github.test/sages/models/.github/workflows/release.yml@refs/heads/main'
  const made = sigstore.sign(signing({ subject }))
  expect(check(made, { subject })).toMatchObject({ state: 'verified', signedBy: { subject } })
  expect(check(made, { subject: 'https://github.test/.*' })).toMatchObject({ state: 'broken', signedBy: null })
})

test.for([
  ['another subject', { subject: 'somebody@sages.test' }, 'It was made by somebody@sages.test'],
  ['another issuer', { issuer: 'https://else.test' }, '(https://else.test), and publisher@sages.test'],
  ['a certificate for another purpose', { purpose: '1.3.6.1.5.5.7.3.1' }, 'not one for signing code'],
  ['a certificate that no log has seen', { unseen: true }, 'expected 1 SCTs, got 0'],
  ['a time after the end of the certificate', { loggedAt: Date.now() + HOUR_MS }, 'was not valid when it was used'],
] as const)('%s is refused', ([, more, why]) => {
  expect(check(sigstore.sign(signing(more)))).toMatchObject({
    state: 'broken',
    signedBy: null,
    why: expect.stringContaining(why),
  })
})

test('without a time that somebody trusted says, an ended certificate proves nothing', () => {
  const made = sigstore.sign(signing({ at: Date.now() - 24 * HOUR_MS, timeFrom: 'nobody' }))
  expect(check(made)).toMatchObject({ state: 'unverified', why: expect.stringContaining('says when it was signed') })
})

test('an authority that is not trusted gives no certificate, and no time', () => {
  expect(check(other.sign(signing()))).toMatchObject({
    state: 'broken',
    why: expect.stringContaining('of no trusted authority'),
  })
  expect(check(other.sign(signing({ timeFrom: 'authority' })))).toMatchObject({ state: 'unverified' })
})

/** Each spoils one part of a good bundle. */
const spoils: [string, (made: MadeBundle) => void, string][] = [
  [
    'a payload that was changed afterwards',
    ({ dsseEnvelope }) => {
      dsseEnvelope.payload = Buffer.from(`${statement(FILES)} `).toString('base64')
    },
    'of something else',
  ],
  [
    'a signature by another key',
    ({ dsseEnvelope }) => {
      dsseEnvelope.signatures = sigstore.sign(signing()).dsseEnvelope.signatures
    },
    'of something else',
  ],
  [
    'an entry about another signature',
    ({ verificationMaterial }) => {
      verificationMaterial.tlogEntries = sigstore.sign(signing()).verificationMaterial.tlogEntries
    },
    'of something else',
  ],
  [
    'an entry of a log that is not trusted',
    ({ verificationMaterial }) => {
      const [entry] = other.sign(signing()).verificationMaterial.tlogEntries
      verificationMaterial.tlogEntries = [{ ...entry }]
    },
    'of no trusted log',
  ],
  [
    'an entry that was moved in time',
    ({ verificationMaterial }) => {
      const [entry] = verificationMaterial.tlogEntries
      verificationMaterial.tlogEntries = [{ ...entry, integratedTime: String(Math.floor(Date.now() / 1000) + 60) }]
    },
    'inclusion promise',
  ],
  [
    'a proof over other entries',
    ({ verificationMaterial }) => {
      const [entry] = verificationMaterial.tlogEntries
      const proof = entry?.inclusionProof as Record<string, unknown>
      verificationMaterial.tlogEntries = [
        { ...entry, inclusionProof: { ...proof, hashes: [Buffer.alloc(32).toString('base64')] } },
      ]
    },
    'root hash',
  ],
]
test.for(spoils)('%s is refused', ([, spoil, why]) => {
  const made = sigstore.sign(signing())
  spoil(made)
  expect(check(made)).toMatchObject({ state: 'broken', signedBy: null, why: expect.stringContaining(why) })
})

test('no entry in the public log, where an authority says when, is not enough', () => {
  const made = sigstore.sign(signing({ timeFrom: 'authority' }))
  made.verificationMaterial.tlogEntries = []
  expect(check(made)).toMatchObject({ state: 'broken', why: expect.stringContaining('expected 1 tlog entries, got 0') })
})

test('every file that is missing, another or not signed is named', () => {
  const files = { 'config.json': '{"more": 1}', 'new.json': '{}' }
  expect(check(sigstore.sign(signing()), { files: files as typeof FILES & typeof files })).toMatchObject({
    state: 'broken',
    why: 'It is about model.safetensors, which is not there. config.json is another file than the one that was signed. new.json is there and was not signed.',
  })
})

test.for([
  ['no JSON', '{"dsseEnvelope": '],
  ['JSON that is no bundle', '[]'],
  [
    'a certificate that is none',
    bundleWith(({ verificationMaterial }) => {
      verificationMaterial.certificate = { rawBytes: 'AAAA' }
    }),
  ],
  ['no certificate', bundleWith((made) => void Reflect.deleteProperty(made.verificationMaterial, 'certificate'))],
  [
    'more entries than anybody makes',
    bundleWith(({ verificationMaterial: material }) => {
      material.tlogEntries = Array.from({ length: 11 }, () => material.tlogEntries).flat()
    }),
  ],
  [
    'a timestamp of other bytes',
    bundleWith(({ verificationMaterial: material }) => {
      material.timestampVerificationData.rfc3161Timestamps = [{ signedTimestamp: 'MAA=' }]
    }),
  ],
] as const)('%s is not verified, and does not end the look', ([, content]) => {
  expect(check(content)).toMatchObject({ state: 'unverified', signedBy: null })
})

function bundleWith(spoil: (made: MadeBundle) => void): string {
  const made = sigstore.sign(signing())
  spoil(made)
  return JSON.stringify(made)
}
