/**
 * S1.3.5a, S2.6 · curl against every dialect that clients speak, with every dialect that providers speak: what is read
 * from its output is what the provider said, tools included; and where both speak alike, byte for byte.
 */
import { execFile } from 'node:child_process'
import http from 'node:http'
import { promisify } from 'node:util'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import {
  chatOutbound,
  createSseReader,
  messagesOutbound,
  type Outbound,
  reduce,
  responsesOutbound,
} from '../dialects/index.ts'
import { createUpstream } from '../models/index.ts'
import { inFrontOf, say } from './in-front.example.ts'
import { listening } from './listening.example.ts'
import { SPOKEN } from './spoken-provider.example.ts'

const upstream = createUpstream()
afterAll(() => upstream.close())
const inFront = inFrontOf({ ...listening({ http, afterEach, connect: () => undefined }), upstream })
const run = promisify(execFile)
const missing = await run('curl', ['--version']).then(
  () => undefined,
  () => 'there is no curl',
)

const SAID = {
  id: 'up-1',
  model: 'model-2026-01-01',
  blocks: [
    { kind: 'text', text: 'Let me look – 天気. ' },
    { kind: 'tool-call', id: 'call_1', name: 'weather', arguments: '{"city":"Zürich"}' },
    { kind: 'tool-call', id: 'call_2', name: 'weather', arguments: '{"city":"東京"}' },
  ],
  finish: { reason: 'tool-calls' },
  usage: { inputTokens: 30, outputTokens: 12 },
  error: null,
  isWhole: true,
} as const

const messages = [{ role: 'user', content: 'And the weather?' }]
const schema = { type: 'object', properties: { city: { type: 'string' } } }
const CLIENTS: Readonly<Record<string, { path: string; outbound: Outbound; body: Record<string, unknown> }>> = {
  chat: {
    path: '/v1/chat/completions',
    outbound: chatOutbound,
    body: { messages, tools: [{ type: 'function', function: { name: 'weather', parameters: schema } }] },
  },
  messages: {
    path: '/v1/messages',
    outbound: messagesOutbound,
    body: { messages, max_tokens: 99, tools: [{ name: 'weather', input_schema: schema }] },
  },
  responses: {
    path: '/v1/responses',
    outbound: responsesOutbound,
    body: { input: 'And the weather?', tools: [{ type: 'function', name: 'weather', parameters: schema }] },
  },
}

async function curl(address: string, body: unknown): Promise<string> {
  const headers = ['-H', 'authorization: Bearer builder', '-H', 'content-type: application/json']
  const { stdout } = await run('curl', ['-sS', '-N', '--fail', ...headers, '-d', JSON.stringify(body), address])
  return stdout
}

function readStream(text: string, { createReader }: Outbound) {
  const frames = createSseReader()
  const reader = createReader()
  const data = [...frames.push(Buffer.from(text)), ...frames.end()]
  return reduce([...data.flatMap((one) => reader.push(one)), ...reader.end()])
}

const pairs = Object.keys(CLIENTS).flatMap((client) => Object.keys(SPOKEN).map((provider) => ({ client, provider })))
describe.skipIf(missing).each(pairs)('curl speaks $client to a provider of $provider', ({ client, provider }) => {
  test.each([false, true])('streaming: %s', async (stream) => {
    const { url } = await inFront(provider, (response, says, isStream) =>
      say(response, says, { stream: isStream, said: SAID }),
    )
    const speaks = CLIENTS[client]
    const says = SPOKEN[provider]
    if (!speaks || !says) throw new Error(client)
    const text = await curl(url + speaks.path, { model: 'remote/m', ...speaks.body, stream })
    const answer = stream ? readStream(text, speaks.outbound) : speaks.outbound.readAnswer(JSON.parse(text))
    expect(answer.isWhole).toBe(true)
    expect(
      answer.blocks.map((block) =>
        block.kind === 'tool-call' ? { ...block, arguments: JSON.parse(block.arguments) } : block,
      ),
    ).toEqual(
      SAID.blocks.map((block) =>
        block.kind === 'tool-call' ? { ...block, arguments: JSON.parse(block.arguments) } : block,
      ),
    )
    expect(answer.finish).toEqual(SAID.finish)
    // The direct call's own bytes.
    if (client === provider)
      expect(text).toBe(stream ? says.stream(SAID).toString('utf8') : JSON.stringify(says.whole(SAID)))
  })
})
