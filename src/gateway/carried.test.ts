/**
 * S1.3.5a · What is carried across dialects beyond words and tools: log-probabilities, several answers, seed, stop and
 * how it was served; and what becomes of every field that the public clients know.
 */
import { readFileSync } from 'node:fs'
import http from 'node:http'
import OpenAI from 'openai'
import { afterAll, afterEach, expect, test } from 'vitest'
import { chatInbound, type Inbound, messagesInbound, responsesInbound } from '../dialects/index.ts'
import { createUpstream, outboundOf } from '../models/index.ts'
import { inFrontOf } from './in-front.example.ts'
import { listening } from './listening.example.ts'

const upstream = createUpstream()
afterAll(() => upstream.close())
const inFront = inFrontOf({ ...listening({ http, afterEach, connect: () => undefined }), upstream })
const openai = (url: string) => new OpenAI({ apiKey: 'builder', baseURL: `${url}/v1`, maxRetries: 0 })

const likely = (token: string, logprob: number) => ({ token, logprob, bytes: [...Buffer.from(token)] })
const TOKENS = [
  { ...likely('It', -0.1), top_logprobs: [likely('It', -0.1), likely('So', -2.5)] },
  { ...likely(' 雨', -0.7), top_logprobs: [likely(' 雨', -0.7)] },
]
const gemini = (parts: object[], more: object = {}) => ({
  candidates: parts,
  responseId: 'up-1',
  modelVersion: 'g',
  usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 4 },
  ...more,
})
const candidate = (text: string, index: number, more: object = {}) => ({
  ...(index > 0 && { index }),
  content: { role: 'model', parts: [{ text }] },
  ...more,
})
const logprobsResult = {
  chosenCandidates: TOKENS.map(({ token, logprob }) => ({ token, logProbability: logprob })),
  topCandidates: TOKENS.map(({ top_logprobs: top }) => ({
    candidates: top.map(({ token, logprob }) => ({ token, logProbability: logprob })),
  })),
}
const sse = (values: readonly object[]) => values.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')
const question = [{ role: 'user' as const, content: 'And the weather?' }]

test('log-probabilities come from generateContent to the clients of chat completions and of responses', async () => {
  const parts = [candidate('It 雨', 0, { logprobsResult, finishReason: 'STOP' })]
  const { url, asked } = await inFront('gemini', (response, _, stream) =>
    stream
      ? response.writeHead(200, { 'content-type': 'text/event-stream' }).end(sse([gemini(parts)]))
      : response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(gemini(parts))),
  )
  const ask = { model: 'remote/m', messages: question, logprobs: true, top_logprobs: 2 }
  const whole = await openai(url).chat.completions.create(ask)
  const stream = await openai(url).chat.completions.stream(ask).finalChatCompletion()
  for (const { choices } of [whole, stream]) expect(choices[0]?.logprobs?.content).toEqual(TOKENS)
  expect(asked[0]?.body).toMatchObject({ generationConfig: { responseLogprobs: true, logprobs: 2 } })
  const respond = { model: 'remote/m', input: 'And the weather?', top_logprobs: 2 }
  const answers = [
    await openai(url).responses.create(respond),
    await openai(url).responses.stream(respond).finalResponse(),
  ]
  for (const { output } of answers)
    expect(output).toMatchObject([{ content: [{ type: 'output_text', text: 'It 雨', logprobs: TOKENS }] }])
})

test('log-probabilities pass between chat completions and responses', async () => {
  const message = { role: 'assistant', content: 'It 雨' }
  const { url } = await inFront('chat', (response, _, stream) =>
    stream
      ? response.writeHead(200, { 'content-type': 'text/event-stream' }).end(
          `${sse(
            TOKENS.map((token) => ({
              id: 'up-1',
              choices: [{ index: 0, delta: { content: token.token }, logprobs: { content: [token] } }],
            })),
          )}${sse([{ id: 'up-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }])}data: [DONE]\n\n`,
        )
      : response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ choices: [{ message, logprobs: { content: TOKENS }, finish_reason: 'stop' }] })),
  )
  const ask = { model: 'remote/m', input: 'And?', top_logprobs: 2 }
  for (const { output } of [
    await openai(url).responses.create(ask),
    await openai(url).responses.stream(ask).finalResponse(),
  ])
    expect(output).toMatchObject([{ content: [{ text: 'It 雨', logprobs: TOKENS }] }])
})

test('several answers come from generateContent, whole and mixed in a stream, each with its own reason', async () => {
  const { url, asked, settled } = await inFront('gemini', (response, _, stream) => {
    const whole = [candidate('Rain.', 0, { finishReason: 'STOP' }), candidate('Sun', 1, { finishReason: 'MAX_TOKENS' })]
    const mixed = [
      gemini([candidate('Ra', 0)]),
      gemini([candidate('Su', 1)]),
      gemini([candidate('in.', 0, { finishReason: 'STOP' }), candidate('n', 1, { finishReason: 'MAX_TOKENS' })]),
    ]
    if (stream) response.writeHead(200, { 'content-type': 'text/event-stream' }).end(sse(mixed))
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(gemini(whole)))
  })
  const ask = { model: 'remote/m', messages: question, n: 2 }
  const whole = await openai(url).chat.completions.create(ask)
  const stream = await openai(url).chat.completions.stream(ask).finalChatCompletion()
  for (const { choices } of [whole, stream])
    expect(choices.map(({ index, message, finish_reason: why }) => [index, message.content, why])).toEqual([
      [0, 'Rain.', 'stop'],
      [1, 'Sun', 'length'],
    ])
  expect(asked[0]?.body).toMatchObject({ generationConfig: { candidateCount: 2 } })
  expect(settled).toMatchObject([{ output: 'Rain.' }, { output: 'Rain.' }])
})

test('how it was served is told, and priced as the provider says, across dialects', async () => {
  const { url, asked, settled } = await inFront('chat', (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        service_tier: 'flex',
        choices: [{ message: { content: 'Yes.' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 5, completion_tokens: 2, completion_tokens_details: { reasoning_tokens: 1 } },
      }),
    ),
  )
  const told = await openai(url).responses.create({ model: 'remote/m', input: 'Hi', service_tier: 'flex' })
  expect(told.service_tier).toBe('flex')
  expect(asked[0]?.body).toMatchObject({ service_tier: 'flex' })
  expect(settled[0]?.usage).toMatchObject({
    tier: 'flex',
    raw: { prompt_tokens: 5, completion_tokens: 2, 'completion_tokens_details.reasoning_tokens': 1 },
  })
})

/** A value of each field that the makers' own clients know; what is not listed here fails the test below. */
const thing = { a: 'b' }
const tool = { name: 'f', parameters: { type: 'object' } }
const format = { type: 'json_schema', name: 'x', schema: { type: 'object' } }
const PUBLIC: readonly [inbound: Inbound, file: string, type: string, fields: Record<string, unknown>][] = [
  [
    chatInbound,
    'openai/resources/chat/completions/completions.d.ts',
    'ChatCompletionCreateParamsBase',
    {
      messages: question,
      model: 'm',
      audio: { voice: 'x', format: 'wav' },
      frequency_penalty: 0.5,
      function_call: 'auto',
      functions: [tool],
      logit_bias: { 1: 2 },
      logprobs: true,
      max_completion_tokens: 50,
      max_tokens: 50,
      metadata: thing,
      modalities: ['text', 'audio'],
      moderation: thing,
      n: 2,
      parallel_tool_calls: false,
      prediction: { type: 'content', content: 'x' },
      presence_penalty: 0.5,
      prompt_cache_key: 'k',
      prompt_cache_options: thing,
      prompt_cache_retention: '24h',
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: format },
      safety_identifier: 'ada',
      seed: 7,
      service_tier: 'flex',
      stop: ['END'],
      store: true,
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.5,
      tool_choice: 'required',
      tools: [{ type: 'function', function: tool }],
      top_logprobs: 2,
      top_p: 0.5,
      user: 'ada',
      verbosity: 'low',
      web_search_options: {},
    },
  ],
  [
    responsesInbound,
    'openai/resources/responses/responses.d.ts',
    'ResponseCreateParamsBase',
    {
      access_programs: [thing],
      background: false,
      context_management: [thing],
      conversation: 'conv_1',
      image: thing,
      include: ['reasoning.encrypted_content'],
      input: 'Hi',
      instructions: 'Be brief.',
      max_output_tokens: 50,
      max_tool_calls: 3,
      metadata: thing,
      model: 'm',
      moderation: thing,
      parallel_tool_calls: false,
      previous_response_id: 'resp_1',
      prompt: { id: 'p' },
      prompt_cache_key: 'k',
      prompt_cache_options: thing,
      prompt_cache_retention: '24h',
      reasoning: { effort: 'low' },
      safety_identifier: 'ada',
      service_tier: 'flex',
      store: true,
      stream: true,
      stream_options: {},
      temperature: 0.5,
      text: { format, verbosity: 'low' },
      tool_choice: 'required',
      tools: [{ type: 'function', ...tool }],
      top_logprobs: 2,
      top_p: 0.5,
      truncation: 'disabled',
      user: 'ada',
    },
  ],
  [
    messagesInbound,
    '@anthropic-ai/sdk/resources/messages/messages.d.ts',
    'MessageCreateParamsBase',
    {
      max_tokens: 50,
      messages: question,
      model: 'm',
      cache_control: { type: 'ephemeral' },
      container: 'c',
      diagnostics: thing,
      inference_geo: 'eu',
      metadata: { user_id: 'ada' },
      output_config: { effort: 'low', format },
      service_tier: 'standard_only',
      speed: 'fast',
      stop_sequences: ['END'],
      stream: true,
      system: 'Be brief.',
      temperature: 0.5,
      thinking: { type: 'enabled', budget_tokens: 2000 },
      tool_choice: { type: 'any' },
      tools: [{ name: 'f', input_schema: { type: 'object' } }],
      top_k: 5,
      top_p: 0.5,
      user_profile_id: 'u',
      workspace_id: 'w',
    },
  ],
]
const WIRES = ['chat', 'responses', 'messages', 'gemini', 'converse', 'cohere'] as const
/** Between the client and us, and answered for by the gateway. */
const OURS = new Set(['model', 'stream', 'stream_options', 'include', 'previous_response_id', 'messages', 'input'])

/** What becomes of one field: `yes`, `named` in the header, or `refused` unless a policy says otherwise. */
function fateOf(inbound: Inbound, wire: (typeof WIRES)[number], name: string, fields: Record<string, unknown>): string {
  const base = Object.fromEntries(
    ['messages', 'input', 'tools'].flatMap((one) => (fields[one] ? [[one, fields[one]]] : [])),
  )
  const extra = name === 'top_logprobs' && inbound.wire === 'chat' ? { logprobs: true } : {}
  const write = (body: Record<string, unknown>) => {
    const { request, unread } = inbound.readRequest(body)
    const { body: written, losses } = outboundOf(wire).writeRequest(request, { model: 'anthropic.claude-opus-4-7' })
    return { unread, losses, text: JSON.stringify(written) }
  }
  const without = write(base)
  const { unread, losses, text } = write({ ...base, ...extra, [name]: fields[name] })
  if (unread.some((field) => field === name)) return inbound.matters.has(name) ? 'refused' : 'named'
  const fresh = losses.filter(({ field }) => !without.losses.some((loss) => loss.field === field))
  if (fresh.length > 0 && text !== without.text) return 'partly'
  if (fresh.some(({ changesAnswer }) => changesAnswer)) return 'refused'
  if (fresh.length > 0) return 'named'
  if (name in base || text !== without.text) return 'yes'
  return OURS.has(name) ? 'ours' : '–'
}

/** As the makers' own type declarations have it. */
function publicFields(file: string, type: string): string[] {
  const source = readFileSync(new URL(`../../node_modules/${file}`, import.meta.url), 'utf8')
  const [, indent = '', block = ''] =
    new RegExp(`^( *)export interface ${type}(?:<[^>]*>)? \\{\\n([\\s\\S]*?)^\\1\\}`, 'm').exec(source) ?? []
  return [...block.matchAll(new RegExp(`^${indent}    (\\w+)\\??:`, 'gm'))].map(([, name = '']) => name)
}

test('every field that the public clients know is carried, named or refused, as the table says', async () => {
  const tables = PUBLIC.map(([inbound, file, type, fields]) => {
    const known = publicFields(file, type)
    expect(known.length).toBeGreaterThan(15)
    expect(known.filter((name) => !(name in fields))).toEqual([])
    const others = WIRES.filter((wire) => wire !== inbound.wire)
    const rows = known.map((name) => {
      const fates = others.map((wire) => fateOf(inbound, wire, name, fields))
      // A field that changes nothing and is not named would be lost in silence.
      if (fates.includes('–')) expect(SILENT, name).toContain(name)
      return [`\`${name}\``, ...fates]
    })
    const head = ['field', ...others]
    const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
    return `## From ${TITLES[inbound.wire]}\n\n${lines.join('\n')}\n`
  })
  await expect(`${HEADING}\n${tables.join('\n')}`).toMatchFileSnapshot('../../docs/gateway-fields.md')
})

const TITLES: Readonly<Record<string, string>> = {
  chat: 'chat completions',
  responses: 'responses',
  messages: 'messages',
}
const HEADING = `# What becomes of each field across dialects

Written by \`src/gateway/carried.test.ts\` (\`vitest run src/gateway/carried.test.ts -u\`): each field that the makers' own clients know, with a value, through our reader and writers, to a Claude model where the model matters. Where client and provider speak the same dialect everything passes as it came.

yes: carried · named: left out, and named in \`airworthy-dropped-fields\` · refused: 400 \`gateway.field-not-carried\`, unless the route says \`onUnsupported\` · partly: some of it is carried, the rest named or refused · ours: between the client and the gateway · –: the default said aloud
`

/** The default said aloud, which every provider follows. */
const SILENT = new Set(['background', 'truncation', 'parallel_tool_calls'])
