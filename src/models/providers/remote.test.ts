import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { Secret } from '../../kernel/secret.ts'
import type { Asked } from '../answered.ts'
import { createUpstream } from '../upstream.ts'
import { createRemote } from './remote.ts'

type Act = (response: ServerResponse, request: IncomingMessage, body: string) => void
let act: Act = () => {}
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => act(response, request, body))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
const upstream = createUpstream()
afterAll(async () => {
  await upstream.close()
  server.closeAllConnections()
  server.close()
})

const KEY = 'sk-very-secret-0123456789'
const provider = createRemote({
  upstream,
  endpointOf: () => ({
    endpoint: {
      name: 'acme',
      dialect: 'openai',
      speaks: ['chat'],
      baseUrl,
      credential: new Secret(KEY),
      timeouts: { headersMs: 300, idleMs: 300, totalMs: 5_000 },
    },
  }),
})
const asked = (signal: AbortSignal = new AbortController().signal): Asked => ({
  model: 'acme/m',
  rest: 'm',
  messages: [{ role: 'user', content: 'Hello' }],
  parameters: { temperature: 0 },
  conversation: [],
  signal,
})
const collect = async (signal?: AbortSignal) => {
  let text = ''
  for await (const delta of provider.stream(asked(signal))) {
    if (delta.kind === 'end') return { text, answered: delta.answered }
    text += delta.text
  }
  throw new Error('no end')
}
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
const piece = (content: string, finish: string | null = null) =>
  event({ model: 'm-2024-08-06', choices: [{ index: 0, delta: { content }, finish_reason: finish }] })
const USAGE = event({
  choices: [],
  usage: { prompt_tokens: 12, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } },
})
const STREAM = Buffer.from(`: hi\n\n${piece('Grüße')}${piece(', 😀')}${piece('', 'stop')}${USAGE}data: [DONE]\n\n`)
const head = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' })

test('sends the prompt, the parameters and the key, and reads text, usage and reason', async () => {
  act = (response, request, body) => {
    expect(request.url).toBe('/v1/chat/completions')
    expect(request.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(JSON.parse(body)).toEqual({ temperature: 0, model: 'm', messages: [{ role: 'user', content: 'Hello' }] })
    response.end(
      JSON.stringify({
        model: 'm-2024-08-06',
        choices: [{ message: { content: 'Hi.' }, finish_reason: 'length' }],
        usage: { prompt_tokens: 9, completion_tokens: 2 },
      }),
    )
  }
  expect(await provider.complete(asked())).toEqual({
    text: 'Hi.',
    finishReason: 'length',
    usage: {
      inputTokens: 9,
      outputTokens: 2,
      estimated: false,
      raw: { prompt_tokens: 9, completion_tokens: 2 },
    },
    servedBy: 'acme/m',
    responseModel: 'm-2024-08-06',
    citations: [],
    pricedAs: 'acme/m',
  })
})

test('says what the answer must fit, unless a parameter says it in words of its own', async () => {
  const bodies: Record<string, unknown>[] = []
  act = (response, _, body) => {
    bodies.push(JSON.parse(body))
    response.end('{"choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]}')
  }
  const answerSchema = { name: 'answer', schema: { type: 'object', properties: { ok: { type: 'boolean' } } } }
  await provider.complete({ ...asked(), answerSchema })
  await provider.complete({ ...asked(), answerSchema, parameters: { response_format: { type: 'text' } } })
  expect(bodies.map((body) => body.response_format)).toEqual([
    { type: 'json_schema', json_schema: answerSchema },
    { type: 'text' },
  ])
})

test('reads the same stream wherever its bytes are cut', async () => {
  const seen = new Set<string>()
  for (let cut = 1; cut < STREAM.length; cut++) {
    act = (response) => {
      head(response)
      response.write(STREAM.subarray(0, cut))
      setImmediate(() => response.end(STREAM.subarray(cut)))
    }
    seen.add(JSON.stringify(await collect()))
  }
  expect([...seen].map((text) => JSON.parse(text))).toEqual([
    {
      text: 'Grüße, 😀',
      answered: {
        text: 'Grüße, 😀',
        finishReason: 'stop',
        usage: {
          inputTokens: 12,
          outputTokens: 3,
          estimated: false,
          cacheReadTokens: 4,
          raw: { prompt_tokens: 12, completion_tokens: 3, 'prompt_tokens_details.cached_tokens': 4 },
        },
        servedBy: 'acme/m',
        responseModel: 'm-2024-08-06',
        citations: [],
        pricedAs: 'acme/m',
      },
    },
  ])
})

test('counts the tokens itself and says so when the provider tells none', async () => {
  act = (response) => head(response).end(`${piece('Hi', 'stop')}data: [DONE]\n\n`)
  expect((await collect()).answered.usage).toMatchObject({ estimated: true, outputTokens: 1 })
})

const json =
  (status: number, body: string, headers = {}): Act =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
const cut: Act = (response) => {
  head(response).write(piece('Half an ans'))
  setTimeout(() => response.destroy(), 20)
}
const ended: Act = (response) => void head(response).end(piece('Half an ans'))
const hang: Act = (response) => void head(response).write(piece('Half an ans'))
const silent: Act = () => {}

test.for<[string, Act, string, string, RegExp]>([
  [
    '401',
    json(401, `{"error":{"message":"Incorrect API key provided: ${KEY}"}}`),
    'unavailable',
    'models.upstream-refused-key',
    /PUT \/api\/v1\/providers\/acme/,
  ],
  [
    '404',
    json(404, '{"error":{"message":"The model m does not exist"}}'),
    'invalid',
    'models.upstream-unknown-model',
    /does not exist/,
  ],
  [
    '429',
    json(429, '{"error":"slow down"}', { 'retry-after': '7' }),
    'limited',
    'models.upstream-limited',
    /slow down/,
  ],
  ['400', json(400, '{"detail":"temperature is too high"}'), 'invalid', 'models.upstream-refused', /temperature/],
  ['500 as HTML', json(500, '<html>oops</html>'), 'unavailable', 'models.upstream-failed', /oops/],
  ['503 and nothing', json(503, ''), 'unavailable', 'models.upstream-failed', /no reason/],
  [
    'an error inside the stream',
    (response) => void head(response).end(event({ error: { message: 'overloaded' } })),
    'unavailable',
    'models.upstream-failed',
    /overloaded/,
  ],
  ['no JSON', json(200, 'data: hello\n\n'), 'unavailable', 'models.upstream-unreadable', /\/v1/],
  ['a connection that breaks', cut, 'unavailable', 'models.stream-cut', /broke off/],
  ['a stream that ends early', ended, 'unavailable', 'models.stream-cut', /after 11 characters/],
  ['a stream that hangs', hang, 'unavailable', 'models.upstream-timeout', /idle/],
  ['a server that says nothing', silent, 'unavailable', 'models.upstream-timeout', /headers/],
])('%s becomes one clear failure without the key', async ([, fault, kind, code, message]) => {
  act = fault
  const thrown = await collect().catch((error) => error)
  expect(thrown).toMatchObject({ kind, code })
  expect(thrown.message).toMatch(message)
  expect(JSON.stringify([thrown.message, thrown.facts])).not.toContain(KEY)
  if (code === 'models.upstream-limited') expect(thrown.facts).toMatchObject({ retryAfterMs: 7000 })
})

test('a server that is not there is named', async () => {
  const nobody = createRemote({
    upstream,
    endpointOf: () => ({
      endpoint: {
        name: 'nobody',
        dialect: 'openai',
        speaks: ['chat'],
        baseUrl: 'http://127.0.0.1:1/v1',
        credential: undefined,
      },
    }),
  })
  await expect(nobody.complete(asked())).rejects.toMatchObject({
    code: 'models.upstream-unreachable',
    message: expect.stringContaining('127.0.0.1:1'),
  })
})

test('an abort ends the wait and the connection at once', async () => {
  const stop = new AbortController()
  let isClosed = false
  act = (response) => {
    response.on('close', () => {
      isClosed = true
    })
    hang(response, response.req, '')
    setTimeout(() => stop.abort(new Error('the client hung up')), 30)
  }
  await expect(collect(stop.signal)).rejects.toThrow('the client hung up')
  await expect.poll(() => isClosed).toBe(true)
})

test('the whole time is capped even while words keep coming', async () => {
  act = (response) => {
    head(response)
    const timer = setInterval(() => response.write(piece('a ')), 20)
    response.on('close', () => clearInterval(timer))
  }
  const capped = createRemote({
    upstream,
    endpointOf: () => ({
      endpoint: {
        name: 'acme',
        dialect: 'openai',
        speaks: ['chat'],
        baseUrl,
        credential: undefined,
        timeouts: { totalMs: 150 },
      },
    }),
  })
  const drain = async () => {
    for await (const _ of capped.stream(asked()));
  }
  await expect(drain()).rejects.toMatchObject({ code: 'models.upstream-timeout', facts: { phase: 'total' } })
})
