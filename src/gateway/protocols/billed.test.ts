import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { billedIn } from '../../dialects/index.ts'
import { chatProtocol } from './chat.ts'
import { messagesProtocol } from './messages.ts'
import { responsesProtocol } from './responses.ts'

test.for([
  [
    'messages',
    {
      usage: {
        input_tokens: 3,
        service_tier: 'batch',
        server_tool_use: { web_search_requests: 2, web_fetch_requests: 0 },
      },
    },
    {
      raw: { input_tokens: 3, 'server_tool_use.web_search_requests': 2, 'server_tool_use.web_fetch_requests': 0 },
      tier: 'batch',
      toolCalls: { web_search: 2 },
    },
  ],
  [
    'responses',
    {
      type: 'response.completed',
      response: {
        service_tier: 'flex',
        usage: { input_tokens: 1 },
        output: [{ type: 'web_search_call' }, { type: 'message' }],
      },
    },
    { raw: { input_tokens: 1 }, tier: 'flex', toolCalls: { web_search: 1 } },
  ],
  [
    'chat',
    { service_tier: 'default', usage: { prompt_tokens: 7, cost: 'dear' } },
    { raw: { prompt_tokens: 7 }, tier: 'default' },
  ],
  ['an answer that says nothing', { choices: [] }, {}],
] as const)('what %s say of the bill is kept as numbers', ([, body, billed]) => {
  expect(billedIn(body)).toEqual(billed)
})

test('a usage of any size leaves a small record', () => {
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`count_${i}`, i]))
  const deep = { a: { b: { c: { d: { e: 1 } } } } }
  const { raw = {} } = billedIn({ usage: { ...deep, ['long'.repeat(50)]: 1, ...wide, bad: Number.NaN } })
  expect(Object.keys(raw).length).toBeLessThanOrEqual(48)
  expect(JSON.stringify(raw)).not.toMatch(/a\.b\.c\.d|longlong|null/)
})

test('a stream that tells its usage in two events is read as its JSON would be', () => {
  const reader = messagesProtocol.createReader()
  for (const event of [
    {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: [],
        model: 'claude',
        usage: {
          input_tokens: 10,
          cache_creation_input_tokens: 30,
          cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
          output_tokens: 1,
          service_tier: 'standard',
        },
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 5, server_tool_use: { web_search_requests: 1 } },
    },
    { type: 'message_stop' },
  ])
    reader.push(JSON.stringify(event))
  expect(reader.read().usage).toMatchObject({
    inputTokens: 40,
    outputTokens: 5,
    cacheWriteTokens: 30,
    cacheWriteHourTokens: 20,
    tier: 'standard',
    toolCalls: { web_search: 1 },
    raw: { input_tokens: 10, output_tokens: 5, 'cache_creation.ephemeral_1h_input_tokens': 20 },
  })
})

/** The list's readers, and those of ours that read the same dialect. */
const READERS = { chat: chatProtocol, default: messagesProtocol, responses: responsesProtocol } as const

test('our readers count in 789 real usages what the public list counts in them', () => {
  const path = new URL('../../../data/prices-genai/usages.even.jsonl.gz', import.meta.url)
  let compared = 0
  for (const line of gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n')) {
    const { body, extracted } = JSON.parse(line)
    for (const { usage, extractors } of extracted)
      for (const { provider_id: provider, api_flavor: flavour } of extractors) {
        const isOurs = provider === 'openai' ? flavour !== 'default' : provider === 'anthropic' && flavour === 'default'
        const reader = isOurs && READERS[flavour as keyof typeof READERS]
        if (!reader || !body.usage) continue
        const read = reader.readUsage(body.usage)
        compared += 1
        expect({ body: body.file, ...pick(read) }).toEqual({
          body: body.file,
          inputTokens: usage.input_tokens ?? 0,
          outputTokens: usage.output_tokens ?? 0,
          cacheReadTokens: usage.cache_read_tokens ?? 0,
        })
      }
  }
  expect(compared).toBeGreaterThan(300)
})

const pick = (usage: ReturnType<typeof chatProtocol.readUsage>) => ({
  inputTokens: usage?.inputTokens,
  outputTokens: usage?.outputTokens,
  cacheReadTokens: usage?.cacheReadTokens ?? 0,
})
