import http, { type ServerResponse } from 'node:http'
import OpenAI from 'openai'
import { afterAll, afterEach, expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import { createUpstream, forwardTo } from '../models/index.ts'
import { fakeModels } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'

const { open, send, listen } = listening({
  http,
  afterEach,
  connect: (apiKey, baseURL) => new OpenAI({ apiKey, baseURL, maxRetries: 0 }),
})
const upstream = createUpstream()
afterAll(() => upstream.close())

type Behave = (response: ServerResponse) => void
const well: Behave = (response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: 'up-1',
      choices: [{ index: 0, message: { content: 'Yes.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 30, completion_tokens: 12, total_tokens: 42 },
    }),
  )
const status =
  (code: number, headers = {}, body = '{"error":{"message":"no"}}'): Behave =>
  (response) =>
    void response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(body)

/** `remote` with keys that behave as told, in order of use; the route `smart` leads to it alone. */
async function openKeys(keys: Record<string, Behave>) {
  const asked: string[] = []
  const rested: [name: string, ms: number | undefined][] = []
  const baseUrl = await listen((request, response) => {
    const key = String(request.headers.authorization).replace('Bearer ', '')
    asked.push(key)
    request.resume().on('end', () => keys[key]?.(response))
  })
  const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
    forwardTo(
      upstream,
      {
        name: 'remote',
        dialect: 'openai',
        speaks: ['chat'],
        baseUrl,
        credential: ask.credential === undefined ? undefined : new Secret(ask.credential),
      },
      ask,
      sink,
    )
  const names = Object.keys(keys)
  const providers: GatewayDeps['models']['providers'] = {
    ...fakeModels.providers,
    chooseKey: (_, choice) => names.find((name) => !choice?.without?.has(name)),
    hasSeveralKeys: () => names.length > 1,
    restKey: (_, name, { keyRest }) => void rested.push([name, keyRest?.ms]),
  }
  const opened = await open({ models: { ...fakeModels, forward, providers } })
  return { ...opened, asked, rested }
}
const question = { model: 'remote/gpt', messages: [{ role: 'user' as const, content: 'Is it?' }] }
const RETRY_INFO = `{"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"21s"}]}}`

test('a model that is asked directly is asked with the next key, and the trace names both', async () => {
  const { client, settled, asked, rested } = await openKeys({
    first: status(401),
    second: status(429, {}, RETRY_INFO),
    third: well,
  })
  const { data, response } = await client().chat.completions.create(question).withResponse()
  expect(data.choices[0]?.message.content).toBe('Yes.')
  expect(response.headers.get('airworthy-attempts')).toBe('3')
  expect(asked).toEqual(['first', 'second', 'third'])
  // What the body says of the wait counts as a header does.
  expect(rested).toEqual([
    ['first', 300_000],
    ['second', 21_000],
  ])
  expect(settled[0]?.steps.map(({ attributes, error }) => [attributes['airworthy.credential'], error?.code])).toEqual([
    ['first', 'models.upstream-refused-key'],
    ['second', 'models.upstream-limited'],
    ['third', undefined],
  ])
  expect(settled).toMatchObject([{ status: 'complete', servedBy: 'remote/gpt' }])
})

test('when the last key fails its answer is told as it came', async () => {
  const { url, asked } = await openKeys({
    first: status(429),
    second: status(429, { 'retry-after': '7' }, '{"error":{"message":"busy"}}'),
  })
  const { status: code, text, headers } = await send(url, question)
  expect([code, text, headers['retry-after']]).toEqual([429, '{"error":{"message":"busy"}}', '7'])
  expect(asked).toEqual(['first', 'second'])
})

test.for([400, 413, 422, 500, 503])('%i is not about the key, and no other is tried', async (code) => {
  const { url, asked, rested } = await openKeys({ first: status(code), second: well })
  expect((await send(url, question)).status).toBe(code)
  expect([asked, rested]).toEqual([['first'], []])
})

test('a refusal whose words never come is decided on without them', async () => {
  const { client, asked } = await openKeys({
    first: (response) => void response.writeHead(429, { 'content-length': '500' }).write('{"error":'),
    second: well,
  })
  expect((await client().chat.completions.create(question)).choices[0]?.message.content).toBe('Yes.')
  expect(asked).toEqual(['first', 'second'])
})
