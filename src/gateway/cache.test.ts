/**
 * S1.17c · Answers that are kept: the same bytes for the same question, to nobody else, and never what is not whole.
 * Complaints 12 and 13 of the research: another tenant's answer, and a key that leaves fields out or depends on order.
 */
import http, { type ServerResponse } from 'node:http'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { Instant } from '../kernel/time.ts'
import { createUpstream, forwardTo, type ModelRoute } from '../models/index.ts'
import { createAnswerCache } from './answer-cache.ts'
import { fakeModels } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'

const { open, listen } = listening({ http, afterEach, connect: () => undefined })
const upstream = createUpstream()
afterAll(() => upstream.close())

type Behave = (response: ServerResponse, times: number, stream: boolean) => void
const completion = (times: number, finish = 'stop') =>
  JSON.stringify({
    id: `up-${times}`,
    choices: [{ index: 0, message: { content: `Answer ${times}.` }, finish_reason: finish }],
    usage: { prompt_tokens: 30, completion_tokens: 12 },
  })
const well: Behave = (response, times, stream) => {
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(completion(times))
    return
  }
  const chunk = (delta: object, finish: string | null) =>
    `data: ${JSON.stringify({ id: `up-${times}`, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(`${chunk({ content: `Answer ${times}.` }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
}

async function keeping(behave: Behave = well, cache: ModelRoute['cache'] = { ttlMs: 60_000, sharedBy: 'key' }) {
  let times = 0
  const url = await listen(async (request, response) => {
    let text = ''
    for await (const piece of request) text += piece
    times += 1
    behave(response, times, (JSON.parse(text) as { stream?: boolean }).stream === true)
  })
  const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
    forwardTo(
      upstream,
      { name: 'remote', dialect: 'openai', speaks: ['chat'], baseUrl: url, credential: undefined },
      ask,
      sink,
    )
  const kept: ModelRoute = {
    name: 'kept',
    strategy: 'priority',
    targets: [{ model: 'remote/m', weight: 1 }],
    onDisconnect: 'cancel',
    updatedAt: '2026-03-01T00:00:00.000Z' as Instant,
    cache,
  }
  const routes = { find: (name: string) => (name === 'kept' ? kept : undefined), list: () => [kept] }
  const opened = await open({ models: { ...fakeModels, forward, routes } })
  const ask = async (change: Record<string, unknown> = {}, headers: Record<string, string> = {}) => {
    const body = { model: 'kept', messages: [{ role: 'user', content: 'Where is it?' }], ...change }
    const response = await fetch(`${opened.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer builder', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    return {
      text: await response.text(),
      cache: response.headers.get('airworthy-cache'),
      headers: response.headers,
      status: response.status,
    }
  }
  return { ...opened, ask, times: () => times }
}

test('the same question is answered by the same bytes, for nothing, whole and as a stream', async () => {
  const { ask, times, settled, gateway } = await keeping()
  for (const stream of [false, true]) {
    const first = await ask({ stream })
    const again = await ask({ stream })
    expect([first.cache, again.cache]).toEqual(['miss', 'hit'])
    expect(again.text).toBe(first.text)
    expect(again.headers.get('airworthy-cost-micro-usd')).toBe('0')
    expect(again.headers.get('content-type')).toContain(stream ? 'text/event-stream' : 'application/json')
  }
  expect(times()).toBe(2)
  expect(settled[1]).toMatchObject({
    status: 'complete',
    costMicroUsd: '0',
    servedBy: 'remote/m',
    output: 'Answer 1.',
    steps: [{ kind: 'cache', attributes: { 'airworthy.cache': 'hit', 'airworthy.cache.trace': settled[0]?.traceId } }],
  })
  expect(gateway.cacheFigures()).toMatchObject({ hits: 2, misses: 2, entries: 2 })
})

test('the order of fields does not count, and every field does', async () => {
  const { ask, times } = await keeping()
  await ask({ temperature: 0, seed: 1 })
  expect((await ask({ seed: 1, temperature: 0 })).cache).toBe('hit')
  const others = [
    { seed: 2, temperature: 0 },
    { seed: 1 },
    { seed: 1, temperature: 0, top_p: 1 },
    { anything: { a: 1 } },
  ]
  for (const other of others) expect((await ask(other)).cache).toBe('miss')
  expect(times()).toBe(5)
})

test('another key and another user are asked anew; an organisation may share among its keys, never among users', async () => {
  const apart = await keeping()
  await apart.ask({ user: 'ada' })
  expect((await apart.ask({ user: 'bob' })).cache).toBe('miss')
  expect((await apart.ask({ user: 'ada' }, { 'airworthy-subject': 'x' })).cache).toBe('hit')
  expect((await apart.ask({}, { 'airworthy-subject': 'x' })).cache).toBe('miss')
  const other = { authorization: 'Bearer other' }
  expect((await apart.ask({ user: 'ada' }, other)).cache).toBe('miss')
  const shared = await keeping(well, { ttlMs: 60_000, sharedBy: 'organisation' })
  await shared.ask({ user: 'ada' })
  expect((await shared.ask({ user: 'ada' }, other)).cache).toBe('hit')
  expect((await shared.ask({ user: 'bob' }, other)).cache).toBe('miss')
  expect((await shared.ask({ user: 'ada' }, { authorization: 'Bearer foreign' })).cache).toBe('miss')
})

test.each<[string, Behave, Record<string, unknown>]>([
  [
    'an error',
    (response) =>
      void response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}'),
    {},
  ],
  [
    'a call of a tool',
    (response, times) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(completion(times, 'tool_calls')),
    {},
  ],
  [
    'a stream that broke off',
    (response) =>
      void response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('data: {"choices":[{"delta":{"content":"It"}}]}\n\n', () => response.destroy()),
    { stream: true },
  ],
  ['a request that the provider keeps', well, { store: true }],
  ['tools that the provider runs', well, { tools: [{ type: 'web_search' }] }],
])('%s is not kept', async (_name, behave, change) => {
  const { ask, times } = await keeping(behave)
  await ask(change).catch(() => undefined)
  await ask(change).catch(() => undefined)
  expect(times()).toBe(2)
})

test('a client may ask anew', async () => {
  const { ask, times } = await keeping()
  await ask()
  expect((await ask({}, { 'cache-control': 'no-cache' })).cache).toBeNull()
  expect(times()).toBe(2)
})

test('who asks the same at the same time waits for one answer, and asks itself when there is none', async () => {
  let fails = true
  const slow: Behave = (response, times, stream) => {
    setTimeout(
      () => (fails ? response.writeHead(400).end('{"error":{"message":"no"}}') : well(response, times, stream)),
      60,
    )
  }
  const { ask, times } = await keeping(slow)
  const refused = await Promise.all([ask(), ask(), ask()])
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400])
  expect(times()).toBe(3)
  fails = false
  const answers = await Promise.all([ask(), ask(), ask()])
  expect(times()).toBe(4)
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers.map(({ cache }) => cache).sort()).toEqual(['miss', 'shared', 'shared'])
})

test('it forgets what is old, and the longest unused when it is full', () => {
  let now = 0
  const cache = createAnswerCache({ nowMs: () => now, mostBytes: 3 * 2024 })
  const facts = {} as never
  const keep = (key: string) => cache.keep(key, { bytes: Buffer.alloc(1000), facts, untilMs: 100 })
  for (const key of ['a', 'b', 'c']) keep(key)
  expect(cache.find('a')).toBeDefined()
  keep('d')
  expect(['a', 'b', 'c', 'd'].map((key) => cache.find(key) !== undefined)).toEqual([true, false, true, true])
  now = 100
  expect(cache.find('a')).toBeUndefined()
  expect(cache.figures().bytes).toBe(2 * 2024)
})
