/**
 * What users of gateways complain of, as tests: answers of others out of the cache, fields that vanish, prompts that a
 * provider's cache no longer knows, calls of tools that are told wrongly. `docs/gateway-complaints.md` is the table.
 */
import type { ServerResponse } from 'node:http'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { ask, chunk, json, stream, well, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client, url, ownerToken } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const { provider, post, route } = local

let kept: Awaited<ReturnType<typeof provider>>
beforeAll(async () => {
  kept = await provider('keeping', well, { speaks: ['chat', 'responses', 'messages'] })
  await route('kept', ['keeping/m'], { onUnknownPrice: 'flag', cache: { ttlMs: 60_000, sharedBy: 'organisation' } })
  await route('kept-by-key', ['keeping/m'], { onUnknownPrice: 'flag', cache: { ttlMs: 60_000, sharedBy: 'key' } })
})

const cacheOf = async (body: unknown, headers: Record<string, string> = {}) =>
  (await post(body, { headers })).headers.get('airworthy-cache')

describe('complaint 12: an answer of another tenant comes out of the cache', () => {
  test('what one user was answered, another is not, nor another key unless the route says so', async () => {
    const { secret } = await client.createKey({ body: { name: 'another', role: 'builder' } })
    const other = { authorization: `Bearer ${secret}` }
    expect(await cacheOf(ask('kept-by-key'))).toBe('miss')
    expect(await cacheOf(ask('kept-by-key'))).toBe('hit')
    expect(await cacheOf(ask('kept-by-key'), other)).toBe('miss')
    expect(await cacheOf(ask('kept', { user: 'ada' }))).toBe('miss')
    expect(await cacheOf(ask('kept', { user: 'bob' }))).toBe('miss')
    expect(await cacheOf(ask('kept', { user: 'ada' }), other)).toBe('hit')
  })

  test('an error is not kept and not given as an answer', async () => {
    await provider('moody', (response, _, times) =>
      times === 1 ? json(response, { error: { message: 'slow down' } }, 429) : json(response, { choices: [] }, 400),
    )
    await route('moody-kept', ['moody/m'], { cache: { ttlMs: 60_000 }, retries: 0 })
    expect((await post(ask('moody-kept'))).status).toBe(429)
    expect((await post(ask('moody-kept'))).status).toBe(400)
  })
})

describe('complaint 13: the key of the cache leaves parameters out, or hangs on their order', () => {
  /** Every field of a request that a provider's public description has. */
  const changes: readonly Record<string, unknown>[] = [
    { messages: [{ role: 'user', content: 'Where is she?' }] },
    {
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Where is it?' },
      ],
    },
    ...['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'seed', 'n'].map((name) => ({ [name]: 1 })),
    ...['max_tokens', 'max_completion_tokens', 'top_logprobs'].map((name) => ({ [name]: 20 })),
    ...['reasoning_effort', 'service_tier', 'verbosity', 'prompt_cache_key'].map((name) => ({ [name]: 'low' })),
    { stop: ['END'] },
    { logprobs: true },
    { logit_bias: { 1: 2 } },
    { response_format: { type: 'json_object' } },
    { tools: [{ type: 'function', function: { name: 'f' } }] },
    { tools: [{ type: 'function', function: { name: 'g' } }] },
    { tool_choice: 'none' },
    { parallel_tool_calls: false },
    { metadata: { a: 'b' } },
    { modalities: ['text'] },
    { prediction: { type: 'content', content: 'x' } },
    { chat_template_kwargs: { enable_thinking: false } },
    { stream: true },
    { a_field_of_next_year: 1 },
  ]
  test('each field makes another question', async () => {
    await cacheOf(ask('kept', { user: 'cyd' }))
    for (const change of changes) {
      expect(await cacheOf(ask('kept', { user: 'cyd', ...change })), JSON.stringify(change)).toBe('miss')
      expect(await cacheOf(ask('kept', { user: 'cyd', ...change })), JSON.stringify(change)).toBe('hit')
    }
  })

  test('the order of fields does not', async () => {
    const body = ask('kept', { user: 'dan', temperature: 0.5, metadata: { a: '1', b: '2' } })
    await cacheOf(body)
    const turned = Object.fromEntries(Object.entries({ ...body, metadata: { b: '2', a: '1' } }).toReversed())
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(body))
    expect(await cacheOf(turned)).toBe('hit')
  })
})

test('complaint 14: a semantic cache answers another question: nothing is answered by what is only like it', async () => {
  const pairs = ['Can I take aspirin with ibuprofen?', 'Can I not take aspirin with ibuprofen?', 'Can I take aspirin?']
  const said = new Set<string>()
  for (const content of pairs) said.add((await post(ask('kept', { messages: [{ role: 'user', content }] }))).text)
  expect(said.size).toBe(pairs.length)
})

const schema = { type: 'object', properties: { city: { type: 'string' } } }
const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: schema } }]

describe('complaint 16: calls of tools are translated wrongly while they stream', () => {
  const frame = (event: Record<string, unknown>) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
  /** Two calls at once, whose arguments come in pieces, byte by byte on the wire. */
  const two = [
    { type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [], usage: { input_tokens: 9 } } },
    ...['Zürich', '東京'].flatMap((city, index) => [
      { type: 'content_block_start', index, content_block: { type: 'tool_use', id: `t${index}`, name: 'weather' } },
      ...['{"ci', 'ty":"', city, '"}'].map((partial_json) => ({
        type: 'content_block_delta',
        index,
        delta: { type: 'input_json_delta', partial_json },
      })),
      { type: 'content_block_stop', index },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 30 } },
    { type: 'message_stop' },
  ]
  const bytewise = (response: ServerResponse, text: string) => {
    stream(response)
    for (const byte of Buffer.from(text)) response.write(Buffer.of(byte))
    response.end()
  }
  const openai = new OpenAI({ apiKey: ownerToken, baseURL: `${url}/v1`, maxRetries: 0 })

  test('two at once from messages to chat completions and to responses, by the official client', async () => {
    await provider('calling', (response) => bytewise(response, two.map(frame).join('')), { dialect: 'anthropic' })
    const messages = [{ role: 'user' as const, content: 'The weather?' }]
    const chat = await openai.chat.completions.stream({ model: 'calling/m', messages, tools }).finalChatCompletion()
    const calls = chat.choices[0]?.message.tool_calls?.map((call) => (call.type === 'function' ? call.function : call))
    expect(calls).toMatchObject([
      { name: 'weather', arguments: '{"city":"Zürich"}' },
      { name: 'weather', arguments: '{"city":"東京"}' },
    ])
    expect(chat.choices[0]?.finish_reason).toBe('tool_calls')
    const asked = {
      model: 'calling/m',
      input: 'The weather?',
      tools: [{ type: 'function' as const, name: 'weather', parameters: schema, strict: null }],
    }
    const { output } = await openai.responses.stream(asked).finalResponse()
    expect(output).toMatchObject([
      { type: 'function_call', call_id: 't0', arguments: '{"city":"Zürich"}' },
      { type: 'function_call', call_id: 't1', arguments: '{"city":"東京"}' },
    ])
  })

  test('arguments that a provider tells only in `.done` arrive', async () => {
    const call = { id: 'fc_1', type: 'function_call', call_id: 'c1', name: 'weather' }
    const events = [
      { type: 'response.created', response: { id: 'resp_1', model: 'm', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: { ...call, arguments: '' } },
      { type: 'response.function_call_arguments.done', output_index: 0, item_id: 'fc_1', arguments: '{"city":"Bern"}' },
      { type: 'response.output_item.done', output_index: 0, item: { ...call, arguments: '{"city":"Bern"}' } },
      { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [] } },
    ]
    await provider('done-only', (response) => bytewise(response, events.map(frame).join('')), { speaks: ['responses'] })
    const messages = [{ role: 'user' as const, content: 'The weather?' }]
    const chat = await openai.chat.completions.stream({ model: 'done-only/m', messages, tools }).finalChatCompletion()
    expect(chat.choices[0]?.message.tool_calls).toMatchObject([{ function: { arguments: '{"city":"Bern"}' } }])
  })
})

describe('complaint 17: parameters are dropped in silence, changed, or refused for no reason', () => {
  test('what is sent arrives byte for byte but for the name of the model, unknown fields and headers included', async () => {
    const text =
      '{ "model":"keeping/m",\n "messages":[{"role":"user","content":"Hi \\u00e9"}], "a_field_of_next_year": {"z":1,"a":[ ]}, "encoding_format":"float"}'
    await post(text)
    expect(kept.heard.at(-1)?.text).toBe(text.replace('keeping/m', 'm'))
    const claude = await provider('claude', (response) => json(response, { content: [], usage: {} }), {
      dialect: 'anthropic',
    })
    await post(ask('claude/m', { max_tokens: 9, thinking: { type: 'enabled', budget_tokens: 2000 } }), {
      path: '/v1/messages',
      headers: { 'anthropic-beta': 'interleaved-thinking-2025-05-14' },
    })
    expect(claude.bodies()[0]).toMatchObject({ thinking: { budget_tokens: 2000 } })
    expect(claude.heard[0]?.headers['anthropic-beta']).toBe('interleaved-thinking-2025-05-14')
  })

  test('across dialects a field is carried, or named, or refused; nothing is added that nobody asked for', async () => {
    const claude = await provider('carried', (response) => json(response, { content: [], usage: {} }), {
      dialect: 'anthropic',
    })
    const told = await post(ask('carried/m', { temperature: 0.5, stop: ['END'], seed: 7, user: 'ada', max_tokens: 50 }))
    expect(claude.bodies()[0]).toEqual({
      model: 'm',
      max_tokens: 50,
      temperature: 0.5,
      stop_sequences: ['END'],
      metadata: { user_id: 'ada' },
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Where is it?' }] }],
    })
    expect(told.headers.get('airworthy-dropped-fields')).toBe('seed')
    const refused = await post(ask('carried/m', { logit_bias: { 1: 2 } }))
    expect(refused.status).toBe(400)
    expect(JSON.parse(refused.text)).toMatchObject({
      error: { code: 'gateway.field-not-carried', param: 'logit_bias' },
    })
  })
})

describe("complaint 18: the gateway breaks the provider's prompt cache", () => {
  test('what passes keeps its bytes; what is translated says the same prefix with the same bytes, turn after turn', async () => {
    const claude = await provider('prefixed', (response) => json(response, { content: [], usage: {} }), {
      dialect: 'anthropic',
    })
    const manual = { type: 'text', text: 'A long manual.', cache_control: { type: 'ephemeral', ttl: '1h' } }
    const first = [
      { role: 'system', content: [manual] },
      { role: 'user', content: 'One' },
    ]
    const second = [...first, { role: 'assistant', content: 'Aha' }, { role: 'user', content: 'Two' }]
    for (const messages of [first, second]) await post({ model: 'prefixed/m', messages, tools })
    const [one = '', two = ''] = claude.heard.map(({ text }) => text)
    expect(JSON.parse(one).system).toEqual([manual])
    const prefix = one.slice(0, one.indexOf('"One"'))
    expect(prefix).toContain('A long manual.')
    expect(two.startsWith(prefix)).toBe(true)
    const sameAgain = await post({ model: 'prefixed/m', messages: first, tools })
    expect(sameAgain.status).toBe(200)
    expect(claude.heard[2]?.text).toBe(one)
  })

  test('sealed reasoning comes back to its provider as it was given', async () => {
    const events = [chunk({ content: 'x' }), chunk({}, 'stop'), 'data: [DONE]\n\n'].join('')
    const responses = await provider('sealed', (response) => void stream(response).end(events), {
      speaks: ['responses'],
    })
    const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed-text' }
    await post(
      { model: 'sealed/m', input: [{ role: 'user', content: 'Hi' }, reasoning], store: false },
      { path: '/v1/responses' },
    )
    expect(responses.bodies()[0]).toMatchObject({ input: [{}, reasoning], store: false })
  })
})
