/** What a request cost stays what it cost: its raw numbers are kept by every way of asking, and prices change behind it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const usage = {
  prompt_tokens: 30,
  completion_tokens: 20,
  total_tokens: 50,
  prompt_tokens_details: { cached_tokens: 10 },
  completion_tokens_details: { reasoning_tokens: 5 },
}
const provider = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      id: '1',
      object: 'chat.completion',
      created: 1,
      model: 'sage',
      service_tier: 'flex',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Wise words.' }, finish_reason: 'stop' }],
      usage,
    }),
  )
})
await new Promise<void>((done) => provider.listen(0, '127.0.0.1', done))
const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/v1`
const { client, url, ownerToken, close } = await testAirworthy()
afterAll(async () => {
  await close()
  provider.close()
})

const price = (input: string) =>
  client.putOwnPrice({
    params: { model: 'box/sage' },
    body: { rates: { input, output: '4', tiers: { flex: { cacheRead: '1' } } }, reason: 'agreed with the provider' },
  })
beforeAll(async () => {
  await client.putProvider({ params: { name: 'box' }, body: { dialect: 'openai', baseUrl } })
  await price('2')
  const files = echoApplication('first')
  const yaml = (files['airworthy.yaml'] ?? '').replaceAll('scripted/echo', 'box/sage')
  await client.createApplication({ body: { name: 'sages', files: { ...files, 'airworthy.yaml': yaml } } })
  await client.freezeRelease({ params: { name: 'sages' }, body: {} })
})

const send = async (path: string, body: object) => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
  return response.headers.get('airworthy-trace') ?? ''
}
const messages = [{ role: 'user', content: 'parcel 7' }]

test.for([
  ['bytes that pass', '/v1/chat/completions', { model: 'box/sage', messages }],
  ['a translated request', '/v1/messages', { model: 'box/sage', max_tokens: 50, messages }],
  ['a release', '/v1/chat/completions', { model: 'sages', messages }],
] as const)(
  '%s keeps the provider’s own numbers and how it served, and costs the same again after prices changed',
  async ([, path, body]) => {
    await price('2')
    const id = await send(path, body)
    await price('3')
    const cost = () => client.getTraceCost({ params: { id } }).catch(() => undefined)
    // Twenty plain at 2, ten from the cache at 1, twenty out at 4, in millionths of a dollar.
    await expect.poll(cost, { timeout: 5_000 }).toMatchObject({
      costMicroUsd: '130',
      again: 'agrees',
      againMicroUsd: '130',
      charges: [
        {
          model: 'box/sage',
          usage: {
            tier: 'flex',
            cacheReadTokens: 10,
            raw: { prompt_tokens: 30, 'prompt_tokens_details.cached_tokens': 10 },
          },
        },
      ],
    })
  },
)

test('all of them agree when they are computed again', async () => {
  expect(await client.recomputeCosts()).toMatchObject({ checked: 3, agrees: 3, differs: 0, cannot: 0, items: [] })
})
