import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import type { ActorId } from '../core/actor.ts'
import type { Step, Target } from '../core/flow.ts'
import { Manifest, type ModelPart } from '../core/manifest.ts'
import { digestOf } from '../kernel/digest.ts'
import { secureBytes } from '../kernel/random.ts'
import { Secret } from '../kernel/secret.ts'
import { stoppedClock } from '../kernel/time.ts'
import { createModels, modelsMigrations } from '../models/index.ts'
import { createRenderer, parsePrompt, promptPart } from '../prompts/index.ts'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { freshEngine } from '../testing/engine.ts'
import { citationsOf, createFlows, FlowResult, type StepRecord } from './index.ts'

const clock = stoppedClock('2026-11-21T00:00:00.000Z')
const db = openDatabase(await freshEngine())
await migrate(db, [modelsMigrations], clock)
const models = await createModels({
  db,
  clock,
  organisation: 'org',
  masterKey: new Secret('the master key'),
  random: secureBytes,
  credentialNames: ['APP_KEY', 'NOT_SET'],
  credential: (name) => (name === 'APP_KEY' ? new Secret('sk-app-key') : undefined),
  takenBy: async () => undefined,
  record: async () => {},
  systemActor: 'act_0' as ActorId,
  publish: () => {},
  priceBook: JSON.parse(readFileSync(new URL('../../packs/prices/core.json', import.meta.url), 'utf8')),
  recordings: [],
})

let act: (body: string, request: IncomingMessage, response: ServerResponse) => void = () => {}
const server = createServer(async (request, response) => act(await text(request), request, response))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await models.close()
  await db.destroy()
})

const library = [
  { id: 'doc#1', title: 'Returns', text: 'Goods can be returned within 30 days.', source: 'doc.md', score: 4.5 },
  { id: 'doc#2', title: 'Delivery', text: 'We deliver to Norway in five days.', source: 'doc.md', score: 2 },
]
const parts: Parameters<typeof createFlows>[0] = {
  clock,
  models,
  priceBook: () => models.priceBook,
  render: createRenderer(),
  openIndex: () => ({ search: (query, k) => (query.includes('nothing') ? [] : library.slice(0, k)) }),
  at: models.at,
  send: models.send,
  credentialFor: models.providers.credentialFor,
}
const flows = createFlows(parts)

const RETRIEVE: Step = { id: 'find', use: 'retrieve', query: 'last-user-turn', k: 2 }
const GENERATE: Step = { id: 'answer', use: 'generate', prompt: 'answer', model: 'answer' }
const ABSTAIN: Step = { id: 'sure', use: 'abstain', bestScoreBelow: 3, answer: 'I do not know.' }
const CALL: Step = { id: 'call', use: 'call-target' }

function manifest({
  steps,
  model = 'local/extractive',
  parameters = {},
  target,
  baseline,
}: {
  steps: Step[]
  model?: string
  parameters?: Record<string, unknown>
  target?: Partial<Target>
  baseline?: Step[]
}): Manifest {
  const flow = (all: Step[]) => ({ name: 'main', digest: digestOf(all), steps: all })
  const part: ModelPart = { name: 'answer', digest: digestOf([model, parameters]), model, parameters, mutable: null }
  return Manifest.parse({
    schema: 'airworthy.manifest/1',
    application: 'shop',
    prompts: [
      promptPart(
        parsePrompt(
          '{{role "system"}}{{#each passages}}[{{n}}] {{text}} {{/each}}{{role "user"}}{{question}}',
          'answer.prompt',
        ),
      ),
    ],
    models: [part],
    flow: flow(steps),
    baseline: baseline ? flow(baseline) : null,
    index: {
      name: 'knowledge',
      digest: digestOf(1),
      file: digestOf(2),
      analyser: 'plain',
      k1: 1.2,
      b: 0.75,
      passages: 2,
    },
    target: target
      ? { kind: 'http', url: address, model: 'app', timeoutMs: 400, ...target, digest: digestOf(3) }
      : null,
    datasets: [],
    suites: [],
    evaluators: [],
    priceBook: models.priceBook,
    outside: [],
  })
}
const ask = (of: Manifest, question = 'Can I return goods?', more = {}) =>
  flows.run({
    manifest: of,
    arm: 'flow',
    turns: [{ role: 'user', content: question }],
    signal: new AbortController().signal,
    ...more,
  })

test('retrieves, answers with sources, and records each step under OpenTelemetry names', async () => {
  const deltas: string[] = []
  const result = await ask(
    manifest({ steps: [RETRIEVE, ABSTAIN, GENERATE], parameters: { sentences: 1 } }),
    undefined,
    {
      onDelta: (piece: string) => deltas.push(piece),
    },
  )
  expect(FlowResult.parse(result)).toMatchObject({
    answer: 'Goods can be returned within 30 days. [1]',
    abstained: false,
    citations: ['doc#1'],
    invalidCitations: [],
    costMicroUsd: '0',
    servedBy: 'local/extractive',
    priceBook: models.priceBook,
  })
  expect(deltas.join('')).toBe(result.answer)
  expect(deltas.length).toBeGreaterThan(3)
  expect(result.steps.map(({ name }) => name)).toEqual(['retrieval knowledge', 'abstain sure', 'chat local/extractive'])
  expect(result.steps[0]?.attributes).toMatchObject({
    'gen_ai.operation.name': 'retrieval',
    'gen_ai.retrieval.documents': [
      { id: 'doc#1', score: 4.5 },
      { id: 'doc#2', score: 2 },
    ],
  })
  expect(result.steps[2]?.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'local',
    'gen_ai.request.model': 'local/extractive',
    'gen_ai.usage.input_tokens': result.usage.inputTokens,
    'gen_ai.usage.output_tokens': result.usage.outputTokens,
    'airworthy.usage.estimated': true,
  })
  expect(JSON.stringify(result.steps)).not.toContain('gen_ai.input.messages')
})

test.for([
  ['nothing is found', 'nothing', [RETRIEVE, ABSTAIN, GENERATE]],
  ['the best passage is too weak', 'Goods?', [RETRIEVE, { ...ABSTAIN, bestScoreBelow: 4.6 }, GENERATE]],
  ['a later step abstains, nothing is streamed before', 'nothing', [RETRIEVE, GENERATE, ABSTAIN]],
] as [string, string, Step[]][])('abstains when %s', async ([, question, steps]) => {
  let streamed = ''
  const result = await ask(manifest({ steps }), question, { onDelta: (piece: string) => (streamed += piece) })
  expect(result).toMatchObject({ answer: 'I do not know.', abstained: true, servedBy: 'flow', citations: [] })
  expect(streamed).toBe('I do not know.')
  expect(result.steps.length).toBe(steps.findIndex(({ use }) => use === 'abstain') + 1)
})

test('a marker that points nowhere is an invalid citation', async () => {
  const steps = [RETRIEVE, GENERATE]
  const result = await ask(manifest({ steps, model: 'scripted/fixed', parameters: { text: 'Yes [2], surely [7].' } }))
  expect(result).toMatchObject({ citations: ['doc#2'], invalidCitations: ['[7]'] })
  const plain = await ask(manifest({ steps: [GENERATE], model: 'scripted/fixed', parameters: { text: 'See [7].' } }))
  expect(plain).toMatchObject({ citations: [], invalidCitations: [] })
})

test.for([
  ['none', [], []],
  ['One [1]. Two [2][1].', ['a', 'b'], []],
  ['Both [1, 2] and [3,9]', ['a', 'b', 'c'], ['[9]']],
  ['[0] is no rank, [0] again', [], ['[0]']],
  ['list[1] is code, [x] is text, [2024-01] too', [], []],
] as const)('reads the markers of %j', ([answer, citations, invalidCitations]) => {
  const passages = ['a', 'b', 'c'].map((id, i) => ({ n: i + 1, id }))
  expect(citationsOf(answer, passages)).toEqual({ citations, invalidCitations })
})

test('the baseline is run by itself', async () => {
  const both = manifest({ steps: [GENERATE], model: 'local/first-sentence', baseline: [RETRIEVE, GENERATE] })
  expect((await ask(both, 'x', { arm: 'baseline' })).answer).toBe('Goods can be returned within 30 days. [1]')
  await expect(ask(manifest({ steps: [GENERATE] }), 'x', { arm: 'baseline' })).rejects.toMatchObject({
    code: 'flows.no-baseline',
  })
})

test('a target that takes messages and answers an answer', async () => {
  act = (body, request, response) => {
    expect(JSON.parse(body)).toEqual({ messages: [{ role: 'user', content: 'Hello' }] })
    expect(request.headers.authorization).toBe('Bearer sk-app-key')
    response.end('{"answer":"Hi from the app."}')
  }
  const result = await ask(manifest({ steps: [CALL], target: { credential: 'APP_KEY' } }), 'Hello')
  expect(result).toMatchObject({ answer: 'Hi from the app.', costMicroUsd: null, usage: { estimated: true } })
})

test('a target that speaks OpenAI’s dialect streams', async () => {
  act = (_, request, response) => {
    expect(request.url).toBe('/v1/chat/completions')
    for (const content of ['Hi', ' there'])
      response.write(`data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: null }] })}\n\n`)
    response.end(
      'data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}\n\ndata: [DONE]\n\n',
    )
  }
  const deltas: string[] = []
  const result = await ask(manifest({ steps: [CALL], target: { kind: 'openai', url: `${address}/v1` } }), 'Hello', {
    onDelta: (piece: string) => deltas.push(piece),
  })
  expect(result).toMatchObject({ answer: 'Hi there', usage: { inputTokens: 3, outputTokens: 2, estimated: false } })
  expect(deltas).toEqual(['Hi', ' there'])
})

test.for<[string, Step[], Parameters<typeof manifest>[0] | object, string]>([
  ['a target that answers nonsense', [CALL], { target: {} }, 'flows.target-unreadable'],
  ['a target with a key that is not set', [CALL], { target: { credential: 'NOT_SET' } }, 'models.key-missing'],
  ['a release without a target', [CALL], {}, 'flows.no-target'],
  [
    'a model that fails',
    [RETRIEVE, GENERATE],
    { model: 'scripted/echo', parameters: { failEvery: 1 } },
    'models.scripted-failure',
  ],
  ['a model without a key', [GENERATE], { model: 'openai/gpt-4o' }, 'models.key-missing'],
])('%s fails with the name of the step, and leaves its record', async ([, steps, more, code]) => {
  act = (_, __, response) => void response.end('hello')
  const records: StepRecord[] = []
  const thrown = await ask(manifest({ steps, ...more }), 'Hello', {
    onStep: (record: StepRecord) => records.push(record),
  }).catch((error) => error)
  const last = steps.at(-1)?.id
  expect(thrown).toMatchObject({
    code,
    facts: { step: last },
    message: expect.stringMatching(new RegExp(`^Step ${last}: `)),
  })
  expect(records.map(({ error }) => error?.code)).toEqual([...steps.slice(1).map(() => undefined), code])
  expect(records.at(-1)?.attributes['error.type']).toBe(code)
})

test('a cancelled run ends at once with the reason, and its step says so', async () => {
  const stop = new AbortController()
  const records: StepRecord[] = []
  const hanging = manifest({
    steps: [GENERATE],
    model: 'scripted/fixed',
    parameters: { text: 'abc', streamFault: 'hang' },
  })
  setTimeout(() => stop.abort(new Error('the client hung up')), 20)
  await expect(
    ask(hanging, 'x', { signal: stop.signal, onDelta: () => {}, onStep: (record: StepRecord) => records.push(record) }),
  ).rejects.toThrow('the client hung up')
  expect(records).toMatchObject([{ error: { code: 'flows.cancelled' } }])
})

test.for([
  ['an object', '{ schema: { colour: string } }', { type: 'object', properties: { colour: { type: 'string' } } }],
  ['a bare text, which providers hold no answer to', '{ schema: string }', undefined],
  ['JSON of no schema', '{ format: json }', undefined],
] as const)('a model is told what its answer must fit where the prompt declares %s', async ([, output, schema]) => {
  const asked: (object | undefined)[] = []
  const told = createFlows({
    ...parts,
    models: {
      ...models,
      complete: (request) => {
        asked.push(request.answerSchema)
        return models.complete(request)
      },
    },
  })
  const whole = manifest({ steps: [GENERATE], model: 'scripted/fixed', parameters: { text: '{}' } })
  const prompts = [promptPart(parsePrompt(`---\noutput: ${output}\n---\n{{question}}`, 'answer.prompt'))]
  const { steps } = await told.run({
    manifest: { ...whole, prompts },
    arm: 'flow',
    turns: [{ role: 'user', content: 'Which?' }],
    signal: new AbortController().signal,
  })
  expect(asked).toEqual([schema && { name: 'answer', schema: expect.objectContaining(schema) }])
  expect(steps[0]?.attributes['gen_ai.output.type']).toBe(schema && 'json')
})

test('rendered prompts are kept only where that is asked for', async () => {
  const result = await ask(manifest({ steps: [RETRIEVE, GENERATE] }), 'x', { recordContent: true })
  expect(result.steps[1]?.attributes['gen_ai.input.messages']).toEqual([
    { role: 'system', parts: [{ type: 'text', content: expect.stringContaining('[2] We deliver') }] },
    { role: 'user', parts: [{ type: 'text', content: 'x' }] },
  ])
})
