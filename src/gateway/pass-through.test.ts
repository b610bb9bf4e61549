import http, { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import OpenAI from 'openai'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createUpstream, estimateUsage, forwardTo } from '../models/index.ts'
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

/** A gateway in front of an upstream that behaves as told, with what the upstream saw. */
async function openBefore(behave: (response: ServerResponse, request: IncomingMessage) => void) {
  const seen: string[] = []
  const upstream: RequestListener = async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push(body)
    behave(response, request)
  }
  const url = await listen(upstream)
  const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
    forwardTo(
      provider,
      { name: 'remote', dialect: 'openai', speaks: ['chat'], baseUrl: url, credential: undefined },
      ask,
      sink,
    )
  return { ...(await open({ models: { ...fakeModels, forward } })), seen }
}
const usage = { prompt_tokens: 30, completion_tokens: 12, total_tokens: 42 }
const completion = (text: string) =>
  JSON.stringify(
    {
      id: 'up-1',
      model: 'gpt-2026',
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage,
    },
    null,
    1,
  )
const sendJson =
  (status: number, body: string, headers = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const piece = (content: string, finish: string | null = null) =>
  event({
    id: 'up-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: finish }],
  })
const sse = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })
const question = { model: 'remote/gpt', messages: [{ role: 'user' as const, content: 'Where is my order?' }] }

test('bytes go up unchanged but for the model and come back unchanged; usage and cost are read from them', async () => {
  const answer = completion('It left on Monday. ✓')
  const { url, seen, settled, reserved } = await openBefore(
    sendJson(200, answer, { 'x-ratelimit-remaining': '7', 'set-cookie': 'a=b' }),
  )
  const body =
    '{ "seed":1.50, "model" : "remote/gpt","messages":[{"role":"user","content":"h\\u00e9"}], "x":{"model":"mine"}}'
  const { text, headers } = await send(url, body)
  expect(seen).toEqual([body.replace('"remote/gpt"', '"gpt"')])
  expect(text).toBe(answer)
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(answer)),
    'airworthy-cost-micro-usd': '42',
    'airworthy-attempts': '1',
    'x-ratelimit-remaining': '7',
  })
  expect(headers).not.toHaveProperty('set-cookie')
  expect(settled).toMatchObject([
    {
      status: 'complete',
      application: null,
      servedBy: 'remote/gpt',
      provider: 'remote',
      responseId: 'up-1',
      finishReason: 'stop',
      input: [{ role: 'user', content: 'hé' }],
      output: 'It left on Monday. ✓',
      usage: { inputTokens: 30, outputTokens: 12, estimated: false },
      costMicroUsd: '42',
    },
  ])
  expect(reserved).toMatchObject([{ ask: { application: null, key: 'key_1' }, actual: ['42'] }])
})

test('a stream comes back byte by byte as it was, with its cost in a trailer', async () => {
  const text = `: hello\n\n${piece('')}${piece('It left ')}${piece('on Monday.', 'stop')}${event({ choices: [], usage })}data: [DONE]\n\n`
  const { url, settled, client } = await openBefore((response) => {
    sse(response)
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += 50) response.write(bytes.subarray(at, at + 50))
    response.end()
  })
  const answer = await send(url, { ...question, stream: true })
  expect(answer.text).toBe(text)
  expect(answer.trailers).toEqual({ 'airworthy-cost-micro-usd': '42' })
  const stream = await client().chat.completions.create({ ...question, stream: true })
  let said = ''
  for await (const chunk of stream) said += chunk.choices[0]?.delta.content ?? ''
  expect(said).toBe('It left on Monday.')
  expect(settled).toMatchObject([
    { status: 'complete', stream: true, output: said, usage: { estimated: false }, finishReason: 'stop' },
    { status: 'complete' },
  ])
})

test('an upstream that dies in the middle ends with an error event, never a clean end', async () => {
  const { url, settled, client } = await openBefore((response) => {
    sse(response).write(piece('It left '))
    setTimeout(() => response.destroy(), 20)
  })
  const { text } = await send(url, { ...question, stream: true })
  expect(text).toContain(piece('It left '))
  expect(text).toMatch(
    /data: \{"error":\{"message":"[^"]+","type":"api_error","code":"models.stream-cut","param":null\}\}\n\n$/,
  )
  expect(text).not.toContain('[DONE]')
  const read = async () => {
    for await (const _ of await client().chat.completions.create({ ...question, stream: true }));
  }
  await expect(read()).rejects.toThrow(/broke its answer off/)
  expect(settled).toMatchObject([
    {
      status: 'errored',
      httpStatus: 502,
      errorCode: 'models.stream-cut',
      output: 'It left ',
      usage: { estimated: true },
    },
    { status: 'errored' },
  ])
  expect(Number(settled[0]?.costMicroUsd)).toBeGreaterThan(0)
})

test.for([
  [
    'closes its stream without saying that it is done',
    (response: ServerResponse) => sse(response).end(piece('It left ')),
    200,
  ],
  [
    'dies before the first piece',
    (response: ServerResponse) => {
      sse(response).write(piece(''))
      setTimeout(() => response.destroy(), 10)
    },
    502,
  ],
  ['dies before its head', (response: ServerResponse) => response.destroy(), 502],
] as const)('an upstream that %s is an error', async ([, behave, status]) => {
  const { url, settled } = await openBefore(behave)
  const answer = await send(url, { ...question, stream: true })
  expect(answer.status).toBe(status)
  expect(answer.text).toMatch(/"code":"models\.(stream-cut|upstream-unreachable)"/)
  expect(answer.text).not.toContain('[DONE]')
  expect(settled).toMatchObject([{ status: 'errored', httpStatus: 502 }])
})

test('a stream without [DONE] that gave its reason to stop is whole', async () => {
  const text = piece('It left.', 'stop') + event({ choices: [], usage })
  const { url, settled } = await openBefore((response) => sse(response).end(text))
  expect((await send(url, { ...question, stream: true })).text).toBe(text)
  expect(settled).toMatchObject([{ status: 'complete', usage: { inputTokens: 30 } }])
})

/** The tables of the tokeniser are loaded by the first that asks. */
const COUNT_MS = 20_000
const LEFT = `It left ${' '.repeat(200)}`

test('a client that hangs up closes the upstream at once, and what was seen is counted', async () => {
  let closed = 0
  const { url, settled, gateway } = await openBefore((response) => {
    response.once('close', () => {
      closed = performance.now()
    })
    sse(response).write(piece(LEFT))
  })
  const asked = send(url, { ...question, stream: true })
  await expect.poll(() => gateway.inFlight()).toBe(1)
  await new Promise((done) => setTimeout(done, 50))
  const before = performance.now()
  asked.abandon()
  await expect.poll(() => closed).toBeGreaterThan(0)
  expect(closed - before).toBeLessThan(200)
  await expect.poll(() => settled.length, { timeout: COUNT_MS }).toBe(1)
  // By the tokeniser, and not by bytes, of which four to a token would be far too many here.
  const counted = await estimateUsage(question.messages, LEFT)
  expect(counted.outputTokens).toBeLessThan(LEFT.length / 8)
  expect(settled).toMatchObject([
    { status: 'cancelled', httpStatus: 499, errorCode: 'gateway.cancelled', output: LEFT, usage: counted },
  ])
  expect(gateway.inFlight()).toBe(0)
})

test.for([
  [400, 400, 'models.upstream-refused', '{"error":{"message":"too long","code":"context_length_exceeded"}}'],
  [429, 429, 'models.upstream-limited', '{"error":{"message":"slow down"}}'],
  [500, 500, 'models.upstream-failed', 'oops'],
] as const)('an answer of %s comes back as it is', async ([given, status, code, body]) => {
  const { url, settled } = await openBefore(sendJson(given, body, { 'retry-after': '3' }))
  const answer = await send(url, question)
  expect(answer).toMatchObject({ status, text: body, headers: { 'retry-after': '3' } })
  expect(settled).toMatchObject([{ status: 'errored', httpStatus: status, errorCode: code, costMicroUsd: '0' }])
})

test('a provider that refuses our key is our fault, and its words stay with us', async () => {
  const { url, settled } = await openBefore(sendJson(401, '{"error":{"message":"bad key sk-secret"}}'))
  const answer = await send(url, question)
  expect(answer.status).toBe(502)
  expect(answer.text).toContain('models.upstream-refused-key')
  expect(answer.text).not.toContain('sk-secret')
  expect(settled).toMatchObject([{ errorCode: 'models.upstream-refused-key', httpStatus: 502 }])
})

test('a large answer flows through, and its cost comes in a trailer', async () => {
  const large = completion('x'.repeat(3_000_000))
  const { url, settled } = await openBefore(sendJson(200, large))
  const answer = await send(url, question)
  expect(answer.text).toBe(large)
  expect(answer.trailers).toEqual({ 'airworthy-cost-micro-usd': '42' })
  expect(settled).toMatchObject([{ status: 'complete', usage: { inputTokens: 30, estimated: false } }])
})

test('an error event inside a stream is handed on and counts as an error', async () => {
  const text = [piece('It '), event({ error: { message: 'overloaded' } })]
  const { url, settled } = await openBefore((response) => {
    sse(response).write(text[0])
    setTimeout(() => response.end(text[1]), 50)
  })
  expect((await send(url, { ...question, stream: true })).text).toBe(text.join(''))
  expect(settled).toMatchObject([{ status: 'errored', errorCode: 'models.upstream-failed' }])
})
