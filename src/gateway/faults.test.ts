/**
 * S0.P6d · What a client sees when a provider fails: the sixteen public scenarios (S01 to S16), and more, in every
 * dialect that clients speak, and across dialects. `docs/gateway-faults.md` is the table for people.
 */
import http from 'node:http'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import {
  type Answer,
  chatOutbound,
  createSseReader,
  messagesOutbound,
  type Outbound,
  reduce,
  responsesOutbound,
  textOf,
} from '../dialects/index.ts'
import { Secret } from '../kernel/secret.ts'
import { createUpstream, type ModelRoute } from '../models/index.ts'
import {
  type Behave,
  body,
  brokenEvent,
  cutInside,
  first,
  flood,
  inBytes,
  late,
  mistyped,
  after as pieces,
  reset,
  resetAfterHead,
  saying,
  sayingBack,
  silent,
  status,
  streamError,
  well,
  withoutEnd,
} from './fault-provider.example.ts'
import { routing } from './fault-route.example.ts'
import { TONGUES, WHOLE } from './fault-tongue.example.ts'

const upstream = createUpstream()
afterAll(() => upstream.close())

type Client = { call: 'chat' | 'messages' | 'responses'; path: string; outbound: Outbound }
const chat: Client = { call: 'chat', path: '/v1/chat/completions', outbound: chatOutbound }
const messages: Client = { call: 'messages', path: '/v1/messages', outbound: messagesOutbound }
const responses: Client = { call: 'responses', path: '/v1/responses', outbound: responsesOutbound }
const PAIRS = [
  ['chat completions that pass', chat, TONGUES.chat],
  ['messages that pass', messages, TONGUES.messages],
  ['responses that pass', responses, TONGUES.responses],
  ['chat completions from messages', chat, TONGUES.messages],
  ['messages from chat completions', messages, TONGUES.chat],
  ['responses from messages', responses, TONGUES.messages],
  ['chat completions from generateContent', chat, TONGUES.gemini],
  ['messages from generateContent', messages, TONGUES.gemini],
  ['responses from generateContent', responses, TONGUES.gemini],
  ['chat completions from Converse', chat, TONGUES.converse],
  ['messages from Converse', messages, TONGUES.converse],
  ['responses from Converse', responses, TONGUES.converse],
  ['chat completions from Cohere', chat, TONGUES.cohere],
  ['messages from Cohere', messages, TONGUES.cohere],
  ['responses from Cohere', responses, TONGUES.cohere],
] as const

const SAID_BACK = 'models.key-said-back'
const KEY = 'sk-planted-5f1d0c7e9a2b4d6f8e0a1c3b5d7f9e2a'

/** Every client and every provider at least once, for what takes long. */
const SOME = [PAIRS[0], PAIRS[1], PAIRS[2], PAIRS[3], PAIRS[7], PAIRS[11], PAIRS[12]] as const

/** What the client reads, strictly: every event must parse, and the end must be told. */
type Seen = { status: number; headers: Headers; answer: Answer | undefined; error: string | undefined; text: string }

const questionOf = ({ call }: Client, stream: boolean) => ({
  model: 'smart',
  ...(call === 'responses' ? { input: 'Hello' } : { messages: [{ role: 'user', content: 'Hello' }], max_tokens: 100 }),
  stream,
})

async function ask(url: string, client: Client, stream: boolean, headers: Record<string, string> = {}): Promise<Seen> {
  const response = await fetch(url + client.path, {
    method: 'POST',
    headers: { authorization: 'Bearer builder', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(questionOf(client, stream)),
  })
  const text = await response.text()
  const seen = { status: response.status, headers: response.headers, text }
  if (!response.ok) return { ...seen, answer: undefined, error: codeIn(JSON.parse(text)) }
  if (!String(response.headers.get('content-type')).startsWith('text/event-stream')) {
    return { ...seen, answer: client.outbound.readAnswer(JSON.parse(text)), error: undefined }
  }
  const reader = client.outbound.createReader()
  const sse = createSseReader()
  const all = [...sse.push(Buffer.from(text)), ...sse.end()]
  const answer = reduce([...all.flatMap((data) => reader.push(data)), ...reader.end()])
  return { ...seen, answer, error: answer.error?.code }
}

const codeIn = (value: { error?: { code?: string } }): string | undefined => value.error?.code

const isWhole = ({ answer }: Seen): boolean =>
  answer?.isWhole === true && answer.error === null && textOf(answer) === WHOLE

// Half of the time each of them waits for the other side.
describe.concurrent.each(PAIRS)('%s', (_, client, provider) => {
  const route = routing(upstream, afterAll)

  test.each<[string, Behave, Partial<ModelRoute>]>([
    ['S01 a limit with Retry-After', status(429, { 'retry-after': '30' }), {}],
    ['S01 a limit with a date', status(429, { 'retry-after': new Date(Date.now() + 30_000).toUTCString() }), {}],
    ['S01 a limit in milliseconds', status(429, { 'retry-after-ms': '30000' }), {}],
    ['S02 a limit for ever', status(429), {}],
    ['S04 503 for ever', status(503), {}],
    ['529, overloaded', status(529), {}],
    ['S05 a reset before the head', reset, {}],
    ['a reset between the head and the first piece', resetAfterHead, {}],
    ['an error event first', streamError(0), {}],
    ['a body that is empty', body(''), {}],
    ['JSON that is cut', body('{"id":"up-1","choices":[{"mess'), {}],
    ['a page instead of an answer', body('<html>gateway</html>', 'text/html'), {}],
    ['an error that says it is well', body('{"error":{"message":"no","code":"x"}}'), {}],
    ['a redirect', status(307, { location: 'https://elsewhere.test/' }), {}],
    ['a key that is not taken', status(401), {}],
    ['a model that is not there', status(404), {}],
  ])('%s: the backup answers, and the primary was asked once', async (_name, primary, change) => {
    for (const stream of [true, false]) {
      const { url, asked, settled } = await route(provider, { primary, backup: well }, change)
      const seen = await ask(url, client, stream)
      expect(isWhole(seen), seen.text).toBe(true)
      expect(asked).toEqual({ primary: 1, backup: 1 })
      expect(seen.headers.get('airworthy-attempts')).toBe('2')
      // S16: the answer names who answered, and counts its tokens.
      expect(settled).toMatchObject([
        { status: 'complete', servedBy: 'backup/m', usage: { inputTokens: 20, outputTokens: 60, estimated: false } },
      ])
    }
  })

  test.each<[string, Behave]>([
    ['S03 500 once', first(1, status(500))],
    ['S05 a reset before the head, once', first(1, reset)],
    ['S01 a limit that asks for a moment', first(1, status(429, { 'retry-after-ms': '60' }))],
  ])('%s: the same model is asked once more and answers', async (_name, primary) => {
    const { url, asked } = await route(provider, { primary }, { retries: 1 })
    const seen = await ask(url, client, true)
    expect(isWhole(seen), seen.text).toBe(true)
    expect(asked).toEqual({ primary: 2 })
  })

  test.each<[string, Behave, Partial<ModelRoute>, string]>([
    ['S08 a stream cut after 40 pieces', pieces(40, (response) => response.destroy()), {}, 'models.stream-cut'],
    ['S08 a stream cut inside an event', cutInside, {}, 'models.stream-cut'],
    ['S09 a stream that falls silent', pieces(20, () => {}), { timeouts: { idleMs: 150 } }, 'models.upstream-timeout'],
    ['S10 an event that is no JSON', brokenEvent, {}, 'models.upstream-unreadable'],
    ['an error event in the middle', streamError(20), {}, 'models.upstream-failed'],
    ['an end that is clean and too early', pieces(40, (response) => void response.end()), {}, 'models.stream-cut'],
  ])('%s: the client reads an error and no end', async (_name, primary, change, code) => {
    const { url, asked, settled } = await route(provider, { primary, backup: well }, change)
    const seen = await ask(url, client, true)
    expect(seen.answer?.isWhole === true && seen.answer.error === null).toBe(false)
    expect(seen.error ?? seen.answer?.error?.code, seen.text.slice(-300)).toBeDefined()
    expect(settled).toHaveLength(1)
    expect(settled[0]).toMatchObject({ status: 'errored', errorCode: code })
    // What was read was paid for.
    expect(settled[0]?.usage.outputTokens).toBeGreaterThanOrEqual(0)
    expect(asked.backup ?? 0).toBe(0)
  })

  test('our key in an answer: the backup answers, and where nobody else does the client is told without it', async () => {
    for (const stream of [true, false]) {
      const primary = sayingBack(KEY, 0)
      const { url, asked, settled } = await route(provider, { primary, backup: well }, {}, new Secret(KEY))
      const seen = await ask(url, client, stream)
      expect(isWhole(seen), seen.text).toBe(true)
      expect(asked).toEqual({ primary: 1, backup: 1 })
      const alone = await route(provider, { primary }, {}, new Secret(KEY))
      const refused = await ask(alone.url, client, stream)
      expect(refused).toMatchObject({ status: 502, error: 'models.key-said-back' })
      expect(alone.asked).toEqual({ primary: 1 })
      expect(alone.settled).toMatchObject([{ status: 'errored', errorCode: 'models.key-said-back', output: '' }])
      expect(JSON.stringify([seen.text, settled, refused.text, alone.settled])).not.toContain(KEY.slice(0, 20))
    }
  })

  test('our key in the middle of a stream: the client reads an error and no end, and nobody keeps any of it', async () => {
    const primary = sayingBack(KEY, 40)
    const { url, asked, settled } = await route(provider, { primary, backup: well }, {}, new Secret(KEY))
    const seen = await ask(url, client, true)
    expect(seen.text).toContain('word39')
    expect(seen.answer?.isWhole === true && seen.answer.error === null).toBe(false)
    expect(seen.error ?? seen.answer?.error?.code).toBeDefined()
    expect(settled).toMatchObject([{ status: 'errored', errorCode: 'models.key-said-back' }])
    expect(settled[0]?.output).toContain('word39')
    expect(JSON.stringify([seen.text, settled])).not.toContain(KEY.slice(0, 20))
    expect(asked.backup ?? 0).toBe(0)
  })

  test('our key word by word: no event holds it, and the record of the answer does not either', async () => {
    const words = [...KEY].map((letter) => letter)
    const { url, settled } = await route(provider, { primary: flood(words, () => {}) }, {}, new Secret(KEY))
    expect((await ask(url, client, true)).status).toBe(200)
    // Responses say all of it once more in their last event, which is refused.
    expect(settled).toMatchObject([
      { output: '[secret]', errorCode: provider === TONGUES.responses ? SAID_BACK : null },
    ])
  })

  test('S11 a whole stream without its last word', async () => {
    const { url, settled } = await route(provider, { primary: withoutEnd(1) })
    const seen = await ask(url, client, true)
    // Where the reason why it stopped stands in an event before the last, that is enough.
    const isEnough = provider.endsByReason
    expect(isWhole(seen)).toBe(isEnough)
    expect(settled).toMatchObject([{ status: isEnough ? 'complete' : 'errored' }])
    if (!isEnough) expect(seen.error).toBeDefined()
  })

  test('S12 and S13: what speaks against the request is passed on, and asked nowhere else', async () => {
    for (const said of ['maximum context length is 8192 tokens', 'rejected by the content filter']) {
      const { url, asked } = await route(provider, { primary: status(400, {}, said), backup: well })
      const seen = await ask(url, client, true)
      expect(seen.status).toBe(400)
      expect(seen.text).toContain(said)
      expect(asked).toEqual({ primary: 1 })
    }
  })

  test('S02 and S15: a target that failed three times rests, is probed once, and comes back', async () => {
    let isDown = true
    const flaky: Behave = (asked) => (isDown ? status(503) : well)(asked)
    const { url, asked } = await route(provider, { primary: flaky, backup: well })
    for (let n = 0; n < 8; n += 1) expect(isWhole(await ask(url, client, true))).toBe(true)
    expect(asked).toEqual({ primary: 3, backup: 8 })
    isDown = false
  })

  test('a stream under another content type is a stream all the same', async () => {
    const { url } = await route(provider, { primary: mistyped })
    expect(isWhole(await ask(url, client, true))).toBe(true)
  })

  test('a client that hangs up stops the provider, and what it read is settled', async ({ expect }) => {
    let closed: () => void = () => {}
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const { url, settled } = await route(provider, {
      primary: pieces(20, (response) => response.once('close', closed)),
    })
    const stop = new AbortController()
    const response = await fetch(url + client.path, {
      method: 'POST',
      headers: { authorization: 'Bearer builder', 'content-type': 'application/json' },
      body: JSON.stringify(questionOf(client, true)),
      signal: stop.signal,
    })
    const reader = response.body?.getReader()
    await reader?.read()
    stop.abort()
    await gone
    // The tables of the tokeniser are loaded by the first that asks.
    await expect.poll(() => settled.length, { timeout: 20_000 }).toBe(1)
    expect(settled[0]).toMatchObject({ status: 'cancelled', httpStatus: 499 })
    expect(settled[0]?.usage).toMatchObject({ estimated: true })
    expect(settled[0]?.usage.outputTokens).toBeGreaterThan(0)
  })
})

test.each(PAIRS.slice(0, 3))(
  '%s: what only begins like our key comes back byte for byte',
  async (_, client, provider) => {
    const words = Array.from({ length: 40 }, (_, n) => `${KEY.slice(0, n)} ${KEY.slice(0, -1)}-${KEY.slice(n + 1)} `)
    const bytes = Buffer.concat(provider.events('primary', words))
    const { url } = await route(provider, { primary: inBytes(bytes) }, {}, new Secret(KEY))
    const seen = await ask(url, client, true)
    expect(seen.text).toBe(bytes.toString())
  },
)

/** Two seconds are long enough for a healthy target of a busy machine; they are waited for together. */
describe.concurrent('a primary that keeps silent', () => {
  const route = routing(upstream, afterAll)

  test.each([
    ['S06 no answer at all', silent],
    ['S07 a first piece that is late', late(20_000)],
  ] as const)('%s: the backup answers in all dialects, and the primary was asked once', async (_, primary) => {
    const timeouts = { firstTokenMs: 2_000 }
    const one = async ([name, client, provider]: (typeof SOME)[number]) => {
      const { url, asked } = await route(provider, { primary, backup: well }, { timeouts })
      const seen = await ask(url, client, true)
      expect(isWhole(seen), `${name}: ${seen.text}`).toBe(true)
      expect(asked, name).toEqual({ primary: 1, backup: 1 })
    }
    await Promise.all(SOME.map(one))
  })
})

const route = routing(upstream, afterEach)

test.each([PAIRS[0], PAIRS[1], PAIRS[3], PAIRS[11]] as const)(
  'a slow reader, %s: the provider waits for it, and the answer comes whole',
  async (_, client, provider) => {
    // Sixteen megabytes are more than all the connections between hold.
    const words = Array.from({ length: 2_000 }, (_, n) => `${n} `.padEnd(8_000, 'x'))
    let pieces = 0
    const sent = (count: number) => {
      pieces = count
    }
    const { url, settled } = await route(provider, { primary: flood(words, sent) })
    const answered = await new Promise<http.IncomingMessage>((resolve) => {
      const headers = { authorization: 'Bearer builder', 'content-type': 'application/json' }
      const request = http.request(url + client.path, { method: 'POST', headers }, resolve)
      request.end(JSON.stringify(questionOf(client, true)))
    })
    let before = -1
    await expect
      .poll(
        () => {
          const isStill = pieces === before
          before = pieces
          return isStill
        },
        { interval: 300, timeout: 20_000 },
      )
      .toBe(true)
    expect(pieces).toBeLessThan(words.length)
    expect(settled).toHaveLength(0)
    let bytes = 0
    for await (const piece of answered) bytes += (piece as Buffer).length
    expect(bytes).toBeGreaterThan(16_000_000)
    expect(settled).toMatchObject([{ status: 'complete' }])
  },
)

test.each([PAIRS[0], PAIRS[1], PAIRS[2], PAIRS[3], PAIRS[10]] as const)(
  'an answer of 64 MB, %s, is passed on, or refused with a sentence',
  async (_, client, provider) => {
    const text = 'x'.repeat(64 * 1024 * 1024)
    const { url, settled } = await route(provider, { primary: saying(text) })
    const seen = await ask(url, client, false)
    if (provider.spoken.speaks.includes(client.call))
      expect(seen.answer && textOf(seen.answer).length).toBe(text.length)
    else expect(seen).toMatchObject({ status: 502, error: 'models.upstream-unreadable' })
    expect(settled).toHaveLength(1)
  },
)
