/**
 * S1.3.5a, S1.3.5c · What clients really asked and providers really answered (`data/wire-recorded`, the cassettes): every
 * request is read that a client of ours could send, and every answer, whole, as a stream or as an error. What is no
 * call of a model is listed by name.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Answer } from './answer.ts'
import { chatInbound, chatOutbound } from './chat/chat.ts'
import { cohereOutbound } from './cohere/cohere.ts'
import { converseOutbound } from './converse/converse.ts'
import type { Inbound, Outbound } from './dialect.ts'
import { geminiOutbound } from './gemini/gemini.ts'
import { messagesInbound, messagesOutbound } from './messages/messages.ts'
import { createReducer } from './reduce.ts'
import { responsesInbound, responsesOutbound } from './responses/responses.ts'

type Json = Record<string, unknown>
type Side = { body?: unknown; parsed_body?: unknown; headers?: Record<string, unknown> }
type Interaction = {
  request: Side & { method: string; uri?: string; url?: string }
  response: Side & { status?: unknown; code?: number }
}
type Exchange = {
  name: string
  method: string
  url: URL
  status: number
  kind: string
  request: unknown
  answer: Buffer
}

const exchanges = ['pydantic-ai-cassettes', 'envoy-ai-gateway-cassettes'].flatMap((file) =>
  gunzipSync(readFileSync(`data/wire-recorded/${file}.jsonl.gz`))
    .toString('utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { name, yaml } = JSON.parse(line) as { name: string; yaml: string }
      const { interactions } = parse(yaml, { maxAliasCount: -1 }) as { interactions: Interaction[] }
      return interactions.map((one) => exchangeOf(name, one))
    }),
)

function exchangeOf(name: string, { request, response }: Interaction): Exchange {
  const { code } = response.status as { code?: number }
  const headers = Object.entries(response.headers ?? {}).find(([header]) => header.toLowerCase() === 'content-type')
  return {
    name,
    method: request.method.toUpperCase(),
    url: new URL(request.uri ?? request.url ?? ''),
    status: code ?? response.code ?? Number.parseInt(String(response.status), 10),
    kind: String(headers?.[1] ?? ''),
    request: request.parsed_body ?? parsed(bytesOf(request).toString('utf8')),
    answer: bytesOf(response),
  }
}

function bytesOf({ body, parsed_body }: Side): Buffer {
  if (parsed_body !== undefined) return Buffer.from(JSON.stringify(parsed_body))
  const held = body !== null && typeof body === 'object' && 'string' in body ? (body as Json).string : body
  const bytes = Buffer.from(typeof held === 'string' || held instanceof Uint8Array ? held : JSON.stringify(held ?? ''))
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Reader = { outbound: Outbound; inbound?: Inbound }

/** By the end of the path. */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\/chat\/completions$/, { outbound: chatOutbound, inbound: chatInbound }],
  [/\/responses$/, { outbound: responsesOutbound, inbound: responsesInbound }],
  [/\/responses\/resp_\w+$/, { outbound: responsesOutbound }],
  [/\/messages$/, { outbound: messagesOutbound, inbound: messagesInbound }],
  [/:(?:streamG|g)enerateContent$/, { outbound: geminiOutbound }],
  [/\/converse(?:-stream)?$/, { outbound: converseOutbound }],
  [/\/v2\/chat$/, { outbound: cohereOutbound }],
]
const readerOf = ({ url, method, kind }: Exchange): Reader | undefined =>
  kind.includes('video/') || method === 'DELETE' ? undefined : READERS.find(([path]) => path.test(url.pathname))?.[1]

/** Calls that no dialect reads, because they are no conversation with a model. */
const NO_CONVERSATION = [
  'DELETE api.openai.com/v1/conversations/*',
  'GET data.grepit.app/assets/*',
  'POST *:countTokens',
  'POST api.anthropic.com/v1/messages/count_tokens',
  'POST api.openai.com/v1/completions',
  'POST api.openai.com/v1/conversations',
  'POST api.openai.com/v1/embeddings',
  'POST api.openai.com/v1/responses/compact',
  'POST bedrock-runtime.us-east-1.amazonaws.com/model/*/count-tokens',
  'POST oauth2.googleapis.com/token',
]
const placeOf = ({ method, url }: Exchange): string =>
  `${method} ${url.host}${url.pathname}`
    .replace(/^POST .*(:countTokens)$/, 'POST *$1')
    .replace(/\/model\/[^/]+\/count-tokens$/, '/model/*/count-tokens')
    .replace(/\/(conversations|assets)\/[^/]+$/, '/$1/*')

const conversations = exchanges.flatMap((exchange) => {
  const reader = readerOf(exchange)
  return reader ? [{ exchange, ...reader }] : []
})

test('what no dialect reads is listed, and nothing else is left out', () => {
  const left = exchanges.filter((one) => !readerOf(one)).map(placeOf)
  expect([...new Set(left)].sort()).toEqual(NO_CONVERSATION)
  expect({ exchanges: exchanges.length, conversations: conversations.length }).toEqual({
    exchanges: 318,
    conversations: 288,
  })
})

test('every request of a dialect that clients speak is read', () => {
  const asked = conversations.filter(({ inbound, exchange }) => inbound && exchange.status === 200)
  const unread = new Map<string, number>()
  const refused: string[] = []
  for (const { inbound, exchange } of asked) {
    if (exchange.method !== 'POST') continue
    let read: ReturnType<Inbound['readRequest']> | undefined
    try {
      read = inbound?.readRequest(exchange.request as Json)
    } catch (thrown) {
      refused.push(`${exchange.name}: ${(thrown as Error).message}`)
      continue
    }
    expect(read?.request.messages.length, exchange.name).toBeGreaterThan(0)
    for (const field of read?.unread ?? []) {
      const name = `${inbound?.wire} ${field.replace(/\.\d+/g, '.*')}`
      unread.set(name, (unread.get(name) ?? 0) + 1)
    }
  }
  expect([...new Set(refused)]).toEqual(REFUSED)
  expect([...unread.keys()].sort()).toEqual(UNREAD)
})

/** What cannot be carried into another dialect at all, each with its reason. */
const REFUSED: string[] = [
  ...['reasoning', 'streaming_continuation', 'streaming_starting_after', 'with_tool'].map(
    (name) => `test_background_mode_${name}_vcr: \`background\` is not offered here; leave it out.`,
  ),
  'test_openai_responses_reasoning_generate_summary: `truncation` auto is not offered here; leave it out and shorten the input.',
]

/** Fields of these requests that the canonical form has no place for: named to the client, never lost in silence. */
const UNREAD: string[] = [
  'chat messages.*.prefix',
  'chat moderation',
  'chat web_search_options',
  'messages cache_control',
  'messages container',
  'messages mcp_servers',
  'responses context_management',
  'responses conversation',
]

/** One byte at a time where that is bearable, else in pieces that end anywhere. */
function streamed(outbound: Outbound, bytes: Buffer, size: number): Answer {
  const frames = outbound.createFrames()
  const reader = outbound.createReader()
  const reducer = createReducer()
  const take = (datas: string[]) => {
    for (const data of datas) for (const event of reader.push(data)) reducer.push(event)
  }
  for (let at = 0; at < bytes.length; at += size) take(frames.push(bytes.subarray(at, at + size)))
  take(frames.end())
  for (const event of reader.end()) reducer.push(event)
  return reducer.take()
}

function unfinished(label: string): string[] {
  return ['does not say why it ended', 'says nothing', 'has no usage'].map((what) => `${label}: ${what}`)
}

const isStream = ({ kind }: Exchange) => /event-?stream/.test(kind)

test('every answer is read, with its text or its calls, its end and its usage', () => {
  const wrong: string[] = []
  for (const { exchange, outbound } of conversations.filter(({ exchange }) => exchange.status === 200)) {
    const { answer: bytes, name, url } = exchange
    const label = `${name} ${url.pathname.split('/').at(-1)}`
    let answer: Answer
    try {
      answer = isStream(exchange)
        ? streamed(outbound, bytes, bytes.length)
        : outbound.readAnswer(parsed(bytes.toString('utf8')))
    } catch (thrown) {
      wrong.push(`${label}: ${(thrown as Error).message}`)
      continue
    }
    const saysNothing = answer.blocks.length === 0 && answer.finish?.reason !== 'filtered'
    const says = [
      answer.error && `failed: ${answer.error.message}`,
      !answer.isWhole && 'is not whole',
      answer.finish === null && 'does not say why it ended',
      answer.finish?.reason === 'unknown' && 'ends for a reason unknown here',
      saysNothing && 'says nothing',
      answer.usage === null && 'has no usage',
      NAMES_ITSELF.has(outbound.wire) && !answer.model && 'has no model',
      NAMES_ITSELF.has(outbound.wire) && !answer.id && 'has no id',
      answer.blocks.some((block) => block.kind === 'tool-call' && (!block.id || !block.name)) &&
        'has a call without name',
      answer.blocks.some((block) => block.kind === 'tool-call' && typeof parsed(block.arguments) !== 'object') &&
        'has a call whose arguments are no JSON',
    ]
    for (const one of says) if (one) wrong.push(`${label}: ${one}`)
  }
  expect(wrong).toEqual(ODD)
})

const NAMES_ITSELF: ReadonlySet<string> = new Set(['chat', 'responses', 'messages', 'gemini'])

/** Answers that are odd as they were recorded. */
const ODD: string[] = [
  // A server that answers whatever it was sent.
  "test_invalid_response completions: The provider's answer (chat) cannot be read: it holds no message.",
  // Asked to be made in the background, and not yet there.
  ...unfinished('test_background_mode_reasoning_vcr responses'),
  // The rest of a stream, from a later event on.
  'test_background_mode_streaming_starting_after_vcr resp_0850765c843cca5300699cc47d93c0819089a181f5feeff8eb: has no id',
  ...unfinished('test_background_mode_with_tool_vcr responses'),
  ...unfinished('test_background_mode_with_tool_vcr responses'),
  ...unfinished('test_background_mode_with_tool_vcr resp_0e6b15873828668f00698b9df63cb08196a7f29ecc4788d6b6'),
  // Written by hand where it was recorded: its status is none that OpenAI has.
  'test_openai_previous_response_id_auto_mode responses: does not say why it ended',
  // Blocked before the model saw it.
  'test_google_model_armor_prompt_template_text_gets_blocked gemini-2.5-flash:generateContent: has no usage',
  // All its tokens went into thought.
  'chat-multimodal completions: says nothing',
  // Nobody asked for the usage of these streams.
  'chat-streaming-web-search completions: has no usage',
  'chat-streaming completions: has no usage',
]

test('every recorded stream comes out the same wherever its bytes are cut', () => {
  const streams = conversations.filter(({ exchange }) => exchange.status === 200 && isStream(exchange))
  expect(streams).toHaveLength(27)
  for (const { exchange, outbound } of streams) {
    const whole = streamed(outbound, exchange.answer, exchange.answer.length)
    for (const size of exchange.answer.length < 20_000 ? [1, 7, 1000] : [7, 1000])
      expect(streamed(outbound, exchange.answer, size), exchange.name).toEqual(whole)
  }
})

test('every refusal is read as an error with the words of the provider', () => {
  const refused = conversations.filter(({ exchange }) => exchange.status !== 200)
  expect(refused.map(({ exchange }) => exchange.status).sort()).toEqual([400, 400, 400, 400, 404])
  for (const { exchange, outbound } of refused) {
    const { error } = outbound.readAnswer(parsed(exchange.answer.toString('utf8')))
    expect(error?.message, exchange.name).toMatch(/\w{3,}/)
  }
})
