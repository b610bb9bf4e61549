/** S1.3.5a, S2.6 · Embeddings by the official client from providers that have their own words for them. */
import http from 'node:http'
import OpenAI from 'openai'
import { afterAll, afterEach, expect, test } from 'vitest'
import { createUpstream, forwardTo, type Spoken } from '../models/index.ts'
import { fakeModels } from './gateway.example.ts'
import type { GatewayDeps } from './index.ts'
import { listening } from './listening.example.ts'

const { open, listen } = listening({ http, afterEach, connect: () => undefined })
const upstream = createUpstream()
afterAll(() => upstream.close())

/** A gateway before one provider that answers so, and what that provider was asked. */
async function answering(dialect: Spoken['dialect'], answer: unknown, status = 200) {
  const asked: { path: string; body: unknown }[] = []
  const url = await listen(async (request, response) => {
    let text = ''
    for await (const piece of request) text += piece
    asked.push({ path: request.url ?? '', body: JSON.parse(text) })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  const spoken: Spoken = { dialect, speaks: [] }
  const forward: GatewayDeps['models']['forward'] = (ask, sink) =>
    forwardTo(upstream, { name: 'remote', ...spoken, baseUrl: url, credential: undefined }, ask, sink)
  const providers = { ...fakeModels.providers, has: () => true, spoken: () => spoken }
  const opened = await open({ models: { ...fakeModels, forward, providers } })
  const client = new OpenAI({ apiKey: 'builder', baseURL: `${opened.url}/v1`, maxRetries: 0 })
  return { ...opened, asked, client }
}

const ONE = [0.25, -0.5]
const TWO = [1, 0.125]

test.each<[string, Spoken['dialect'], string, unknown, { path: string; body: unknown }, number | undefined]>([
  [
    "Google's generative API",
    'gemini',
    'embed-1',
    { embeddings: [{ values: ONE }, { values: TWO }] },
    {
      path: '/models/embed-1:batchEmbedContents',
      body: {
        requests: ['one', 'two'].map((text) => ({
          model: 'models/embed-1',
          content: { parts: [{ text }] },
          outputDimensionality: 2,
        })),
      },
    },
    undefined,
  ],
  [
    'Vertex AI',
    'vertex',
    'embed-1',
    {
      predictions: [ONE, TWO].map((values) => ({ embeddings: { values, statistics: { token_count: 3 } } })),
    },
    {
      path: '/models/embed-1:predict',
      body: { instances: [{ content: 'one' }, { content: 'two' }], parameters: { outputDimensionality: 2 } },
    },
    6,
  ],
  [
    'Cohere',
    'cohere',
    'embed-v4',
    { embeddings: { float: [ONE, TWO] }, meta: { billed_units: { input_tokens: 5 } } },
    {
      path: '/embed',
      body: {
        model: 'embed-v4',
        texts: ['one', 'two'],
        input_type: 'search_document',
        embedding_types: ['float'],
        output_dimension: 2,
      },
    },
    5,
  ],
  [
    'Cohere at Amazon',
    'bedrock',
    'cohere.embed-v3',
    { embeddings: [ONE, TWO] },
    {
      path: '/model/cohere.embed-v3/invoke',
      body: { texts: ['one', 'two'], input_type: 'search_document', embedding_types: ['float'], output_dimension: 2 },
    },
    undefined,
  ],
])('%s answers the official client, as numbers and as bytes', async (_, dialect, model, answer, expected, tokens) => {
  const { client, asked, settled } = await answering(dialect, answer)
  const ask = { model: `remote/${model}`, input: ['one', 'two'], dimensions: 2 }
  // The client asks for bytes unless it is told otherwise, and reads them.
  for (const encoding of [{}, { encoding_format: 'float' as const }]) {
    const { data, usage } = await client.embeddings.create({ ...ask, ...encoding })
    expect(data.map(({ index, embedding }) => [index, embedding])).toEqual([
      [0, ONE],
      [1, TWO],
    ])
    if (tokens !== undefined) expect(usage.prompt_tokens).toBe(tokens)
    else expect(usage.prompt_tokens).toBeGreaterThan(0)
  }
  expect(asked).toEqual([expected, expected])
  for (const event of settled)
    expect(event).toMatchObject({
      status: 'complete',
      operation: 'embeddings',
      usage: { estimated: tokens === undefined },
    })
})

test("Amazon's Titan takes one text, and says so for more", async () => {
  const { client, asked } = await answering('bedrock', { embedding: ONE, inputTextTokenCount: 4 })
  const model = 'remote/amazon.titan-embed-text-v2:0'
  const { data, usage } = await client.embeddings.create({ model, input: 'one' })
  expect(data[0]?.embedding).toEqual(ONE)
  expect(usage.prompt_tokens).toBe(4)
  expect(asked).toEqual([{ path: '/model/amazon.titan-embed-text-v2%3A0/invoke', body: { inputText: 'one' } }])
  const many = client.embeddings.create({ model, input: ['one', 'two'] })
  await expect(many).rejects.toMatchObject({ status: 400, param: 'input' })
})

test('what the vectors are for is carried where there is a word for it, and refused elsewhere', async () => {
  const ask = { input: 'one', input_type: 'search_query' } as never as { input: string }
  const cohere = await answering('cohere', { embeddings: { float: [ONE] } })
  await cohere.client.embeddings.create({ model: 'remote/e', ...ask })
  expect(cohere.asked[0]?.body).toMatchObject({ input_type: 'search_query' })
  const gemini = await answering('gemini', { embeddings: [{ values: ONE }] })
  const refused = gemini.client.embeddings.create({ model: 'remote/e', ...ask })
  await expect(refused).rejects.toMatchObject({ status: 400, code: 'gateway.field-not-carried', param: 'input_type' })
})

test.each([
  [200, { embeddings: [{ values: [] }] }, 'models.upstream-unreadable'],
  [200, {}, 'models.upstream-unreadable'],
  [503, { error: { message: 'down' } }, 'models.upstream-failed'],
])('%s with %j is an error, and no vectors', async (status, answer, code) => {
  const { client, settled } = await answering('gemini', answer, status)
  await expect(client.embeddings.create({ model: 'remote/e', input: 'one' })).rejects.toMatchObject({ code })
  expect(settled).toMatchObject([{ status: 'errored', errorCode: code }])
})
