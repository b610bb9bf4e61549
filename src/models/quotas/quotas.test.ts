/** Quotas off answers of providers, as their documentation and recorded answers show the headers, and declared ones. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { stoppedClock } from '../../kernel/time.ts'
import { givenModels, request } from '../models.example.ts'
import { readLimits } from './read-limits.ts'

const { openModels, closeModels } = await givenModels()
let headers: Record<string, string> = {}
const server = createServer((incoming, response) => {
  incoming.resume()
  const usage = { prompt_tokens: 1, completion_tokens: 1 }
  response.writeHead(200, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ choices: [{ message: { content: 'pong' }, finish_reason: 'stop' }], usage }))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
afterAll(async () => {
  server.close().closeAllConnections()
  await closeModels()
})

const OPENAI = {
  'x-ratelimit-limit-requests': '5000',
  'x-ratelimit-limit-tokens': '160000',
  'x-ratelimit-limit-tokens_usage_based': '160000',
  'x-ratelimit-remaining-requests': '4999',
  'x-ratelimit-remaining-tokens': '159976',
  'x-ratelimit-reset-requests': '12ms',
  'x-ratelimit-reset-tokens': '9ms',
}
const limits = (said: Record<string, string>) =>
  readLimits(said, 0).map(({ counted, per, limit, remaining }) => [counted, per, limit, remaining])

test.for([
  [
    'OpenAI',
    OPENAI,
    [
      ['requests', 'minute', 5000, 4999],
      ['tokens', 'minute', 160_000, 159_976],
    ],
  ],
  [
    'a small account of OpenAI, by the day',
    {
      'x-ratelimit-limit-requests': '200',
      'x-ratelimit-remaining-requests': '199',
      'x-ratelimit-reset-requests': '7m12s',
    },
    [['requests', 'day', 200, 199]],
  ],
  [
    'Groq, by the day',
    {
      'x-ratelimit-limit-requests': '14400',
      'x-ratelimit-remaining-requests': '14370',
      'x-ratelimit-reset-requests': '2m59.56s',
      'x-ratelimit-limit-tokens': '18000',
      'x-ratelimit-remaining-tokens': '17997',
    },
    [
      ['requests', 'day', 14_400, 14_370],
      ['tokens', 'minute', 18_000, 17_997],
    ],
  ],
  [
    'Anthropic',
    {
      'anthropic-ratelimit-requests-limit': '1000',
      'anthropic-ratelimit-requests-remaining': '999',
      'anthropic-ratelimit-requests-reset': '2025-08-21T12:40:59Z',
      'anthropic-ratelimit-input-tokens-limit': '80000',
      'anthropic-ratelimit-input-tokens-remaining': '80000',
      'anthropic-ratelimit-output-tokens-limit': '16000',
      'anthropic-ratelimit-unified-status': 'allowed',
    },
    [
      ['requests', 'minute', 1000, 999],
      ['input-tokens', 'minute', 80_000, 80_000],
      ['output-tokens', 'minute', 16_000, null],
    ],
  ],
  [
    'Mistral, with the window in the name',
    { 'x-ratelimit-limit-req-minute': '720', 'x-ratelimit-remaining-req-minute': '717' },
    [['requests', 'minute', 720, 717]],
  ],
  [
    'one that says tokens a day',
    { 'x-ratelimit-limit-tokens-per-day': '1000000', 'x-ratelimit-remaining-tokens-per-day': '10' },
    [['tokens', 'day', 1_000_000, 10]],
  ],
  [
    'Fireworks',
    { 'x-ratelimit-limit-tokens-prompt': '3600000', 'x-ratelimit-limit-tokens-generated': '36000' },
    [
      ['input-tokens', 'minute', 3_600_000, null],
      ['output-tokens', 'minute', 36_000, null],
    ],
  ],
  [
    'Azure, where it does not count, and what says nothing of its window',
    { 'x-ratelimit-limit-tokens': '-1', 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '60' },
    [['requests', null, 60, 60]],
  ],
  ['others', { 'x-ratelimit-limit': '60', 'x-ratelimit-limit-images': '5', 'retry-after': '7' }, []],
] as [string, Record<string, string>, unknown[]][])('limits of %s are read', ([, said, expected]) => {
  expect(limits(said)).toEqual(expected)
})

test('what an answer says is the latest of its target, whichever way it was asked, and outlives the process', async () => {
  const clock = stoppedClock('2026-11-21T00:00:00.000Z')
  const { call, models, organisation } = await openModels({ clock })
  await call('PUT', '/api/v1/providers/mine', { dialect: 'openai', baseUrl, credential: 'k' })
  const listed = async () => (await call('GET', '/api/v1/quotas')).body.items
  headers = {}
  await models.complete(request('mine/m'))
  expect(await listed()).toEqual([])
  headers = OPENAI
  await models.complete(request('mine/m'))
  const read = { limits: expect.arrayContaining([expect.objectContaining({ remaining: 4999 })]), at: clock() }
  expect(await listed()).toEqual([{ target: 'mine/m', credential: null, read, declared: null }])
  // Nothing was used: its window does not follow from this answer, and is that of the one before.
  clock.advance(2_000)
  headers = { ...OPENAI, 'x-ratelimit-remaining-requests': '5000' }
  const sink = { onHead() {}, onPiece() {}, onFailed() {} }
  await new Promise<void>((onEnd) =>
    models.forward(
      {
        ...{ provider: 'mine', model: 'm', call: 'chat', accept: 'application/json' },
        body: Buffer.from('{"model":"x","messages":[]}'),
      },
      { ...sink, onEnd },
    ),
  )
  const [quota] = await listed()
  expect(quota.read).toMatchObject({ at: clock(), limits: [{ per: 'minute', remaining: 5000 }, {}] })
  const after = await openModels({ clock, organisation })
  expect((await after.call('GET', '/api/v1/quotas')).body.items).toMatchObject([
    { target: 'mine/m', read: { limits: [{ counted: 'requests', per: 'minute', limit: 5000 }, {}] } },
  ])
})

test('what a provider does not say is declared, for it or a model or one key, and taken back', async () => {
  const { call, audit } = await openModels()
  await call('PUT', '/api/v1/providers/mine', { dialect: 'openai', baseUrl })
  const declare = (body: unknown) => call('PUT', '/api/v1/quotas', body)
  const none = [{ counted: 'requests', per: 'minute', limit: null }]
  expect((await declare({ target: 'mine', limits: none })).body.items).toMatchObject([
    { target: 'mine', credential: null, read: null, declared: { limits: none, by: 'act_1' } },
  ])
  await declare({ target: 'mine/m', credential: 'second', limits: [{ counted: 'tokens', per: 'day', limit: 9 }] })
  expect((await declare({ target: 'mine', limits: [] })).body.items).toMatchObject([
    { target: 'mine/m', credential: 'second' },
  ])
  expect(audit.filter(({ action }) => action === 'models.declare-quota')).toHaveLength(3)
  expect((await declare({ target: 'nobody/m', limits: none })).body).toMatchObject({ code: 'models.provider-unknown' })
  expect((await declare({ target: 'mine', limits: [{ counted: 'requests', per: 'minute', limit: 0 }] })).status).toBe(
    400,
  )
})
