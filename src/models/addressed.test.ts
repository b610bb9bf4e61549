/** S1.3.5a, S1.3.5c · Where and how each kind of provider is asked, and what differs from its dialect. */
import { expect, test } from 'vitest'
import { hide } from '../kernel/hide.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { BUILT_IN_PROVIDERS, knownAt } from './built-in-providers.ts'
import { createCredentialNames } from './credential-names.ts'
import { outboundOf } from './outbound.ts'
import { addressed, type Endpoint, listAsk, named } from './providers/endpoint.ts'
import type { Dialect, ProviderCall } from './speech.ts'

const endpoint = (dialect: Dialect, baseUrl: string, credential = 'key-0123456789'): Endpoint => ({
  name: 'remote',
  dialect,
  baseUrl,
  credential: new Secret(credential),
  speaks: [],
  clock: stoppedClock(),
})
const VERTEX = 'https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google'
const BEDROCK = 'https://bedrock-runtime.eu-central-1.amazonaws.com'
const AZURE = 'https://acme.openai.azure.com'

test.each([
  ['openai', 'https://x.test/v1/', 'chat', false, 'https://x.test/v1/chat/completions', 'authorization'],
  ['anthropic', 'https://x.test/v1', 'messages', false, 'https://x.test/v1/messages', 'x-api-key'],
  [
    'gemini',
    'https://x.test/v1beta',
    'chat',
    false,
    'https://x.test/v1beta/models/m:generateContent',
    'x-goog-api-key',
  ],
  [
    'gemini',
    'https://x.test/v1beta',
    'chat',
    true,
    'https://x.test/v1beta/models/m:streamGenerateContent?alt=sse',
    'x-goog-api-key',
  ],
  ['vertex', VERTEX, 'chat', true, `${VERTEX}/models/m:streamGenerateContent?alt=sse`, 'authorization'],
  ['bedrock', BEDROCK, 'chat', false, `${BEDROCK}/model/m/converse`, 'authorization'],
  ['bedrock', BEDROCK, 'chat', true, `${BEDROCK}/model/m/converse-stream`, 'authorization'],
  ['cohere', 'https://api.cohere.com/v2', 'chat', true, 'https://api.cohere.com/v2/chat', 'authorization'],
  ['azure', `${AZURE}/openai/v1`, 'chat', false, `${AZURE}/openai/v1/chat/completions`, 'api-key'],
  [
    'azure',
    `${AZURE}/openai?api-version=2024-10-21`,
    'chat',
    false,
    `${AZURE}/openai/deployments/m/chat/completions?api-version=2024-10-21`,
    'api-key',
  ],
  [
    'azure',
    `${AZURE}/openai?api-version=2025-04-01-preview`,
    'responses',
    true,
    `${AZURE}/openai/responses?api-version=2025-04-01-preview`,
    'api-key',
  ],
] satisfies [Dialect, string, ProviderCall, boolean, string, string][])(
  '%s at %s is asked for %s (stream: %s) at %s with %s',
  (dialect, baseUrl, call, stream, url, header) => {
    const asked = addressed(endpoint(dialect, baseUrl), { call, model: 'm', stream, body: '{}' })
    expect(asked.url).toBe(url)
    expect(named(asked.headers)[header]).toContain('key-0123456789')
  },
)

test('a request to Bedrock is signed over its body when the credential has two parts', () => {
  const at = endpoint('bedrock', BEDROCK, 'AKIDEXAMPLE:the-secret-half')
  const ask = { call: 'chat', model: 'eu.anthropic.claude-v1:0', stream: false } as const
  const [one, other] = ['{"a":1}', '{"a":2}'].map((body) => addressed(at, { ...ask, body }))
  expect(one?.url).toBe(`${BEDROCK}/model/eu.anthropic.claude-v1%3A0/converse`)
  expect(named(one?.headers ?? []).authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260301\/eu-central-1\/bedrock\/aws4_request/,
  )
  expect(one?.headers).not.toEqual(other?.headers)
  expect(JSON.stringify(one)).not.toContain('the-secret-half')
})

test('the parts of a key are hidden one by one, as Bedrock says back what it was sent', () => {
  const key = new Secret('AKIDEXAMPLE0:the-secret-half:the-session-token')
  expect(hide('x-amz-security-token:the-session-token', key)).toBe('x-amz-security-token:[secret]')
})

test.each(['..', '.', '../../admin', 'a/b?c#d'])('the model %s leads to no other address', (model) => {
  for (const dialect of ['bedrock', 'gemini', 'azure'] as const) {
    const at = endpoint(dialect, 'https://x.test/v1?api-version=1')
    const ask = () => new URL(addressed(at, { call: 'chat', model, stream: false, body: '' }).url).pathname
    if (model === '.' || model === '..') expect(ask).toThrow(/There is no model/)
    else expect(ask()).toMatch(/^\/v1\/(?:model|models|deployments)\/[^/]+(?:\/(?:converse|chat\/completions))?$/)
  }
})

test('models are listed where each provider lists them', () => {
  expect(listAsk(endpoint('bedrock', BEDROCK)).url).toBe('https://bedrock.eu-central-1.amazonaws.com/foundation-models')
  expect(listAsk(endpoint('cohere', 'https://api.cohere.com/v2')).url).toBe(
    'https://api.cohere.com/v1/models?page_size=1000',
  )
  expect(() => listAsk({ ...endpoint('openai', 'https://api.perplexity.ai'), list: null })).toThrow(/lists its models/)
})

test('every built-in provider has its own name and address, and a key that may be named', () => {
  const names = createCredentialNames()
  expect(new Set(BUILT_IN_PROVIDERS.map(({ name }) => name)).size).toBe(BUILT_IN_PROVIDERS.length)
  for (const one of BUILT_IN_PROVIDERS) {
    expect(knownAt(one.baseUrl), one.name).toBe(one)
    if (one.env === null) expect(new URL(one.baseUrl).hostname).toBe('127.0.0.1')
    else expect(names.mayBeNamed(one.env), one.env).toBe(true)
  }
})

test('what a server refuses is renamed or left out, and named when it is somebody’s loss', () => {
  const { quirks } = knownAt('https://api.mistral.ai/v1') ?? {}
  const { body, losses } = outboundOf('chat').writeRequest(
    {
      messages: [{ role: 'user', content: [{ kind: 'text', text: 'Hello' }] }],
      tools: [],
      stream: true,
      maxOutputTokens: 10,
      seed: 7,
      user: 'ada',
      logprobs: { top: 0 },
    },
    { model: 'm', quirks },
  )
  expect(body).toEqual({
    model: 'm',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    max_tokens: 10,
    random_seed: 7,
  })
  expect(losses).toEqual([
    { field: 'user', changesAnswer: false },
    { field: 'logprobs', changesAnswer: true },
  ])
})
