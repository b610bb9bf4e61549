/** Keys as whoever makes them and whoever uses them sees them: narrowed, ending, and given a new text. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, type Role } from '../../sdk/index.ts'
import { DAY, HOUR, later, MINUTE, SECOND, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-03-01T08:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client, url } = airworthy
afterAll(() => airworthy.close())

beforeAll(async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
})

const as = (token: string) => createClient({ baseUrl: url, token, retries: 0 })
const newKey = (body: Partial<Parameters<typeof client.createKey>[0]['body']> = {}) =>
  client.createKey({ body: { name: 'ci', role: 'builder' as Role, ...body } })

/** Status and code of an answer at the gateway. */
async function chat(token: string): Promise<{ status: number; code: string | undefined }> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'parcels', messages: [{ role: 'user', content: 'parcel 1' }] }),
  })
  const body = (await response.json()) as { error?: { code: string } }
  return { status: response.status, code: body.error?.code }
}

test.for([
  ['the gateway alone', ['infer'], 200, 403, 403],
  ['reading alone', ['view'], 403, 200, 403],
  ['building, without the gateway', ['view', 'build'], 403, 200, 200],
  ['everything of its role', undefined, 200, 200, 200],
] as const)('a key for %s may do that and nothing else', async ([, permissions, gateway, read, build]) => {
  const { secret } = await newKey(permissions && { permissions: [...permissions] })
  const asked = (await chat(secret)).status
  const statusOf = (call: Promise<unknown>) =>
    call.then(
      () => 200,
      (thrown: { status: number }) => thrown.status,
    )
  expect({
    gateway: asked,
    read: await statusOf(as(secret).listApplications()),
    build: await statusOf(as(secret).freezeRelease({ params: { name: 'parcels' }, body: {} })),
  }).toEqual({ gateway, read, build })
})

test('a key is not narrowed to what its role does not have, and does not end in the past', async () => {
  await expect(newKey({ role: 'viewer', permissions: ['infer'] })).rejects.toMatchObject({
    code: 'access.permission-not-of-role',
    message: 'permissions: the role viewer does not have infer. It has view.',
  })
  await expect(newKey({ expiresAt: later(clock(), -1) })).rejects.toMatchObject({ code: 'access.expiry-passed' })
})

test('a key ends at its time, at the API and at the gateway, and says so', async () => {
  const expiresAt = later(clock(), HOUR)
  const { secret, key } = await newKey({ expiresAt })
  expect(key.expiresAt).toBe(expiresAt)
  expect((await chat(secret)).status).toBe(200)
  clock.advance(HOUR)
  expect(await chat(secret)).toEqual({ status: 401, code: 'access.key-expired' })
  await expect(as(secret).getMe()).rejects.toMatchObject({
    status: 401,
    message: `This key ended ${expiresAt}. Ask an owner for a new text: \`airworthy keys rotate\`.`,
  })
})

test('a new text works at once, the old one until the chosen time, and its last use is told', async () => {
  const { id, secret: old } = await newKey()
  const previousUntil = later(clock(), 2 * HOUR)
  const { secret, key } = await client.rotateKey({ params: { key: id }, body: { previousUntil } })
  expect(secret).not.toBe(old)
  expect(key).toMatchObject({ rotatedAt: clock(), previousUntil, previousUsedAt: null })
  const shown = async () => (await client.listKeys({ query: { limit: 1000 } })).items.find((one) => one.id === id)

  expect([(await chat(secret)).status, (await chat(old)).status]).toEqual([200, 200])
  await airworthy.access.limits.flush()
  expect(await shown()).toMatchObject({ lastUsedAt: clock(), previousUsedAt: clock() })
  expect(JSON.stringify(await shown())).not.toMatch(/hmac|127\.0\.0\.1/i)

  clock.advance(2 * HOUR - 1)
  expect((await chat(old)).status).toBe(200)
  clock.advance(1)
  expect(await chat(old)).toEqual({ status: 401, code: 'access.key-expired' })
  expect((await chat(secret)).status).toBe(200)
})

test('a time that has passed ends the old text at once, and without a time it works for a day', async () => {
  const { id, secret: first } = await newKey()
  const { secret: second } = await client.rotateKey({ params: { key: id }, body: {} })
  clock.advance(DAY - SECOND)
  expect((await chat(first)).status).toBe(200)
  const { secret: third } = await client.rotateKey({ params: { key: id }, body: { previousUntil: clock() } })
  expect((await chat(first)).code).toBe('access.key-unknown')
  expect((await chat(second)).code).toBe('access.key-unknown')
  expect((await chat(third)).status).toBe(200)
})

test('rotating twice within the time leaves two texts, not three', async () => {
  const { id, secret: first } = await newKey()
  const { secret: second } = await client.rotateKey({ params: { key: id }, body: {} })
  const { secret: third } = await client.rotateKey({ params: { key: id }, body: {} })
  expect((await chat(first)).code).toBe('access.key-unknown')
  expect([(await chat(second)).status, (await chat(third)).status]).toEqual([200, 200])
})

test('a revoked key is refused by all its texts, and is not given a new one', async () => {
  const { id, secret: old } = await newKey()
  const { secret } = await client.rotateKey({ params: { key: id }, body: {} })
  await client.revokeKey({ params: { key: id } })
  expect([(await chat(old)).code, (await chat(secret)).code]).toEqual(['access.key-unknown', 'access.key-unknown'])
  await expect(client.rotateKey({ params: { key: id }, body: {} })).rejects.toMatchObject({
    code: 'access.key-revoked',
  })
})

test('what a key may do never goes beyond what its person may do today', async () => {
  const ada = await client.createActor({ body: { name: 'Ada', role: 'builder' } })
  const { secret } = await newKey({ actor: ada.id })
  expect((await chat(secret)).status).toBe(200)
  await client.updateActor({ params: { actor: ada.id }, body: { role: 'viewer' } })
  expect((await chat(secret)).status).toBe(403)
  expect((await as(secret).getMe()).permissions).toEqual(['view'])

  await client.updateActor({ params: { actor: ada.id }, body: { mayAct: false } })
  expect((await chat(secret)).code).toBe('access.key-unknown')
  await expect(client.createSignInLink({ body: { actor: ada.id } })).rejects.toMatchObject({
    code: 'access.actor-disabled',
  })
  await client.updateActor({ params: { actor: ada.id }, body: { mayAct: true, role: 'builder' } })
  expect((await chat(secret)).status).toBe(200)
  const { items } = await client.listAudit({ query: { subject: ada.id, action: 'access.change-actor' } })
  expect(items.map(({ detail }) => Object.keys(detail))).toEqual([['role', 'disabledAt'], ['disabledAt'], ['role']])
})

test('whoever holds the owner token stays an owner, and a sign-in name has one person', async () => {
  const { actor } = await client.getMe()
  await expect(client.updateActor({ params: { actor }, body: { role: 'viewer' } })).rejects.toMatchObject({
    code: 'access.owner-stays',
  })
  await client.createActor({ body: { name: 'Grace', role: 'viewer', signInName: 'Grace@Example.org' } })
  await expect(
    client.createActor({ body: { name: 'Other', role: 'viewer', signInName: 'grace@example.org ' } }),
  ).rejects.toMatchObject({ code: 'access.sign-in-name-taken' })
})

test('texts that were replaced are in no row of the audit log', async () => {
  const { id, secret } = await newKey()
  const { secret: next } = await client.rotateKey({ params: { key: id }, body: {} })
  clock.advance(MINUTE)
  const { items } = await client.listAudit({ query: { subject: id } })
  expect(items.map(({ action }) => action)).toEqual(['access.rotate-key', 'access.create-key'])
  for (const text of [secret, next]) expect(JSON.stringify(items)).not.toContain(text.slice(4))
})
