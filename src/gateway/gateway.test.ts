import http from 'node:http'
import OpenAI from 'openai'
import { afterEach, expect, test } from 'vitest'
import { Failure } from '../kernel/failure.ts'
import { sleep } from '../kernel/time.ts'
import { estimateUsage } from '../models/index.ts'
import { candidate, control, flowResult, liveTable, retrieved } from './gateway.example.ts'
import { listening } from './listening.example.ts'

const { open, send } = listening({
  http,
  afterEach,
  connect: (apiKey, baseURL) => new OpenAI({ apiKey, baseURL, maxRetries: 0 }),
})
/** The tables of the tokeniser are loaded by the first that asks. */
const COUNT_MS = 20_000
type Body = OpenAI.ChatCompletionCreateParamsNonStreaming
const question: Body = { model: 'helpdesk', messages: [{ role: 'user', content: 'Where is my order?' }] }
test('the official client is answered by the release, with sources, usage and headers', async () => {
  const { client, settled, reserved, gateway } = await open({ live: () => liveTable(1) })
  const { data, response } = await client()
    .chat.completions.create(
      { ...question, temperature: 0.3 },
      { headers: { 'airworthy-metadata': '{"feature":"search"}' } },
    )
    .withResponse()
  expect(data).toMatchObject({
    object: 'chat.completion',
    model: 'local/extractive',
    choices: [
      {
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: 'It left on Monday. [1]',
          citations: [{ id: 'p1', title: 'Orders', source: 'orders.md' }],
        },
      },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  })
  const [event] = settled
  expect(settled).toHaveLength(1)
  expect(data.id).toBe(`chatcmpl-${event?.traceId}`)
  const names = ['trace', 'release', 'arm', 'attempts', 'cost-micro-usd', 'dropped-fields']
  expect(names.map((name) => response.headers.get(`airworthy-${name}`))).toEqual([
    event?.traceId,
    candidate.id,
    'candidate',
    '1',
    '12.5',
    'temperature',
  ])
  expect(event).toMatchObject({
    status: 'complete',
    httpStatus: 200,
    application: 'helpdesk',
    stage: 'poc',
    release: candidate.id,
    releaseDigest: candidate.digest,
    rollout: { share: 1 },
    requestedModel: 'helpdesk',
    servedBy: 'local/extractive',
    provider: 'local',
    stream: false,
    costMicroUsd: '12.5',
    input: [{ role: 'user', content: 'Where is my order?' }],
    output: 'It left on Monday. [1]',
    metadata: { feature: 'search' },
    keyId: 'key_1',
  })
  expect(event?.overheadMs).toBeLessThanOrEqual(event?.latencyMs ?? 0)
  // 104 bytes and room for the answer, at a micro-dollar a token; settled at what it cost.
  expect(reserved).toMatchObject([{ ask: { application: 'helpdesk', key: 'key_1' }, actual: ['12.5'] }])
  expect(Number(reserved[0]?.ask.costMicroUsd)).toBeGreaterThan(4096)
  expect(gateway.inFlight()).toBe(0)
})

test('a stream comes piece by piece and ends with sources, usage when asked for, and the cost in a trailer', async () => {
  const { client, settled, url } = await open()
  const stream = await client().chat.completions.create({
    ...question,
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = []
  for await (const chunk of stream) chunks.push(chunk)
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content)).toEqual([
    '',
    'It left ',
    'on Monday. [1]',
    undefined,
    undefined,
  ])
  expect(chunks.at(-2)).toMatchObject({
    model: 'local/extractive',
    choices: [{ finish_reason: 'stop', delta: { citations: [{ id: 'p1' }] } }],
  })
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 120 } })
  expect(settled).toMatchObject([{ status: 'complete', stream: true, output: 'It left on Monday. [1]' }])
  expect(settled[0]?.firstTokenMs).toBeGreaterThan(0)

  const raw = await send(url, { ...question, stream: true })
  expect(raw.text).toMatch(/data: \[DONE\]\n\n$/)
  expect(raw.text).not.toContain('"usage"')
  expect(raw.trailers).toEqual({ 'airworthy-cost-micro-usd': '12.5' })
})

test('an abstention that the flow does not stream is sent as one piece', async () => {
  const { client, settled } = await open({
    runFlow: async () => flowResult({ answer: 'I do not know.', abstained: true, citations: [], servedBy: 'flow' }),
  })
  const stream = await client().chat.completions.create({ ...question, stream: true })
  let text = ''
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  expect(text).toBe('I do not know.')
  expect(settled).toMatchObject([{ abstained: true, status: 'complete' }])
})

test('a model that lives here is asked directly', async () => {
  const { client, settled } = await open()
  const answer = await client().chat.completions.create({ ...question, model: 'local/echo' })
  expect(answer).toMatchObject({ model: 'local/echo', choices: [{ message: { content: 'Where is my order?' } }] })
  expect(answer.choices[0]?.message).not.toHaveProperty('citations')
  expect(settled).toMatchObject([{ application: null, release: null, arm: null, rollout: null, provider: 'local' }])
})

test.for([
  ['a header', { 'airworthy-subject': 'eve' }, { user: 'bob', safety_identifier: 'sue' }, 'header'],
  ['a safety identifier', {}, { user: 'bob', safety_identifier: 'sue' }, 'safety-identifier'],
  ['a user', {}, { user: 'bob' }, 'user'],
  ['nothing', {}, {}, 'conversation'],
] as const)('with %s the subject keeps its arm, and the source is kept', async ([, headers, body, source]) => {
  const { client, settled } = await open()
  const messages: Body['messages'] = [
    ...question.messages,
    { role: 'assistant', content: 'Which one?' },
    { role: 'user', content: 'The first.' },
  ]
  for (const change of [{}, { messages }])
    await client().chat.completions.create({ ...question, ...body, ...change }, { headers })
  expect(settled.map((event) => event.subjectSource)).toEqual([source, source])
  expect(new Set(settled.map(({ unit, arm }) => `${unit} ${arm}`)).size).toBe(1)
  expect(JSON.stringify(settled.map(({ unit }) => unit))).not.toMatch(/eve|sue|bob/)
})

test('subjects are split by the share of the rollout', async () => {
  const { client, settled } = await open({ live: () => liveTable(0.5) })
  for (let n = 0; n < 40; n += 1) await client().chat.completions.create({ ...question, user: `user ${n}` })
  const arms = settled.map(({ arm, release }) => `${arm} ${release === candidate.id}`)
  expect(new Set(arms)).toEqual(new Set(['control false', 'candidate true']))
})

const stageOf = { 'helpdesk@sandbox': candidate.id, 'helpdesk@poc': control.id }
test.for(Object.entries(stageOf))('%s is answered by the release of that stage', async ([model, release]) => {
  const { client, settled } = await open({ live: () => liveTable(0) })
  await client('bound').chat.completions.create({ ...question, model })
  expect(settled).toMatchObject([{ release, arm: 'control' }])
})

test('an error after the first piece is an error event, never a clean end', async () => {
  const { client, settled, url } = await open({
    runFlow: async ({ onDelta, onStep }) => {
      onStep(retrieved)
      onDelta?.('It left ')
      await sleep(5)
      throw new Failure('unavailable', 'models.stream-cut', 'The provider broke its answer off.')
    },
  })
  const stream = await client().chat.completions.create({ ...question, stream: true })
  const pieces: string[] = []
  const read = async () => {
    for await (const chunk of stream) pieces.push(chunk.choices[0]?.delta.content ?? '')
  }
  await expect(read()).rejects.toThrow(/broke its answer off/)
  expect(pieces).toEqual(['', 'It left '])
  expect((await send(url, { ...question, stream: true })).text).not.toContain('[DONE]')
  expect(settled).toMatchObject([
    { status: 'errored', httpStatus: 502, output: 'It left ', steps: [{ id: 'find' }] },
    { status: 'errored' },
  ])
})

test.for([true, false])(
  'a client that hangs up stops the flow at once and is settled as cancelled (stream: %s)',
  async (stream) => {
    let stopped = 0
    const { settled, url, reserved, gateway } = await open({
      runFlow: ({ onDelta, signal }) => {
        onDelta?.('It left ')
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            stopped = performance.now()
            reject(signal.reason)
          })
        })
      },
    })
    const asked = send(url, { ...question, stream })
    await expect.poll(() => gateway.inFlight()).toBe(1)
    await sleep(20)
    const before = performance.now()
    asked.abandon()
    await expect.poll(() => stopped).toBeGreaterThan(0)
    expect(stopped - before).toBeLessThan(200)
    await expect.poll(() => settled.length, { timeout: COUNT_MS }).toBe(1)
    const output = stream ? 'It left ' : ''
    const usage = await estimateUsage([{ role: 'user', content: 'Where is my order?' }], output)
    expect(settled).toMatchObject([{ status: 'cancelled', httpStatus: 499, output, usage }])
    // A micro-dollar each.
    expect(reserved[0]?.actual).toEqual([String(usage.inputTokens + usage.outputTokens)])
  },
)

test('the client says how long it waits', async () => {
  const { client, settled } = await open({
    runFlow: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  })
  const wait = (ms: string) =>
    client()
      .chat.completions.create(question, { headers: { 'airworthy-timeout-ms': ms } })
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
  expect(await wait('30')).toMatchObject({ status: 504, code: 'gateway.deadline' })
  expect(await wait('soon')).toMatchObject({ status: 400, code: 'gateway.timeout-not-valid' })
  expect(settled.map(({ status }) => status)).toEqual(['errored', 'errored'])
})
