/** Findings through the front door: from open to tried again, and what they do to the security checks. */
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, expect, test, vi } from 'vitest'
import type { Client } from '../../sdk/index.ts'
import { createDsse } from '../kernel/dsse.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client } = airworthy
afterAll(() => airworthy.close())
const ada = await airworthy.person('Ada Builder', 'builder')
const grace = await airworthy.person('Grace Owner', 'approver')
await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
const { body: release } = await ada.freezeRelease({ params: { name: 'parcels' }, body: {} })
const NOTE = 'The input is checked before it is used.'

const move = (
  by: Client,
  id: string,
  given: { move: 'fix' | 'retest-passed' | 'retest-failed' | 'accept' | 'reopen'; days?: number },
) => by.moveFinding({ params: { id }, body: { note: NOTE, ...given } })
const newest = async (check: string) =>
  (await client.listEvidence({ query: { application: 'parcels', check, limit: 1 } })).items[0]?.facts

test('a finding goes from open by fixed to tried again, and not by one hand', async () => {
  const body = { release: release.id, title: 'It obeys the passage', detail: 'Ignore all that…', owner: 'Ada Builder' }
  const found = await grace.addFinding({ body: { ...body, severity: 'critical' } })
  expect(found).toMatchObject({ state: 'open', application: 'parcels' })
  await expect(move(grace, found.id, { move: 'retest-passed' })).rejects.toMatchObject({
    code: 'assurance.finding-move',
  })
  await expect(move(grace, found.id, { move: 'accept', days: 30 })).rejects.toMatchObject({
    code: 'assurance.finding-critical',
  })
  await move(ada, found.id, { move: 'fix' })
  await expect(move(ada, found.id, { move: 'retest-passed' })).rejects.toMatchObject({
    code: 'assurance.finding-own-fix',
  })
  expect(await move(grace, found.id, { move: 'retest-failed' })).toMatchObject({ state: 'open', fixedBy: null })
  await move(ada, found.id, { move: 'fix' })
  expect(await move(grace, found.id, { move: 'retest-passed' })).toMatchObject({ state: 'retested' })

  const high = await grace.addFinding({ body: { ...body, severity: 'high' } })
  await expect(move(ada, high.id, { move: 'accept', days: 30 })).rejects.toMatchObject({ code: 'access.forbidden' })
  expect(await move(grace, high.id, { move: 'accept', days: 30 })).toMatchObject({
    state: 'accepted',
    acceptedUntil: '2026-12-31T00:00:00.000Z',
  })
  await move(ada, high.id, { move: 'fix' })
  await move(grace, high.id, { move: 'retest-passed' })
})

const outside = createDsse(
  new Secret(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
)
const report = (change: object = {}) =>
  outside.sign(
    'application/vnd.airworthy.findings+json',
    Buffer.from(
      JSON.stringify({
        author: 'Redwood Testers',
        releaseDigest: release.digest,
        findings: [{ title: 'It tells its prompt', detail: 'Asked to repeat it, it does.', severity: 'critical' }],
        ...change,
      }),
    ),
  )
const bring = (envelope: ReturnType<typeof report>) =>
  grace.importFindingsReport({
    body: { release: release.id, envelope, publicKey: outside.publicKey, owner: 'Ada Builder' },
  })

test('a signed report from outside becomes records and evidence, which follow what becomes of them', async () => {
  const brought = await bring(report())
  expect(brought).toMatchObject({ report: { independent: true, author: 'Redwood Testers' } })
  expect(await newest('red.full')).toMatchObject({ independent: { value: true }, openCritical: { value: 1 } })
  await expect(bring(report())).rejects.toMatchObject({ code: 'assurance.report-known' })
  const [finding] = brought.findings
  await move(ada, finding?.id ?? '', { move: 'fix' })
  expect(await newest('red.full')).toMatchObject({ openCritical: { value: 1 } })
  await move(grace, finding?.id ?? '', { move: 'retest-passed' })
  expect(await newest('red.full')).toMatchObject({ openCritical: { value: 0 } })
})

test.for([
  ['was changed', () => ({ ...report(), payload: Buffer.from('{}').toString('base64') }), 'assurance.report-broken'],
  ['is about another release', () => report({ releaseDigest: 'sha256:0' }), 'assurance.report-other-release'],
  ['is no report', () => report({ findings: 'none' }), 'assurance.report-form'],
] as const)('a report that %s is refused', async ([, envelope, code]) => {
  await expect(bring(envelope())).rejects.toMatchObject({ code })
})

test('a report by a builder is not from outside', async () => {
  const { report: own } = await bring(report({ author: 'ada builder', findings: [] }))
  expect(own.independent).toBe(false)
})

test('what a finding says of a person is found, and goes with the person', async () => {
  const found = await grace.addFinding({
    body: {
      release: release.id,
      title: 'It tells of Zanna Quill',
      detail: 'Asked for zanna@example.org it answers.',
      owner: 'Ada Builder',
      severity: 'low',
    },
  })
  clock.advance(1000)
  const person = { user: null, identifiers: ['zanna@example.org', 'Zanna Quill'] }
  const copy = await (await client.exportPersonalData({ body: person })).text()
  expect(copy).toContain('"place":"findings"')
  const { id } = await client.proposeDeletion({ body: person })
  const state = async () => (await client.getDeletion({ params: { id } })).state
  await vi.waitUntil(async () => (await state()) === 'proposed', 20_000)
  await client.confirmDeletion({ params: { id } })
  await vi.waitUntil(async () => (await state()) === 'done', 20_000)
  const { items } = await client.listFindings({ query: { application: 'parcels' } })
  const now = items.find((one) => one.id === found.id)
  expect(now).toMatchObject({ severity: 'low', state: 'open', owner: 'Ada Builder' })
  expect(JSON.stringify(now)).not.toMatch(/zanna/i)
})
