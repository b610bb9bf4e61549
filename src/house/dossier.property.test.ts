/** A dossier of a release that went into poc: whoever changes any byte of it is told where. */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { verifyDossier } from '../../sdk/dossier.ts'
import { newSigningKey } from '../evidence/index.ts'
import { canonicalJson, digestOfBytes } from '../kernel/digest.ts'
import { createDsse } from '../kernel/dsse.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { cases } from '../testing/properties.ts'

type Link = { section: string; name: string; title: string; body: unknown }

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

async function exported(): Promise<Buffer> {
  const name = 'parcels'
  const files = echoApplication('first')
  const settings = JSON.parse(files['airworthy.yaml'] ?? '{}')
  const duties = { ...settings.duties, 'business-owner': 'owner' }
  const body = { name, files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, duties }) } }
  await client.createApplication({ body })
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  await client.attestEvidence({
    body: { release: release.id, check: 'biz.charter', duty: 'business-owner', reason: 'Agreed with “Støre & Søn”.' },
  })
  const check = 'gov.classification'
  await client.requestWaiver({
    body: {
      release: release.id,
      into: 'poc',
      check,
      reason: 'Asked of the lawyers.',
      residualRisk: 'little',
      compensatingControl: 'A person reads each answer.',
      days: 3,
    },
  })
  const answer = await client.exportDossier({ params: { id: release.id } })
  return Buffer.from(await answer.arrayBuffer())
}
const bytes = await exported()
const lines = bytes.toString('latin1').split('\n')
const links = (JSON.parse(bytes.toString('utf8')) as { links: Link[] }).links

test('a dossier is JSON with every section, verifies without a server, and reads as a page', async () => {
  const verdict = verifyDossier(bytes)
  expect(verdict).toMatchObject({ kind: 'valid', application: 'parcels', release: { number: 1 } })
  expect(Object.keys(verdict.kind === 'valid' ? verdict.sections : {})).toEqual(
    expect.arrayContaining(['manifest', 'documents', 'gates', 'waivers', 'evidence', 'audit', 'print']),
  )
  const { items } = await client.listEvidenceKeys()
  expect(verdict).toMatchObject({ keyid: items[0]?.keyid })
  const print = String(links.at(-1)?.body)
  expect(print).toMatch(/^<!doctype html>/)
  expect(print).toContain('no statement of conformity')
  expect(print).not.toContain('<script')
})

test('one bit that flips anywhere breaks it, and the first link that it breaks is named', () => {
  // Every line is met as often as any other, however long it is.
  const place = fc
    .nat({ max: lines.length - 2 })
    .chain((line) => fc.tuple(fc.constant(line), fc.nat({ max: lines[line]?.length ?? 0 }), fc.nat({ max: 7 })))
  fc.assert(
    fc.property(place, ([line, column, bit]) => {
      const at = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + column
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ (1 << bit)
      const verdict = verifyDossier(changed)
      expect(verdict.kind).toBe('broken')
      const { section, name } = links[line - 3] ?? {}
      const said = verdict.kind === 'broken' ? verdict.link : ''
      if (section === undefined) expect(['form', 'seal', 'end']).toContain(said)
      else expect(said).toBe(`${line - 2} ${section} ${name}`)
    }),
    cases(400),
  )
})

test.for([
  ['a link is left out', (all: string[]) => all.toSpliced(5, 1), '3 '],
  ['two links change places', (all: string[]) => all.toSpliced(4, 2, all[5] ?? '', all[4] ?? ''), '2 '],
  ['something follows', (all: string[]) => [...all, ''], 'end'],
  ['it is cut off', (all: string[]) => all.slice(0, 6), '4 '],
] as const)('when %s, it says where', ([, change, link]) => {
  const verdict = verifyDossier(Buffer.from(change([...lines]).join('\n'), 'latin1'))
  expect(verdict).toMatchObject({ kind: 'broken' })
  expect(verdict.kind === 'broken' && verdict.link.startsWith(link)).toBe(true)
})

/** Sealed anew with a key of one's own, as somebody would who wants to be believed. */
function resealed(change: (all: Link[]) => Link[]): string {
  const { keyid, publicKey, sign } = createDsse(newSigningKey())
  const { seal } = JSON.parse(bytes.toString('utf8')) as { seal: { payloadType: string; payload: string } }
  const head = JSON.parse(Buffer.from(seal.payload, 'base64').toString('utf8'))
  const all = change(structuredClone(links))
  const written = all.map((link) => canonicalJson(link))
  const listed = all.map(({ section, name }, i) => ({ section, name, digest: digestOfBytes(written[i] ?? '') }))
  const keys = [{ keyid, algorithm: 'ed25519', publicKey }, ...head.keys]
  const payload = Buffer.from(canonicalJson({ ...head, keys, links: listed }))
  const own = canonicalJson(sign(seal.payloadType, payload))
  return [lines[0], `"seal":${own},`, lines[2], written.join(',\n'), ']}', ''].join('\n')
}
const verdictOf = (text: string, key?: string) => verifyDossier(Buffer.from(text), { key })

test('who seals it anew is found out by the key, and by what was signed inside', () => {
  const [first] = links.filter(({ section }) => section === 'evidence')
  const original = verifyDossier(bytes)
  const key = original.kind === 'valid' ? original.keyid : ''
  expect(verdictOf(resealed((all) => all))).toMatchObject({ kind: 'valid' })
  expect(
    verdictOf(
      resealed((all) => all),
      key,
    ),
  ).toMatchObject({ kind: 'broken', link: 'seal' })
  const better = resealed((all) =>
    all.map((link) =>
      link.name === first?.name ? { ...link, body: { ...(link.body as object), summary: 'All is well.' } } : link,
    ),
  )
  expect(verdictOf(better)).toMatchObject({ kind: 'broken', link: expect.stringContaining(`evidence ${first?.name}`) })
  const otherRelease = resealed((all) =>
    all.map((link) => (link.section === 'manifest' ? { ...link, body: { application: 'another' } } : link)),
  )
  expect(verdictOf(otherRelease)).toMatchObject({ kind: 'broken', link: expect.stringContaining('1 manifest') })
  const without = resealed((all) => all.filter(({ section }) => section !== 'evidence'))
  expect(verdictOf(without)).toMatchObject({ kind: 'broken', link: expect.stringContaining('gates') })
})
