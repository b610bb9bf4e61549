/** S2.27, S1.16.4a · The installation looks at how safely it is set up, and its port can speak TLS itself. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { makeCertificate } from '../testing/certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-posture-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** In the OSV form. */
const HOLE = {
  ...{ id: 'TEST-1', modified: '2026-01-01T00:00:00Z', summary: 'a hole' },
  affected: [
    { package: { ecosystem: 'npm', name: 'hono' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
  ],
}

test('an installation as it comes passes its own look, and what is weakened is named with what to do', async () => {
  await using house = await testAirworthy()
  const look = async () => (await house.client.getPosture()).findings
  const verdicts = async () => Object.fromEntries((await look()).map(({ id, verdict }) => [id, verdict]))
  const fresh = await house.client.getPosture()
  expect(fresh.findings.filter(({ verdict }) => verdict !== 'sound' && verdict !== 'note')).toEqual([])
  expect(fresh.verdict).toBe('sound')
  chmodSync(house.data, 0o755)
  chmodSync(join(house.data, 'master.key'), 0o644)
  await house.client.importAdvisories({
    body: { content: JSON.stringify(HOLE) },
  })
  expect(await verdicts()).toMatchObject({ 'data-folder': 'weak', 'secret-files': 'weak', packages: 'weak' })
  const { remedy, found } = (await look()).find(({ id }) => id === 'secret-files') ?? {}
  expect([found, remedy]).toEqual([
    `Others can read ${join(house.data, 'master.key')}.`,
    `Run: chmod 600 ${join(house.data, 'master.key')}`,
  ])
  expect((await house.client.getPosture()).verdict).toBe('weak')
  const viewer = await house.person('Vera', 'viewer')
  await expect(viewer.getPosture()).rejects.toMatchObject({ status: 403 })
})

test('where others reach the port, plain HTTP, private addresses and a missing second factor are weak', async () => {
  await using house = await testAirworthy({
    environment: {
      AIRWORTHY_PUBLIC_URL: 'http://air.example.com',
      AIRWORTHY_PRIVATE_ADDRESSES: 'allow',
      AIRWORTHY_SECOND_FACTOR: 'off',
      AIRWORTHY_EVALUATOR_CODE: '1',
      AIRWORTHY_OTLP_ENDPOINT: 'http://collector.example.com',
    },
  })
  const { findings, verdict } = await house.client.getPosture()
  expect(findings.filter((one) => one.verdict === 'weak').map(({ id }) => id)).toEqual([
    ...['transport', 'second-factor', 'reach', 'foreign-code', 'collector'],
  ])
  expect([verdict, findings.every((one) => one.verdict === 'sound' || one.remedy !== null)]).toEqual(['weak', true])
})

const filesOf = (name: string) => {
  const made = makeCertificate()
  const files = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
  writeFileSync(files.certificate, made.certificate)
  writeFileSync(files.key, made.key)
  return { files, certificate: made.certificate }
}

test('the port speaks TLS with a certificate of its own, and nothing else', async () => {
  const { files, certificate } = filesOf('own')
  await using house = await testAirworthy({
    environment: { AIRWORTHY_TLS_CERT: files.certificate, AIRWORTHY_TLS_KEY: files.key },
  })
  expect(house.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const read = (path: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { authorization: `Bearer ${house.ownerToken}` }
      get(
        `${house.url}${path}`,
        { ca: certificate, headers },
        (response) => void text(response).then(resolve, reject),
      ).on('error', reject)
    })
  expect(JSON.parse(await read('/healthz'))).toMatchObject({ version: expect.any(String) })
  const { findings } = JSON.parse(await read('/api/v1/posture')) as { findings: { id: string; found: string }[] }
  expect(findings.find(({ id }) => id === 'transport')?.found).toMatch(/^The port speaks TLS, and nobody says/)
  await expect(fetch(house.url.replace('https', 'http'))).rejects.toThrow()
})

test('a certificate without its key stops the start', async () => {
  await expect(
    testAirworthy({ environment: { AIRWORTHY_TLS_CERT: filesOf('one').files.certificate } }),
  ).rejects.toMatchObject({ problems: [{ field: 'AIRWORTHY_TLS_KEY' }] })
})
