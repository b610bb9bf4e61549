/**
 * S1.3.5a, S2.6 · Every dialect that clients speak, with every dialect that providers speak, by the makers' own clients: the
 * answer is what the provider said, whole and as a stream, tools included.
 */
import http from 'node:http'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { createUpstream, forwardTo, type Spoken } from '../models/index.ts'
import { fakeModels } from './gateway.example.ts'
import { type Behave, inFrontOf, say as saidOnWire } from './in-front.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'
import { SPOKEN } from './spoken-provider.example.ts'

const { open, listen } = listening({ http, afterEach, connect: () => undefined })
const upstream = createUpstream()
afterAll(() => upstream.close())
const inFront = inFrontOf({ open, listen, upstream })

/** What the provider says in whichever dialect: a thought, a text and two calls of tools at once. */
const SAID = {
  id: 'up-1',
  model: 'model-2026-01-01',
  blocks: [
    { kind: 'text', text: 'Let me look – 天気. ' },
    { kind: 'tool-call', id: 'call_1', name: 'weather', arguments: '{"city":"Zürich"}' },
    { kind: 'tool-call', id: 'call_2', name: 'weather', arguments: '{"city":"東京"}' },
  ],
  finish: { reason: 'tool-calls' },
  usage: { inputTokens: 30, outputTokens: 12, cacheReadTokens: 8 },
  error: null,
  isWhole: true,
} as const

const say: Behave = (response, says, stream) => saidOnWire(response, says, { stream, said: SAID })

/** Some do not say which model answered: then it is the one that was asked for. */
const modelOf = (name: string) => (SPOKEN[name]?.namesModel ? SAID.model : 'remote/m')

const CALLS = [
  { id: 'call_1', name: 'weather', city: 'Zürich' },
  { id: 'call_2', name: 'weather', city: '東京' },
]
const cityOf = (text: string) => (JSON.parse(text) as { city: string }).city
const schema = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] }
const openai = (url: string) => new OpenAI({ apiKey: 'builder', baseURL: `${url}/v1`, maxRetries: 0 })
const anthropic = (url: string) => new Anthropic({ apiKey: null, authToken: 'builder', baseURL: url, maxRetries: 0 })

describe.each(Object.keys(SPOKEN))('a provider that speaks %s', (name) => {
  test('is asked by the client of chat completions', async () => {
    const { url, asked, settled } = await inFront(name, say)
    const ask = {
      model: 'remote/m',
      messages: [
        { role: 'system' as const, content: 'Be brief.' },
        { role: 'user' as const, content: 'And the weather?' },
      ],
      tools: [{ type: 'function' as const, function: { name: 'weather', parameters: schema } }],
      max_completion_tokens: 200,
    }
    const whole = await openai(url).chat.completions.create(ask)
    const stream = await openai(url)
      .chat.completions.stream({ ...ask, stream_options: { include_usage: true } })
      .finalChatCompletion()
    for (const { choices, usage, model } of [whole, stream]) {
      expect(choices[0]?.message.content).toBe('Let me look – 天気. ')
      expect(choices[0]?.finish_reason).toBe('tool_calls')
      expect(
        choices[0]?.message.tool_calls?.map((call) =>
          call.type === 'function'
            ? { id: call.id, name: call.function.name, city: cityOf(call.function.arguments) }
            : call,
        ),
      ).toEqual(CALLS)
      expect(usage).toMatchObject({ prompt_tokens: 30, completion_tokens: 12 })
      expect(model).toBe(modelOf(name))
    }
    expect(asked).toHaveLength(2)
    expect(settled).toMatchObject([{ status: 'complete' }, { status: 'complete', stream: true }])
    for (const event of settled)
      expect(event).toMatchObject({
        usage: { inputTokens: 30, outputTokens: 12, estimated: false },
        output: 'Let me look – 天気. ',
        finishReason: 'tool_calls',
        requestedModel: 'remote/m',
      })
  })

  test('is asked by the client of messages', async () => {
    const { url, asked } = await inFront(name, say)
    const ask = {
      model: 'remote/m',
      system: 'Be brief.',
      max_tokens: 200,
      messages: [{ role: 'user' as const, content: 'And the weather?' }],
      tools: [{ name: 'weather', input_schema: schema }],
    }
    const whole = await anthropic(url).messages.create(ask)
    const stream = await anthropic(url).messages.stream(ask).finalMessage()
    for (const { content, usage, stop_reason, model } of [whole, stream]) {
      expect(content[0]).toMatchObject({ type: 'text', text: 'Let me look – 天気. ' })
      expect(
        content
          .slice(1)
          .map((block) =>
            block.type === 'tool_use'
              ? { id: block.id, name: block.name, city: (block.input as { city: string }).city }
              : block,
          ),
      ).toEqual(CALLS)
      expect(stop_reason).toBe('tool_use')
      expect(usage).toMatchObject({ input_tokens: 22, cache_read_input_tokens: 8, output_tokens: 12 })
      expect(model).toBe(modelOf(name))
    }
    expect(asked).toHaveLength(2)
  })

  test('is asked by the client of responses', async () => {
    const { url } = await inFront(name, say)
    const ask = {
      model: 'remote/m',
      instructions: 'Be brief.',
      input: 'And the weather?',
      max_output_tokens: 200,
      tools: [{ type: 'function' as const, name: 'weather', parameters: schema, strict: false }],
    }
    const whole = await openai(url).responses.create(ask)
    const stream = await openai(url).responses.stream(ask).finalResponse()
    for (const { output, output_text, usage, status, model } of [whole, stream]) {
      expect(output_text).toBe('Let me look – 天気. ')
      expect(
        output.flatMap((item) =>
          item.type === 'function_call' ? [{ id: item.call_id, name: item.name, city: cityOf(item.arguments) }] : [],
        ),
      ).toEqual(CALLS)
      expect(usage).toMatchObject({ input_tokens: 30, output_tokens: 12, input_tokens_details: { cached_tokens: 8 } })
      expect(status).toBe('completed')
      expect(model).toBe(modelOf(name))
    }
  })

  test('that breaks its stream off is an error for every client, and never a whole answer', async () => {
    const cut: Behave = (response, says) => {
      response.writeHead(200, { 'content-type': says.kind })
      response.end(says.stream(SAID, 2))
    }
    const { url, settled } = await inFront(name, cut)
    const messages = [{ role: 'user' as const, content: 'And the weather?' }]
    await expect(
      openai(url).chat.completions.stream({ model: 'remote/m', messages }).finalChatCompletion(),
    ).rejects.toThrow(/broke its answer off/)
    await expect(
      anthropic(url).messages.stream({ model: 'remote/m', max_tokens: 9, messages }).finalMessage(),
    ).rejects.toThrow(/broke its answer off/)
    await expect(
      openai(url).responses.stream({ model: 'remote/m', input: 'And the weather?' }).finalResponse(),
    ).rejects.toThrow()
    expect(settled.map(({ status, errorCode }) => [status, errorCode])).toEqual(
      Array.from({ length: 3 }, () => ['errored', 'models.stream-cut']),
    )
  })
})

test('what the provider has no word for is rejected when it matters, and named when it does not', async () => {
  const { url, asked } = await inFront('messages', say)
  const ask = { model: 'remote/m', messages: [{ role: 'user' as const, content: 'Hello' }] }
  await expect(openai(url).chat.completions.create({ ...ask, n: 2 })).rejects.toMatchObject({
    status: 400,
    code: 'gateway.field-not-carried',
    param: 'n',
  })
  expect(asked).toHaveLength(0)
  const { response } = await openai(url)
    .chat.completions.create({ ...ask, seed: 1, presence_penalty: 0.5, store: true, temperature: 0.2 })
    .withResponse()
  expect(response.headers.get('airworthy-dropped-fields')).toBe('seed,presence_penalty,store')
  expect(asked[0]?.body).toEqual({
    model: 'm',
    max_tokens: 4096,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    temperature: 0.2,
  })
  expect(asked[0]?.headers).toMatchObject({ 'anthropic-version': '2023-06-01' })
})

test('a whole conversation with tools reaches the other dialect in its own words', async () => {
  const { url, asked } = await inFront('messages', say)
  await openai(url).chat.completions.create({
    model: 'remote/m',
    messages: [
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } },
          { id: 'b', type: 'function', function: { name: 'weather', arguments: '' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: 'Rain' },
      { role: 'tool', tool_call_id: 'b', content: 'Sun' },
      { role: 'user', content: 'Thanks' },
    ],
    tools: [{ type: 'function', function: { name: 'weather', parameters: schema } }],
    tool_choice: 'required',
    parallel_tool_calls: false,
  })
  expect(asked[0]?.body).toMatchObject({
    messages: [
      { role: 'user', content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', name: 'weather', input: { city: 'Bern' } },
          { type: 'tool_use', id: 'b', name: 'weather', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'Rain' }] },
          { type: 'tool_result', tool_use_id: 'b', content: [{ type: 'text', text: 'Sun' }] },
          { type: 'text', text: 'Thanks' },
        ],
      },
    ],
    tools: [{ name: 'weather', input_schema: schema }],
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
  })
})

test('an application answers in every dialect', async () => {
  const { url } = await open()
  const message = await anthropic(url).messages.create({
    model: 'helpdesk',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Where is my order?' }],
  })
  expect(message).toMatchObject({
    content: [{ type: 'text', text: 'It left on Monday. [1]' }],
    citations: [{ id: 'p1' }],
    stop_reason: 'end_turn',
  })
  const streamed = await anthropic(url)
    .messages.stream({
      model: 'helpdesk',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Where is my order?' }],
    })
    .finalText()
  expect(streamed).toBe('It left on Monday. [1]')
  const response = await openai(url).responses.create({ model: 'helpdesk', input: 'Where is my order?' })
  expect(response.output_text).toBe('It left on Monday. [1]')
  const direct = await openai(url).responses.stream({ model: 'local/echo', input: 'Say it' }).finalResponse()
  expect(direct.output_text).toBe('Say it')
})

describe('calls that are no conversation', () => {
  const embedding = {
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }],
    model: 'e',
    usage: { prompt_tokens: 7, total_tokens: 7 },
  }
  const answering = async (spoken: Spoken, body: unknown) => {
    const paths: string[] = []
    const url = await listen((request, response) => {
      paths.push(request.url ?? '')
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
    })
    const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
      forwardTo(upstream, { name: 'remote', ...spoken, baseUrl: url, credential: undefined }, ask, sink)
    const providers = { ...fakeModels.providers, has: (name: string) => name === 'remote', spoken: () => spoken }
    return { ...(await open({ models: { ...fakeModels, forward, providers } })), paths }
  }

  test('embeddings pass, and their tokens are counted', async () => {
    const { url, settled, paths } = await answering({ dialect: 'openai', speaks: ['embeddings'] }, embedding)
    const ask = { model: 'remote/e', input: ['one', 'two'], encoding_format: 'float' as const }
    const { data, response } = await openai(url).embeddings.create(ask).withResponse()
    expect(data.data[0]?.embedding).toEqual([0.1, 0.2])
    expect(response.headers.get('airworthy-cost-micro-usd')).toBe('7')
    expect(paths).toEqual(['/embeddings'])
    expect(settled).toMatchObject([
      {
        operation: 'embeddings',
        usage: { inputTokens: 7, outputTokens: 0, estimated: false },
        input: [{ content: 'one\ntwo' }],
      },
    ])
  })

  test('an application and a provider without them say so', async () => {
    const { url, paths } = await answering({ dialect: 'anthropic', speaks: ['messages'] }, {})
    const refusal = { status: 400, code: 'gateway.call-not-answered', param: 'model' }
    await expect(openai(url).embeddings.create({ model: 'helpdesk', input: 'x' })).rejects.toMatchObject(refusal)
    await expect(openai(url).embeddings.create({ model: 'remote/e', input: 'x' })).rejects.toMatchObject(refusal)
    await expect(openai(url).embeddings.create({ model: 'local/echo', input: 'x' })).rejects.toMatchObject(refusal)
    expect(paths).toEqual([])
  })

  test('tokens are counted by the provider, or here and said to be so', async () => {
    const ask = { model: 'remote/m', messages: [{ role: 'user' as const, content: 'How many tokens are these?' }] }
    const theirs = await answering({ dialect: 'anthropic', speaks: ['messages', 'count-tokens'] }, { input_tokens: 14 })
    expect(await anthropic(theirs.url).messages.countTokens(ask)).toMatchObject({ input_tokens: 14 })
    expect(theirs.paths).toEqual(['/messages/count_tokens'])
    const ours = await answering({ dialect: 'openai', speaks: ['chat'] }, {})
    const { data, response } = await anthropic(ours.url).messages.countTokens(ask).withResponse()
    expect(data.input_tokens).toBe(13)
    expect(response.headers.get('airworthy-estimated')).toBe('true')
    expect(ours.paths).toEqual([])
  })
})
