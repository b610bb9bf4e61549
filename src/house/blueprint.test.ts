/** A blueprint that several people edit, and files that are too large for one document. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client, url, ownerToken } = airworthy
afterAll(() => airworthy.close())

const params = { name: 'shared' }
const files = echoApplication('first')
const commented = (comment: string, path = 'charter.yaml') => ({ ...files, [path]: `# ${comment}\n${files[path]}` })
beforeAll(async () => {
  await client.createApplication({ body: { ...params, files } })
})

test('a change is refused when somebody else changed even a comment after it was read, and says where', async () => {
  const read = await client.getBlueprint({ params })
  await client.putBlueprint({ params, body: { files: commented('by Ada') } }, { ifMatch: read.bytes })
  const { bytes } = await client.getBlueprint({ params })
  expect(bytes).not.toBe(read.bytes)
  await expect(
    client.putBlueprint({ params, body: { files: commented('by Bo', 'risks.yaml') } }, { ifMatch: read.bytes }),
  ).rejects.toMatchObject({
    status: 412,
    code: 'delivery.blueprint-outdated',
    message: expect.stringMatching(
      /changed by somebody else at 20.* differs .* in charter\.yaml, risks\.yaml\. Read it/,
    ),
    facts: { bytes, differing: ['charter.yaml', 'risks.yaml'] },
  })
  const response = await fetch(`${url}/api/v1/applications/shared/blueprint`, {
    headers: { authorization: `Bearer ${ownerToken}` },
  })
  expect(response.headers.get('etag')).toBe(`"${bytes}"`)
})

test('edits of different files at one moment all stay, though they change comments alone', async () => {
  await client.putBlueprint({ params, body: { files } })
  const paths = ['charter.yaml', 'risks.yaml', 'decision.yaml']
  const put = (path: string) =>
    client.putBlueprintFile({ params: { ...params, path }, body: `# at one moment\n${files[path]}` })
  await Promise.all(paths.map(put))
  const after = (await client.getBlueprint({ params })).files
  for (const path of paths) expect(after[path], path).toMatch(/^# at one moment/)
})

test('a file of 33 MB is sent by itself, and stays when the rest is replaced', { timeout: 60_000 }, async () => {
  const path = 'knowledge/large file/böok.bin'
  const bytes = new Uint8Array(randomBytes(33 * 1024 * 1024))
  await client.putBlueprintFile({ params: { ...params, path }, body: bytes })
  await client.putBlueprint({ params, body: { files: commented('beside it'), keep: [path] } })
  const kept = (await client.getBlueprint({ params })).files[path]
  expect(typeof kept === 'object' && Buffer.from(kept.base64, 'base64').equals(bytes)).toBe(true)
  await expect(client.putBlueprint({ params, body: { files, keep: ['knowledge/none.md'] } })).rejects.toMatchObject({
    status: 400,
    code: 'delivery.file-unknown',
  })
  await client.putBlueprint({ params, body: { files } })
})

test.for([
  ['..%2F..%2Fetc%2Fpasswd', 400, 'wire.params-invalid'],
  ['knowledge/%2e%2e%2f%2e%2e%2fx', 400, 'wire.params-invalid'],
  ['%2Fetc%2Fpasswd', 400, 'wire.params-invalid'],
  ['knowledge%5C..%5Cx', 400, 'wire.params-invalid'],
  ['../../../keys', 404, 'api.route-unknown'],
] as const)('the path %s leads nowhere outside', async ([path, status, code]) => {
  const response = await fetch(`${url}/api/v1/applications/shared/blueprint/files/${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${ownerToken}` },
    body: 'x',
  })
  expect([response.status, (await response.json()).code]).toEqual([status, code])
})
