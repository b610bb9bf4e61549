/** A model whose price nobody knows: blocked where money is capped, flagged where not, and never counted as nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const provider = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      id: '1',
      object: 'chat.completion',
      created: 1,
      model: 'sage',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Wise words.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    }),
  )
})
await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))
const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`
const airworthy = await testAirworthy()
const { client, url, ownerToken } = airworthy
afterAll(async () => {
  await airworthy.close()
  provider.close()
})

let capped = ''
beforeAll(async () => {
  await client.putProvider({ params: { name: 'box' }, body: { dialect: 'openai', baseUrl } })
  capped = (await client.createKey({ body: { name: 'capped', role: 'builder' } })).secret
  const files = echoApplication('first')
  const yaml = (files['airworthy.yaml'] ?? '').replaceAll('scripted/echo', 'box/sage')
  await client.createApplication({ body: { name: 'sages', files: { ...files, 'airworthy.yaml': yaml } } })
  await client.freezeRelease({ params: { name: 'sages' }, body: {} })
  await client.putModelRoute({
    params: { name: 'wise' },
    body: { strategy: 'priority', targets: [{ model: 'box/sage' }, { model: 'scripted/echo' }] },
  })
})

async function ask(model: string, { token = capped, more = {} }: { token?: string; more?: object } = {}) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }], ...more }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
const policy = (scope: 'organisation' | 'application', name: string, onUnknownPrice: 'block' | 'flag' | null) =>
  client.setPricePolicy({ params: { scope, name }, body: { onUnknownPrice, reason: 'a test of prices' } })

test('a key with a cap on money is refused, and told what to do', async () => {
  const { status, body } = await ask('box/sage')
  expect(status).toBe(424)
  expect(body.error).toMatchObject({ code: 'gateway.price-unknown' })
  expect(body.error.message).toMatch(
    /Nobody has said what box\/sage costs, and this key has a cap on money.*airworthy prices set box\/sage/,
  )
  expect(body.error.message).toContain('airworthy prices policy flag')
})

test('what is built in costs nothing and needs nothing', async () => {
  expect(await ask('scripted/echo')).toMatchObject({ status: 200 })
})

test('an application has a cap from its first day, and its release is refused at the gateway and in the playground', async () => {
  const { status, body } = await ask('sages', { token: ownerToken })
  expect([status, body.error.code]).toEqual([424, 'gateway.price-unknown'])
  expect(body.error.message).toContain('the application sages has a cap on money')
  const [release] = (await client.listReleases({ params: { name: 'sages' } })).items
  await expect(
    client.answerRelease({
      params: { id: release?.id ?? '' },
      body: { turns: [{ role: 'user', content: 'hello' }] },
    }),
  ).rejects.toMatchObject({ status: 424, code: 'gateway.price-unknown' })
})

test('a route leaves such a target out and asks the next, unless it says to flag it', async () => {
  expect((await ask('wise')).headers.get('airworthy-cost-micro-usd')).toBe('0')
  const route = { strategy: 'priority' as const, targets: [{ model: 'box/sage' }], onUnknownPrice: 'flag' as const }
  await client.putModelRoute({ params: { name: 'wise' }, body: route })
  const { status, headers } = await ask('wise')
  expect([status, headers.get('airworthy-price'), headers.get('airworthy-cost-micro-usd')]).toEqual([
    200,
    'unknown',
    null,
  ])
})

test('without any cap it is answered, flagged and counted apart', async () => {
  const { status, headers } = await ask('box/sage', { token: ownerToken })
  expect([status, headers.get('airworthy-price')]).toEqual([200, 'unknown'])
  const usage = () => client.getUsageBy({ query: { by: 'model', model: 'box/sage' } })
  await expect.poll(usage, { timeout: 5_000 }).toMatchObject({
    total: { requests: 3, errors: 1, priced: 0, unpriced: 2, unpricedTokens: 10 },
  })
  const csv = await (await client.getUsageCsv({ query: { by: 'model', model: 'box/sage' } })).text()
  expect(csv.split('\r\n')[1]).toMatch(/^box\/sage,3,1,0,6,0,4,,2,10,/)
})

test('the nearest word holds: the application over the organisation, and both over the caps', async () => {
  await policy('organisation', 'default', 'flag')
  expect((await ask('sages')).status).toBe(200)
  expect((await ask('box/sage')).status).toBe(200)
  await policy('application', 'sages', 'block')
  const blocked = await ask('sages')
  expect([blocked.status, blocked.body.error.code]).toEqual([424, 'gateway.price-unknown'])
  expect(blocked.body.error.message).toContain('the application sages takes no model without a price')
  expect((await client.listPricePolicies()).items).toMatchObject([
    { scope: 'organisation', onUnknownPrice: 'flag' },
    { scope: 'application', name: 'sages', onUnknownPrice: 'block' },
  ])
  await policy('application', 'sages', null)
  await policy('organisation', 'default', 'block')
  expect((await ask('box/sage', { token: ownerToken })).status).toBe(424)
  await policy('organisation', 'default', null)
})

test('a policy is an owner’s to set, and not for what is not there', async () => {
  const builder = await airworthy.person('bea', 'builder')
  const params = { scope: 'organisation' as const, name: 'default' }
  const body = { onUnknownPrice: 'flag' as const, reason: 'I want to' }
  await expect(builder.setPricePolicy({ params, body })).rejects.toMatchObject({ status: 403 })
  await expect(client.setPricePolicy({ params: { ...params, name: 'other' }, body })).rejects.toMatchObject({
    code: 'models.organisation-unknown',
  })
  await expect(client.setPricePolicy({ params: { scope: 'application', name: 'nobody' }, body })).rejects.toMatchObject(
    { code: 'models.application-unknown' },
  )
})

test('a price of your own opens it, and a way of serving without one stays shut', async () => {
  await client.putOwnPrice({
    params: { model: 'box/sage' },
    body: { rates: { input: '1', output: '1' }, reason: 'our own cards' },
  })
  expect((await ask('box/sage')).headers.get('airworthy-cost-micro-usd')).toBe('5')
  const flex = await ask('box/sage', { more: { service_tier: 'flex' } })
  expect([flex.status, flex.body.error.code]).toEqual([424, 'gateway.price-unknown'])
  expect(flex.body.error.message).toContain('when it is served as flex')
})
