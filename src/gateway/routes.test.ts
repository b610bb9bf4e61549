import http, { type ServerResponse } from 'node:http'
import OpenAI from 'openai'
import { afterAll, afterEach, expect, test } from 'vitest'
import { Failure } from '../kernel/failure.ts'
import type { Secret } from '../kernel/secret.ts'
import type { Instant } from '../kernel/time.ts'
import { createUpstream, forwardTo, type ModelRoute } from '../models/index.ts'
import { fakeModels } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'

const { open, send, listen } = listening({
  http,
  afterEach,
  connect: (apiKey, baseURL) => new OpenAI({ apiKey, baseURL, maxRetries: 0 }),
})
const provider = createUpstream()
afterAll(() => provider.close())

type Behave = (response: ServerResponse, nth: number) => unknown

/** A gateway with the route `smart` over providers that behave as told; how often each was asked. */
async function openRoute(
  behaviours: Record<string, Behave>,
  change: Partial<ModelRoute> = {},
  tokens: Record<string, () => Promise<Secret>> = {},
  keys: readonly string[] = [],
) {
  const asked: Record<string, number> = {}
  const urls: Record<string, string> = {}
  for (const [name, behave] of Object.entries(behaviours))
    urls[name] = await listen((request, response) => {
      asked[name] = (asked[name] ?? 0) + 1
      request.resume().on('end', () => behave(response, asked[name] ?? 0))
    })
  const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
    forwardTo(
      provider,
      {
        name: ask.provider,
        dialect: 'openai',
        speaks: ['chat'],
        baseUrl: urls[ask.provider] ?? '',
        credential: undefined,
        fetchCredential: tokens[ask.credential ?? ask.provider],
      },
      ask,
      sink,
    )
  const smart: ModelRoute = {
    name: 'smart',
    strategy: 'priority',
    targets: Object.keys(behaviours).map((name) => ({ model: `${name}/m`, weight: 1 })),
    onDisconnect: 'cancel',
    updatedAt: '2026-03-01T00:00:00.000Z' as Instant,
    ...change,
  }
  const opened = await open({
    models: {
      ...fakeModels,
      forward,
      providers: {
        ...fakeModels.providers,
        has: (name) => name in behaviours,
        chooseKey: (_, { without } = {}) => keys.find((key) => !without?.has(key)),
        hasSeveralKeys: () => keys.length > 1,
      },
      routes: { find: (name) => (name === 'smart' ? smart : undefined), list: () => [smart] },
    },
  })
  return { ...opened, asked }
}

const usage = { prompt_tokens: 30, completion_tokens: 12, total_tokens: 42 }
const well: Behave = (response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: 'up-1',
      choices: [{ index: 0, message: { content: 'Yes.' }, finish_reason: 'stop' }],
      usage,
    }),
  )
const status =
  (code: number, headers = {}): Behave =>
  (response) =>
    void response.writeHead(code, { 'content-type': 'application/json', ...headers }).end('{"error":{"message":"no"}}')
const chunk = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'up-1', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`
const streamed: Behave = (response) =>
  void response
    .writeHead(200, { 'content-type': 'text/event-stream' })
    .end(`${chunk('Yes', null)}${chunk('.', 'stop')}data: [DONE]\n\n`)
const question = { model: 'smart', messages: [{ role: 'user' as const, content: 'Is it?' }] }

test.for([
  ['is too busy', status(429)],
  ['fails', status(500)],
  ['does not take our key', status(401)],
  ['breaks off before its head', (response) => void response.destroy()],
  [
    'breaks off in its answer',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '900' }).write('{"id":')
      setTimeout(() => response.destroy(), 10)
    },
  ],
] as [string, Behave][])('a target that %s is followed by the next, unseen', async ([, first]) => {
  const { client, settled, asked } = await openRoute({ one: first, two: well })
  const { data, response } = await client().chat.completions.create(question).withResponse()
  expect(data.choices[0]?.message.content).toBe('Yes.')
  expect(response.headers.get('airworthy-attempts')).toBe('2')
  expect(asked).toEqual({ one: 1, two: 1 })
  expect(settled).toMatchObject([
    { status: 'complete', requestedModel: 'smart', servedBy: 'two/m', costMicroUsd: null },
  ])
  expect(settled[0]?.steps).toEqual([
    expect.objectContaining({
      id: 'attempt-1',
      kind: 'attempt',
      name: 'chat one/m',
      error: { code: expect.stringMatching(/^models\./), message: expect.anything() },
    }),
    expect.objectContaining({ id: 'attempt-2', name: 'chat two/m', error: null }),
  ])
})

test('a request that the provider refuses is not asked elsewhere, and its words come back as they are', async () => {
  const { url, asked } = await openRoute({ one: status(400), two: well })
  const { status: code, text, headers } = await send(url, question)
  expect([code, text, headers['airworthy-attempts']]).toEqual([400, '{"error":{"message":"no"}}', '1'])
  expect(asked).toEqual({ one: 1 })
})

test('when every target fails the last answer is told, and a target that failed three times comes last', async () => {
  const { url, asked, settled } = await openRoute({ one: status(500), two: status(503) }, { retries: 1 })
  for (let n = 0; n < 3; n += 1) expect((await send(url, question)).status).toBe(503)
  expect(asked).toEqual({ one: 3, two: 3 })
  expect(settled[0]).toMatchObject({ status: 'errored', httpStatus: 503, servedBy: 'two/m' })
})

test('a stream that broke off before its first piece goes on elsewhere; after it, never', async () => {
  const early = await openRoute({
    one: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': wait\n\n')
      setTimeout(() => response.destroy(), 10)
    },
    two: streamed,
  })
  const { text } = await send(early.url, { ...question, stream: true })
  expect(text).toBe(`${chunk('Yes', null)}${chunk('.', 'stop')}data: [DONE]\n\n`)
  expect(early.asked).toEqual({ one: 1, two: 1 })

  const late = await openRoute({
    one: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('It'))
      setTimeout(() => response.destroy(), 10)
    },
    two: streamed,
  })
  const broken = await send(late.url, { ...question, stream: true })
  expect(broken.text).toMatch(/^data: .*"It".*\n\ndata: \{"error"/)
  expect(late.asked).toEqual({ one: 1 })
})

test('a target that gives no first piece in time is followed by the next', async () => {
  const { client, asked } = await openRoute(
    {
      one: (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': wait\n\n'),
      two: streamed,
    },
    // The second has as long: enough for a busy machine.
    { timeouts: { firstTokenMs: 500 } },
  )
  let said = ''
  for await (const part of await client().chat.completions.create({ ...question, stream: true }))
    said += part.choices[0]?.delta.content ?? ''
  expect(said).toBe('Yes.')
  expect(asked).toEqual({ one: 1, two: 1 })
})

test('one target is asked again after a pause, unless it asks for more patience than a client has', async () => {
  const healed = await openRoute({ one: (response, nth) => (nth === 1 ? status(503) : well)(response, nth) })
  expect((await send(healed.url, question)).status).toBe(200)
  expect(healed.asked).toEqual({ one: 2 })
  const limited = await openRoute({ one: status(429, { 'retry-after': '60' }) })
  const { status: code, headers } = await send(limited.url, question)
  expect([code, headers['retry-after']]).toEqual([429, '60'])
  expect(limited.asked).toEqual({ one: 1 })
})

test('a model of this process can follow a provider', async () => {
  const { client } = await openRoute(
    { one: status(500) },
    {
      targets: [
        { model: 'one/m', weight: 1 },
        { model: 'local/echo', weight: 1 },
      ],
    },
  )
  const { choices, model } = await client().chat.completions.create(question)
  expect([choices[0]?.message.content, model]).toEqual(['Is it?', 'local/echo'])
})

test('when the client hangs up, a route that drains reads the answer to its end and knows its usage', async () => {
  const { promise: isGone, resolve: leave } = Promise.withResolvers<void>()
  const { url, settled, asked } = await openRoute(
    {
      one: async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(chunk('It'))
        await isGone
        response.end(`${chunk(' is.', 'stop')}data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`)
      },
    },
    { onDisconnect: 'drain' },
  )
  const request = send(url, { ...question, stream: true })
  await expect.poll(() => asked.one).toBe(1)
  request.abandon()
  setTimeout(leave, 50)
  await expect.poll(() => settled.length).toBe(1)
  expect(settled).toMatchObject([
    { status: 'cancelled', output: 'It is.', usage: { inputTokens: 30, outputTokens: 12, estimated: false } },
  ])
})

test('routes are listed among the models, and an unknown name is told of them', async () => {
  const { client } = await openRoute({ one: well })
  const names = (await client().models.list()).data.map(({ id }) => id)
  expect(names).toContain('smart')
  await expect(client().chat.completions.create({ ...question, model: 'smarter' })).rejects.toThrow(/smart/)
})

test('a silent target is not asked again for the same request', async () => {
  const { url, asked } = await openRoute(
    { one: () => {}, two: status(503) },
    { retries: 5, timeouts: { headersMs: 50 } },
  )
  expect((await send(url, question)).status).toBe(503)
  expect(asked.one).toBe(1)
  expect(asked.two).toBeGreaterThan(1)
})

test('targets that are all down get little more than their usual traffic, whatever the route allows', async () => {
  const { url, asked, gateway } = await openRoute({ one: status(503) }, { retries: 10 })
  const requests = 60
  await Promise.all(Array.from({ length: requests }, () => send(url, question)))
  // Ten, and a fifth of the requests.
  expect(asked.one).toBeLessThanOrEqual(requests + 10 + requests / 5)
  expect(asked.one).toBeGreaterThan(requests)
  const [budget] = gateway.targetFigures().budgets
  expect(budget).toMatchObject({ provider: 'one', asked: requests, again: (asked.one ?? 0) - requests })
  expect(budget?.refused).toBeGreaterThan(0)
  expect(gateway.targetFigures().targets).toMatchObject([
    { model: 'one/m', breaker: 'open', underWay: 0, answered: 0, failedBy: { 'models.upstream-failed': asked.one } },
  ])
})

test('the task, the length and the language of a request choose its target, and the trace says why', async () => {
  const { url, client, asked, settled } = await openRoute(
    { code: well, german: well, any: well },
    {
      targets: [
        { model: 'any/m', weight: 1 },
        { model: 'code/m', weight: 1, when: { tasks: ['code'] } },
        { model: 'german/m', weight: 1, when: { languages: ['de'], inputTokens: { atMost: 1_000 } } },
      ],
      cache: { ttlMs: 60_000, sharedBy: 'key' },
    },
  )
  const served = async (content: string, metadata?: Record<string, string>) =>
    await client().chat.completions.create({
      ...question,
      messages: [{ role: 'user', content }],
      ...(metadata && { metadata }),
    })
  await served('Is it?')
  await served('Is it?', { task: 'code' })
  await served('Wie lange kann ich etwas zurückgeben, das ich bei Ihnen gekauft habe?')
  expect(asked).toEqual({ any: 1, code: 1, german: 1 })
  expect(settled.map(({ steps }) => steps[0]?.attributes['airworthy.route.reason'])).toEqual([
    'task not named, about 17 tokens, language en: no condition holds',
    'task code, about 23 tokens, language en: its condition holds',
    'task not named, about 33 tokens, language de: its condition holds',
  ])
  expect((await send(url, question)).headers['airworthy-cache']).toBe('hit')
})

test('a long conversation goes on at the target that has read its beginning', async () => {
  const { client, settled } = await openRoute({ one: well, two: well, three: well }, { strategy: 'least-load' })
  const system = { role: 'system' as const, content: 'Be brief and kind. '.repeat(400) }
  const turns = [system, { role: 'user' as const, content: 'Is it?' }]
  await client().chat.completions.create({ model: 'smart', messages: turns })
  const [first] = settled
  for (let n = 0; n < 4; n += 1) {
    turns.push({ role: 'user', content: `And ${n}?` })
    await client().chat.completions.create({ model: 'smart', messages: turns })
  }
  expect(new Set(settled.map(({ servedBy }) => servedBy))).toEqual(new Set([first?.servedBy]))
  expect(settled[1]?.steps[0]?.attributes['airworthy.route.reason']).toMatch(/has read the beginning/)
})

test('a target whose token cannot be had fails before anything was sent, and the next one serves', async () => {
  const noToken = () => Promise.reject(new Failure('unavailable', 'models.token-failed', 'Azure gave no token.'))
  const { client, settled, asked } = await openRoute({ first: well, second: well }, {}, { first: noToken })
  const { data, response } = await client().chat.completions.create(question).withResponse()
  expect(data.choices[0]?.message.content).toBe('Yes.')
  expect([asked, response.headers.get('airworthy-attempts')]).toEqual([{ second: 1 }, '2'])
  expect(settled[0]?.steps.map(({ error }) => error?.code)).toEqual(['models.token-failed', undefined])
})

test('a key whose token cannot be had gives way to the next one of the same target, in the same request', async () => {
  const noToken = () => Promise.reject(new Failure('unavailable', 'models.token-failed', 'Azure gave no token.'))
  const opened = await openRoute({ first: well, second: well }, { retries: 0 }, { machine: noToken }, [
    'machine',
    'spare',
  ])
  const { client, settled, asked } = opened
  const { choices } = await client().chat.completions.create(question)
  expect(choices[0]?.message.content).toBe('Yes.')
  expect(asked).toEqual({ first: 1 })
  expect(settled[0]?.steps.map(({ error, attributes }) => [error?.code, attributes['airworthy.credential']])).toEqual([
    ['models.token-failed', 'machine'],
    [undefined, 'spare'],
  ])
})
