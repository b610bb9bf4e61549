/**
 * S1.9.1a, S1.9.1b, S0.P5e · What a release may call while it answers: in every dialect of a model, whole and as a
 * stream, by itself or by way of whoever asks; and every way in which a tool fails has its own end.
 */
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, AnswerBlock } from '../dialects/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { json, type Says, withProviders } from '../testing/local-provider.ts'
import { SPOKEN } from './spoken-provider.example.ts'

const house = await testAirworthy()
const { client } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)

/** What the tool says, and what it heard. */
let tool: Says = () => {}
const shop = await local.provider('shop-api', (...heard) => tool(...heard))
const called = () => shop.heard.map(({ text }) => JSON.parse(text) as unknown)
beforeEach(() => {
  shop.heard.length = 0
  tool = (response) => json(response, { state: 'sent', mail: 'ada@shop.example' })
})

const ORDERS = {
  description: 'Where an order is.',
  effect: 'read',
  arguments: {
    type: 'object',
    properties: { number: { type: 'string', pattern: '[0-9]{3,9}', description: 'of the order' } },
    required: ['number'],
    additionalProperties: false,
  },
  call: { kind: 'http', url: `${shop.address}/orders`, timeoutMs: 300 },
}
const PROMPT = '---\ntools: [orders]\n---\n{{role "system"}}Be brief.\n{{role "user"}}{{question}}'

type Parts = { model?: object; step?: object; orders?: object; prompt?: string; settings?: object; more?: object }
function filesOf({ model, step, orders = ORDERS, prompt = PROMPT, settings, more }: Parts): Record<string, string> {
  const { 'airworthy.yaml': text = '', ...others } = echoApplication('first')
  const models = {
    answer: model ?? {
      model: 'scripted/caller',
      parameters: { calls: [{ name: 'orders', arguments: { number: '4711' } }] },
    },
    baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } },
  }
  const flow = [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer', ...step }]
  return {
    ...others,
    'airworthy.yaml': JSON.stringify({ ...JSON.parse(text), models, flow, ...settings }),
    'prompts/answer.prompt': prompt,
    'tools/orders.yaml': JSON.stringify(orders),
    ...more,
  }
}
async function freeze(name: string, parts: Parts) {
  const files = filesOf(parts)
  const there = await client.getBlueprint({ params: { name } }).catch(() => undefined)
  if (there) await client.putBlueprint({ params: { name }, body: { files } })
  else await client.createApplication({ body: { name, files } })
  return (await client.freezeRelease({ params: { name }, body: {} })).body
}
const ask = (model: string, stream = false) =>
  local.post({ model, stream, messages: [{ role: 'user', content: 'Where is order 4711?' }] })
type Told = Awaited<ReturnType<typeof ask>>
const heardIn = ({ text, events }: Told, stream: boolean): string =>
  stream
    ? events
        .filter((one) => one !== '[DONE]')
        .map((one) => JSON.parse(one).choices[0]?.delta.content ?? '')
        .join('')
    : JSON.parse(text).choices[0].message.content
const explained = async ({ headers }: Told) => {
  const id = headers.get('airworthy-trace') ?? ''
  await local.trace(id)
  return client.explainAnswer({ params: { id } })
}

const answerOf = (blocks: AnswerBlock[], reason: 'stop' | 'tool-calls'): Answer => ({
  ...{ id: 'up-1', model: 'm-2026', blocks, finish: { reason }, error: null, isWhole: true },
  usage: { inputTokens: 30, outputTokens: 12 },
})
const CALL = { kind: 'tool-call', id: 'call_1', name: 'orders', arguments: '{"number":"4711"}' } as const
const FIRST = answerOf([{ kind: 'text', text: 'Let me look.' }, CALL], 'tool-calls')
const SECOND = answerOf([{ kind: 'text', text: 'It was sent.' }], 'stop')

describe.each(['chat', 'messages', 'gemini', 'converse', 'cohere'])('a model that speaks %s', (wire) => {
  test.for([false, true])('calls a tool and goes on with what it gave, streamed %s', async (stream) => {
    const speaks = SPOKEN[wire]
    if (!speaks) throw new Error(wire)
    let times = 0
    const name = `model-${wire}-${stream}`
    const provider = await local.provider(
      name,
      (response, { path, text }) => {
        const said = ++times === 1 ? FIRST : SECOND
        if (!speaks.isStream(path, JSON.parse(text))) return json(response, speaks.whole(said))
        response.writeHead(200, { 'content-type': speaks.kind }).end(speaks.stream(said))
      },
      { dialect: speaks.spoken.dialect },
    )
    await local.price(`${name}/m`, { input: '1', output: '1' })
    await freeze(`shop-${wire}-${stream}`, { model: { model: `${name}/m` } })

    const answer = await ask(`shop-${wire}-${stream}`, stream)

    expect([answer.status, heardIn(answer, stream)]).toEqual([200, 'Let me look.\n\nIt was sent.'])
    expect(called()).toEqual([{ number: '4711' }])
    const [first, second] = provider.heard.map(({ text }) => text)
    expect(first).toContain('Where an order is.')
    // What was called and what it gave go back together, in the words of this dialect.
    expect(second).toContain('4711')
    expect(second).toContain('ada@shop.example')
    const trace = await local.trace(answer.headers.get('airworthy-trace'))
    expect(trace.summary).toMatchObject({ inputTokens: 60, outputTokens: 24, costMicroUsd: '84' })
    const span = trace.spans.find(({ name: named }) => named === 'execute_tool orders')
    expect(span?.attributes).toMatchObject({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'orders',
      'gen_ai.tool.call.id': expect.any(String),
      'gen_ai.tool.call.arguments': '{"number":"4711"}',
      'gen_ai.tool.call.result': '{"state":"sent","mail":"ada@shop.example"}',
      'airworthy.tool.effect': 'read',
      'airworthy.tool.outcome': 'answered',
    })
  })
})

test('an answer is explained with its tools, and one that called none says that it has some', async () => {
  await freeze('explained', {})
  const { tools, words } = await explained(await ask('explained'))
  expect(tools).toMatchObject([
    { name: 'orders', outcome: 'answered', effect: 'read', by: 'http', arguments: '{"number":"4711"}', error: null },
  ])
  expect(words).toContain('It called the tool orders, which reads.')
  await freeze('explained', { model: { model: 'scripted/echo' } })
  expect((await explained(await ask('explained'))).words.join(' ')).toMatch(
    /It has orders, which reads at 127\.0\.0\.1:\d+, and called none for this answer\./,
  )
})

const saying = (call: object) => ({ model: 'scripted/caller', parameters: { calls: [call] } })

test.for([
  ['an argument of another type', { number: 4711 }, 'number is an integer, and a string is asked for'],
  ['an argument that is missing', {}, 'number is missing'],
  ['an argument that is none', { number: '4711', secret: 'x' }, 'secret is not asked for'],
  ['one that its pattern does not match', { number: 'all' }, 'number does not match [0-9]{3,9}'],
] as const)('nothing is called with %s, and the model reads why', async ([, given, why]) => {
  await freeze('checked', { model: saying({ name: 'orders', arguments: given }) })
  const answer = await ask('checked')
  expect([answer.status, JSON.parse(heardIn(answer, false))]).toEqual([
    200,
    { error: { code: 'flows.tool-arguments', message: `The arguments of orders do not fit: ${why}.` } },
  ])
  expect(called()).toEqual([])
  const { tools } = await explained(answer)
  expect(tools).toMatchObject([{ outcome: 'refused', error: expect.stringContaining(why) }])
})

test('a tool that is not there is called by nobody, and the model reads which there are', async () => {
  await freeze('checked', { model: saying({ name: 'refunds' }) })
  expect(heardIn(await ask('checked'), false)).toContain('There is no tool refunds. There is orders.')
})

const withCall = (call: object, more: object = {}) => ({ ...ORDERS, ...more, call: { ...ORDERS.call, ...call } })
test.for<[string, Says, object, string, number]>([
  ['breaks', (response) => json(response, {}, 500), withCall({ retries: 2 }), 'flows.tool-unavailable', 3],
  ['breaks and is not called again', (response) => json(response, {}, 503), ORDERS, 'flows.tool-unavailable', 1],
  ['hangs', () => {}, withCall({ timeoutMs: 100 }), 'flows.tool-unavailable', 1],
  ['hangs up', (response) => response.destroy(), ORDERS, 'flows.tool-unavailable', 1],
  ['refuses', (response) => json(response, {}, 403), withCall({ retries: 2 }), 'flows.tool-refused', 1],
  ['sends elsewhere', (response) => json(response, {}, 302, { location: '/' }), ORDERS, 'flows.tool-refused', 1],
  [
    'gives what is not JSON',
    (response) => void response.end('<html>'),
    withCall({}, { returns: { type: 'object' } }),
    'flows.tool-unreadable',
    1,
  ],
  [
    'gives what its schema does not say',
    (response) => json(response, { state: 7 }),
    withCall({}, { returns: { type: 'object', properties: { state: { type: 'string' } } } }),
    'flows.tool-unreadable',
    1,
  ],
  ['gives too much', (response) => void response.end('x'.repeat(300_000)), ORDERS, 'flows.tool-unreadable', 1],
])('a tool that %s has an end of its own', async ([, says, orders, code, times]) => {
  tool = says
  await freeze('failing', { orders })
  const answer = await ask('failing')
  expect([answer.status, JSON.parse(heardIn(answer, false)).error.code]).toEqual([200, code])
  expect(called()).toHaveLength(times)
  const { tools } = await explained(answer)
  expect(tools).toMatchObject([{ outcome: 'failed', error: expect.stringContaining(code) }])
  expect(tools[0]?.words).not.toContain(shop.address)
})

test('an address that may not be reached is not', async () => {
  await freeze('failing', { orders: withCall({ url: 'http://169.254.169.254/latest/meta-data/' }) })
  expect(JSON.parse(heardIn(await ask('failing'), false)).error.code).toBe('flows.tool-refused')
})

test('a key that is missing is told to whoever asks and to no model', async () => {
  await freeze('failing', { orders: withCall({ credential: 'NOT_THERE' }) })
  const { status, text } = await ask('failing')
  expect([status, text]).toEqual([expect.any(Number), expect.stringMatching(/NOT_THERE/)])
  expect(status).toBeGreaterThanOrEqual(400)
})

test.for([false, true])('a model that never has enough gives no answer, streamed %s', async (stream) => {
  const calls = Array.from({ length: 9 }, () => ({ name: 'orders', arguments: { number: '4711' } }))
  await freeze('endless', { model: { model: 'scripted/caller', parameters: { calls } }, step: { toolRounds: 2 } })
  const { status, text } = await ask('endless', stream)
  expect([status, text]).toEqual([502, expect.stringContaining('wanted to call tools more than 2 times')])
  expect(called()).toHaveLength(2)
})

test('guardrails of answers look at what a tool is called with, and those of questions at what it gives', async () => {
  const guardrails = [
    { id: 'mail-in', on: 'input', detector: 'email', mode: 'redact' },
    { id: 'lost-in', on: 'input', detector: 'terms', terms: ['nightjar'], mode: 'block' },
    { id: 'card-out', on: 'output', detector: 'card', mode: 'redact' },
    { id: 'fruit-out', on: 'output', detector: 'terms', terms: ['forbidden fruit'], mode: 'block' },
  ]
  const orders = { ...ORDERS, arguments: { type: 'object', properties: { number: { type: 'string' } } } }
  const guarded = (number: string) =>
    freeze('guarded', { settings: { guardrails }, orders, model: saying({ name: 'orders', arguments: { number } }) })
  tool = (response) => json(response, { mail: 'ada@shop.example', bird: 'nightjar' })

  await guarded('paid with 4242 4242 4242 4242')
  const answer = await ask('guarded')
  expect(called()).toEqual([{ number: 'paid with [card]' }])
  expect(JSON.parse(heardIn(answer, false))).toEqual({ mail: '[email]', bird: '[lost-in]' })
  const { guardrails: said, tools } = await explained(answer)
  expect(said.filter(({ count }) => count > 0)).toMatchObject([
    { id: 'card-out', on: 'output', verdict: 'redacted' },
    { id: 'mail-in', on: 'input', verdict: 'redacted' },
    { id: 'lost-in', on: 'input', verdict: 'redacted' },
  ])
  expect(JSON.stringify(tools)).not.toMatch(/4242|ada@/)

  shop.heard.length = 0
  await guarded('forbidden fruit')
  expect(heardIn(await ask('guarded'), false)).toContain('flows.tool-guarded')
  expect(called()).toEqual([])
})

test('what writes is called for whoever asks, and withheld in the playground', async () => {
  const release = await freeze('writing', { orders: { ...ORDERS, effect: 'write' } })
  expect((await ask('writing')).status).toBe(200)
  expect(called()).toHaveLength(1)
  const played = await client.answerRelease({
    params: { id: release.id },
    body: { turns: [{ role: 'user', content: 'Where is order 4711?' }] },
  })
  expect(played.toolCalls).toEqual([
    { id: 'call_1', name: 'orders', arguments: { number: '4711' }, outcome: 'withheld' },
  ])
  expect(called()).toHaveLength(1)
})

const CLIENT = { ...ORDERS, call: { kind: 'client' } }
describe('a tool that whoever asks calls', () => {
  const openai = new OpenAI({ apiKey: house.ownerToken, baseURL: `${house.url}/v1`, maxRetries: 0 })
  const anthropic = new Anthropic({ apiKey: null, authToken: house.ownerToken, baseURL: house.url, maxRetries: 0 })
  const question = { role: 'user' as const, content: 'Where is order 4711?' }

  test('is handed to the client of chat completions, whole and as a stream', async () => {
    await freeze('handing', { orders: CLIENT })
    const asked = { model: 'handing', messages: [question] }
    const whole = await openai.chat.completions.create(asked)
    const streamed = await openai.chat.completions.stream(asked).finalChatCompletion()
    for (const { choices } of [whole, streamed]) {
      const [{ finish_reason, message } = { finish_reason: '', message: null }] = choices
      expect(finish_reason).toBe('tool_calls')
      const [call] = message?.tool_calls ?? []
      expect(call).toMatchObject({ id: 'call_1', function: { name: 'orders', arguments: '{"number":"4711"}' } })
      const result = { role: 'tool' as const, tool_call_id: 'call_1', content: 'It was sent.' }
      const said = { role: 'assistant' as const, content: null, tool_calls: message?.tool_calls ?? [] }
      const more = await openai.chat.completions.create({ ...asked, messages: [question, said, result] })
      expect(more.choices[0]?.message.content).toBe('It was sent.')
    }
    expect(called()).toEqual([])
  })

  test('is handed to the client of messages', async () => {
    await freeze('handing', { orders: CLIENT })
    const asked = { model: 'handing', max_tokens: 100, messages: [question] }
    for (const { content, stop_reason } of [
      await anthropic.messages.create(asked),
      await anthropic.messages.stream(asked).finalMessage(),
    ]) {
      expect(stop_reason).toBe('tool_use')
      expect(content).toMatchObject([{ type: 'tool_use', id: 'call_1', name: 'orders', input: { number: '4711' } }])
      const result = { type: 'tool_result' as const, tool_use_id: 'call_1', content: 'It was sent.' }
      const more = await anthropic.messages.create({
        ...asked,
        messages: [question, { role: 'assistant', content }, { role: 'user', content: [result] }],
      })
      expect(more.content).toMatchObject([{ type: 'text', text: 'It was sent.' }])
    }
  })

  test('is handed to the client of responses, which goes on by the id of the response', async () => {
    await freeze('handing', { orders: CLIENT })
    const first = await openai.responses.create({ model: 'handing', input: 'Where is order 4711?' })
    expect(first.output).toMatchObject([{ type: 'function_call', call_id: 'call_1', name: 'orders' }])
    const more = await openai.responses.create({
      model: 'handing',
      previous_response_id: first.id,
      input: [{ type: 'function_call_output', call_id: 'call_1', output: 'It was sent.' }],
    })
    expect(more.output_text).toBe('It was sent.')
  })

  test('gives results that guardrails look at, and what they take out is in no record', async () => {
    const guardrails = [{ id: 'mail-in', on: 'input', detector: 'email', mode: 'redact' }]
    await freeze('handing', { orders: CLIENT, settings: { guardrails } })
    const result = { role: 'tool', tool_call_id: 'call_1', content: 'Ask ada@shop.example.' }
    const answer = await local.post({ model: 'handing', messages: [question, CALLED, result] })
    expect(heardIn(answer, false)).toBe('Ask [email].')
    const trace = await local.trace(answer.headers.get('airworthy-trace'))
    expect(JSON.stringify(trace)).not.toContain('ada@')
    expect(trace.input).toEqual([question])
  })

  const CALLED = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'orders', arguments: '{"number":"4711"}' } }],
  }
  test.for([
    ['a call without its result', [question, CALLED], /orders has no result/],
    [
      'a result of no call',
      [question, CALLED, { role: 'tool', tool_call_id: 'call_9', content: 'x' }],
      /call_9 is no call that this application handed out/,
    ],
    [
      'a call of a tool that it does not have',
      [
        question,
        { ...CALLED, tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'pay', arguments: '{}' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: 'x' },
      ],
      /pay is no call that this application handed out/,
    ],
  ] as const)('%s is refused', async ([, messages, why]) => {
    await freeze('handing', { orders: CLIENT })
    const { status, text } = await local.post({ model: 'handing', messages })
    expect([status, JSON.parse(text).error.message]).toEqual([400, expect.stringMatching(why)])
  })

  test('an earlier call is left out when the conversation has gone on', async () => {
    await freeze('handing', { orders: CLIENT })
    const result = { role: 'tool', tool_call_id: 'call_1', content: 'It was sent.' }
    const messages = [question, CALLED, result, { role: 'assistant', content: 'Sent.' }, question]
    const { status, text } = await local.post({ model: 'handing', messages })
    expect([status, JSON.parse(text).choices[0].finish_reason]).toEqual([200, 'tool_calls'])
  })

  test('is no business of an application without such tools', async () => {
    await freeze('checked', {})
    const { status, text } = await local.post({ model: 'checked', messages: [question, CALLED] })
    expect([status, JSON.parse(text).error.message]).toEqual([400, expect.stringMatching(/reads text only/)])
  })
})
