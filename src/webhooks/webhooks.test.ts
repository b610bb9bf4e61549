/** Webhooks of a real server, to a receiver that checks every signature. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { isSigned, openReceiver, type Received } from '../testing/webhook-receiver.ts'

const receiver = await openReceiver()
const { received, address } = receiver
beforeEach(() => receiver.forget())

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(async () => {
  await airworthy.close()
  receiver.close()
})
const arrived = (count: number) => expect.poll(() => received.length, { timeout: 10_000 }).toBe(count)

test('a held gate is told to who asked for it, signed, and stands in the log', async () => {
  const { webhook, secret } = await client.createWebhook({
    body: { url: `${address}/held?token=t`, events: ['gate.held'] },
  })
  const other = await client.createWebhook({ body: { url: `${address}/other`, events: ['rollout.aborted'] } })
  expect(JSON.stringify((await client.listWebhooks()).items)).not.toContain('secret')
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  const { body: release } = await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  await client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
  await arrived(1)
  const [sent] = received as [Received]
  expect(sent.path).toBe('/held?token=t')
  expect(isSigned(sent, secret)).toBe(true)
  expect(isSigned(sent, other.secret)).toBe(false)
  expect(JSON.parse(sent.body)).toMatchObject({
    type: 'gate.held',
    data: {
      application: 'parcels',
      subject: release.id,
      detail: { into: 'poc', checks: expect.arrayContaining(['biz.charter']) },
    },
  })
  const log = async () => (await client.listWebhookDeliveries({ params: { id: webhook.id } })).items
  await expect.poll(async () => (await log())[0]?.state, { timeout: 10_000 }).toBe('delivered')
  const [delivery] = await log()
  expect(delivery).toMatchObject({
    type: 'gate.held',
    event: sent.headers['webhook-id'],
    attempts: [{ status: 204, error: null }],
  })

  await client.redeliverWebhook({ params: { id: delivery?.id ?? '' } })
  await arrived(2)
  expect(received[1]).toMatchObject({ body: sent.body, headers: { 'webhook-id': sent.headers['webhook-id'] } })

  const entries = (await client.listAudit()).items.filter(({ action }) => action.startsWith('webhooks.'))
  expect(entries.length).toBeGreaterThan(0)
  expect(JSON.stringify(entries)).not.toContain('token=t')
  for (const id of [webhook.id, other.webhook.id]) await client.deleteWebhook({ params: { id } })
})

test('a cap that is reached is told once', async () => {
  const { webhook } = await client.createWebhook({
    body: { url: `${address}/limit`, events: ['limit.reached'], application: 'parcels' },
  })
  for (const _ of [1, 2]) await client.setLimits({ params: { name: 'parcels' }, body: { costMicroUsdPerMonth: '0' } })
  await arrived(1)
  expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
    type: 'limit.reached',
    data: { application: 'parcels', detail: { state: 'reached', costMicroUsdPerMonth: '0' } },
  })
  await client.deleteWebhook({ params: { id: webhook.id } })
})

test('a secret that is changed signs beside the old one, and a test event proves both', async () => {
  const { webhook, secret } = await client.createWebhook({ body: { url: address } })
  const rotated = await client.rotateWebhookSecret({ params: { id: webhook.id } })
  expect(rotated.secret).not.toBe(secret)
  await client.testWebhook({ params: { id: webhook.id } })
  await arrived(1)
  const [sent] = received as [Received]
  expect([isSigned(sent, secret), isSigned(sent, rotated.secret)]).toEqual([true, true])
  expect(await client.changeWebhook({ params: { id: webhook.id }, body: { enabled: false } })).toMatchObject({
    enabled: false,
    url: address,
    events: [],
  })
  await client.deleteWebhook({ params: { id: webhook.id } })
})

test.for([
  ['a metadata service', 'http://169.254.169.254/', 'kernel.address-refused'],
  ['another protocol', 'file:///etc/passwd', 'wire.body-invalid'],
  ['a password in the address', 'https://me:secret@example.com/', 'kernel.address-refused'],
] as const)('%s is refused as an address', async ([, url, code]) => {
  await expect(client.createWebhook({ body: { url } })).rejects.toMatchObject({ status: 400, code })
})

test('a builder may not make one, nor a key of another application see it', async () => {
  const { webhook } = await client.createWebhook({ body: { url: address, application: 'parcels' } })
  const builder = await airworthy.person('Bo Builder', 'builder')
  await expect(builder.createWebhook({ body: { url: address } })).rejects.toMatchObject({ status: 403 })
  expect((await builder.listWebhooks()).items).toHaveLength(1)
  await client.deleteWebhook({ params: { id: webhook.id } })
})
