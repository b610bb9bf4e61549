import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createIds } from '../kernel/ids.ts'
import { MicroUsd } from '../kernel/money.ts'
import { secureBytes } from '../kernel/random.ts'
import { Instant, later, systemClock } from '../kernel/time.ts'
import { openStore } from '../store/store.ts'
import { freshEngine } from '../testing/engine.ts'
import type { Caller } from '../wire/caller.ts'
import { createServer } from '../wire/server.ts'
import { createTelemetry, type Feedback, telemetryHttp, telemetryMigrations, telemetryTables } from './index.ts'
import { example, hexOf, release, rollout } from './settled.example.ts'

const engine = await freshEngine()
const newId = createIds({ clock: systemClock, random: secureBytes })
const store = await openStore({
  folder: mkdtempSync(join(tmpdir(), 'airworthy-telemetry-')),
  migrations: [telemetryMigrations],
  clock: systemClock,
  newId,
  onJobChange: () => {},
  engine,
})
const telemetry = await createTelemetry({
  db: store.db,
  clock: systemClock,
  newId,
  folder: mkdtempSync(join(tmpdir(), 'airworthy-spool-')),
  organisation: 'default',
  publish: () => {},
  random: secureBytes,
})
telemetry.recorder.start()
afterAll(async () => {
  await telemetry.close()
  await store.close()
  await engine.close()
})

const caller = (application: string | null): Caller => ({
  actor: newId('act'),
  name: 'ada',
  organisation: 'default',
  role: 'owner',
  permissions: new Set(['view', 'infer']),
  key: 'key_1',
  application,
})
const callers: Record<string, Caller> = { ada: caller(null), helpdesk: caller('helpdesk'), shop: caller('shop') }
const app = createServer(telemetryHttp(telemetry), {
  callerOf: async (request) => callers[request.headers.get('authorization') ?? 'ada'],
  report: (thrown) => {
    throw thrown
  },
})
type Answer = { status: number; body: Record<string, unknown> & { items: Record<string, unknown>[]; code?: string } }
async function ask(
  method: string,
  path: string,
  { body, as = 'ada', headers = {} }: { body?: unknown; as?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await app.request(path, {
    method,
    headers: { authorization: as, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

test('a settled request can be read at once, with a span for itself and for each step', async () => {
  const event = example()
  telemetry.recorder.settle(event)
  const { status, body } = await ask('GET', `/api/v1/traces/${event.traceId}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    summary: {
      application: 'helpdesk',
      source: 'gateway',
      costMicroUsd: '12.5',
      question: 'Where is my order?',
      rollout,
    },
    output: 'It left on Monday. [1]',
    citations: [{ id: 'p1', title: 'Orders', source: 'orders.md' }],
    spans: [
      {
        spanId: event.spanId,
        parentSpanId: null,
        kind: 'server',
        startNs: `${Date.parse(event.at)}000000`,
        endNs: `${Date.parse(event.at) + 42}500000`,
        status: { code: 'ok' },
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'local',
          'gen_ai.usage.input_tokens': 100,
          'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Where is my order?' }] }],
          'airworthy.release.id': release,
          'airworthy.release.digest': event.releaseDigest,
          'airworthy.arm': 'candidate',
          'airworthy.stage': 'poc',
        },
        meaning: {
          provider: 'local',
          model: 'local/extractive',
          inputTokens: 100,
          outputTokens: 20,
          costMicroUsd: '12.5',
          messages: [{ role: 'user' }, { role: 'assistant', content: 'It left on Monday. [1]' }],
          user: 'u1',
        },
      },
      { parentSpanId: event.spanId, name: 'retrieve orders', kind: 'internal', status: { code: 'ok' } },
    ],
  })
})

test('settling twice leaves one trace, and the tables have exactly the columns of their schemas', async () => {
  const event = example()
  telemetry.recorder.settle(event)
  telemetry.recorder.settle({ ...event, output: 'again' })
  await telemetry.recorder.drain()
  expect((await ask('GET', `/api/v1/traces/${event.traceId}`)).body.output).toBe('It left on Monday. [1]')
  for (const [table, schema] of Object.entries(telemetryTables.schemas)) {
    const { rows } = await sql<{ columnName: string }>`
      select column_name from information_schema.columns
      where table_schema = current_schema() and table_name = ${table}`.execute(store.db)
    const camel = Object.keys(schema.shape).sort()
    expect(
      rows.map((row) => row.columnName.replace(/_(\w)/g, (_: string, letter: string) => letter.toUpperCase())).sort(),
    ).toEqual(camel)
  }
})

test('what PostgreSQL cannot keep is replaced, and the rest of the batch comes in', async () => {
  const strange = example({ output: 'a\u0000b\ud800c' })
  const plain = example()
  telemetry.recorder.settle(strange)
  telemetry.recorder.settle(plain)
  await telemetry.recorder.drain()
  expect((await ask('GET', `/api/v1/traces/${strange.traceId}`)).body.output).toBe('a\uFFFDb\uFFFDc')
  expect((await ask('GET', `/api/v1/traces/${plain.traceId}`)).status).toBe(200)
})

test('lists page by key, newest first, and filter by what was served and said', async () => {
  const application = 'pages'
  const at = Instant.parse('2026-03-01T10:00:00.000Z')
  const events = Array.from({ length: 5 }, (_, n) =>
    example({
      application,
      at: later(at, n % 2),
      output: n === 3 ? '100% certain' : 'perhaps',
      status: n === 4 ? 'errored' : 'complete',
      arm: n === 2 ? 'control' : 'candidate',
    }),
  )
  for (const event of events) telemetry.recorder.settle(event)
  await telemetry.recorder.drain()
  const seen: unknown[] = []
  let cursor = ''
  for (;;) {
    const { body } = await ask('GET', `/api/v1/traces?application=${application}&limit=2${cursor}`)
    seen.push(...body.items.map((item) => item.traceId))
    if (body.next === null) break
    cursor = `&cursor=${encodeURIComponent(String(body.next))}`
  }
  const newestFirst = events.toSorted((a, b) => (a.at + a.traceId < b.at + b.traceId ? 1 : -1))
  expect(seen).toEqual(newestFirst.map((event) => event.traceId))
  const found = async (query: string) =>
    (await ask('GET', `/api/v1/traces?application=${application}&${query}`)).body.items.map((item) => item.traceId)
  expect(await found('text=100%25')).toEqual([events[3]?.traceId])
  expect(await found('text=0_c')).toEqual([])
  expect(await found('status=errored')).toEqual([events[4]?.traceId])
  expect(await found('arm=control')).toEqual([events[2]?.traceId])
  expect(await found(`rollout=${rollout.id}`)).toHaveLength(5)
  expect(await found('since=2026-03-01T10:00:00.001Z')).toHaveLength(2)
  expect((await ask('GET', '/api/v1/traces?cursor=x')).body.code).toBe('telemetry.cursor-not-valid')
})

test('feedback is taken before the trace is in the database, replaces, keeps history, and is told', async () => {
  const told: Feedback[] = []
  const stop = telemetry.onFeedback((feedback, trace) => {
    expect(trace.rollout).toEqual(rollout)
    told.push(feedback)
  })
  const event = example()
  telemetry.recorder.settle(event)
  const say = (value: unknown, more = {}) =>
    ask('POST', '/api/v1/feedback', { body: { response: `chatcmpl-${event.traceId}`, value, user: 'u1', ...more } })
  expect((await say(true)).body).toMatchObject({ traceId: event.traceId, name: 'helpful', application: 'helpdesk' })
  await say(false, { comment: 'It left on Tuesday.' })
  await say(0.5, { name: 'tone' })
  stop()
  const { body } = await ask('GET', `/api/v1/traces/${event.traceId}`)
  expect(body.feedback).toMatchObject([
    { name: 'helpful', value: false, comment: 'It left on Tuesday.' },
    { name: 'tone', value: 0.5 },
  ])
  expect((await ask('GET', `/api/v1/traces/${event.traceId}/feedback`)).body.items).toHaveLength(3)
  expect(told.map(({ value }) => value)).toEqual([true, false, 0.5])
})

test.for([
  ['an unknown trace', 'ada', { trace: hexOf(16), value: true }, 404, 'telemetry.trace-unknown'],
  ['neither trace nor response', 'ada', { value: true }, 400, 'wire.body-invalid'],
  ['a value above 1', 'ada', { trace: hexOf(16), value: 5 }, 400, 'wire.body-invalid'],
] as const)('feedback on %s is refused', async ([, as, body, status, code]) => {
  expect(await ask('POST', '/api/v1/feedback', { as, body })).toMatchObject({ status, body: { code } })
})

test('a key of another application sees neither the trace nor the usage, and cannot speak about it', async () => {
  const event = example()
  telemetry.recorder.settle(event)
  const path = `/api/v1/traces/${event.traceId}`
  expect((await ask('GET', path, { as: 'shop' })).status).toBe(404)
  expect((await ask('GET', path, { as: 'helpdesk' })).status).toBe(200)
  expect((await ask('GET', '/api/v1/traces', { as: 'shop' })).body.items).toEqual([])
  expect(
    (await ask('POST', '/api/v1/feedback', { as: 'shop', body: { trace: event.traceId, value: true } })).status,
  ).toBe(404)
  expect((await ask('GET', '/api/v1/applications/helpdesk/usage', { as: 'shop' })).status).toBe(403)
})

test('usage adds up exactly by release and hour, and says what has no price', async () => {
  const application = 'bills'
  const at = systemClock()
  const costs = ['0.1', '0.2', '0.000001', null]
  for (const cost of costs)
    telemetry.recorder.settle(example({ application, at, costMicroUsd: cost === null ? null : MicroUsd.parse(cost) }))
  telemetry.recorder.settle(example({ application, at, status: 'errored', latencyMs: 9000 }))
  await telemetry.recorder.drain()
  const { body } = await ask('GET', `/api/v1/applications/${application}/usage`)
  expect(body.total).toMatchObject({
    requests: 5,
    errors: 1,
    inputTokens: 500,
    costMicroUsd: '12.800001',
    unpriced: 1,
    latencyP50Ms: 42.5,
    latencyP95Ms: 42.5,
  })
  expect(body.items).toMatchObject([{ release, requests: 5, hour: `${at.slice(0, 13)}:00:00.000Z` }])
  expect((await ask('GET', '/api/v1/applications/nobody/usage')).body).toMatchObject({
    total: { requests: 0 },
    items: [],
  })
})

test('usage is counted by what requests have in common, as JSON and as a table, and each row leads to its requests', async () => {
  const application = 'spend'
  const at = Instant.parse('2026-02-03T23:30:00.000Z')
  const asked = (team: string | null, cost: string | null, more = {}) =>
    telemetry.recorder.settle(
      example({
        application,
        at,
        servedBy: 'openai/gpt-4o',
        costMicroUsd: cost === null ? null : MicroUsd.parse(cost),
        metadata: team === null ? {} : { team, feature: '=search, "wide"' },
        ...more,
      }),
    )
  asked('red', '1.5')
  asked('red', '2.000001', { at: later(at, 60 * 60 * 1000), user: 'u2' })
  asked('blue', null)
  asked(null, '10')
  await telemetry.recorder.drain()
  const query = `application=${application}&since=2026-02-01T00:00:00.000Z&until=2026-03-01T00:00:00.000Z`
  const { body } = await ask('GET', `/api/v1/usage?by=team,day&${query}`)
  expect(body.total).toMatchObject({ requests: 4, costMicroUsd: '13.500001', unpriced: 1 })
  expect(body.items).toMatchObject([
    { group: { team: null, day: '2026-02-03' }, costMicroUsd: '10', traces: null },
    { group: { team: 'red', day: '2026-02-04' }, costMicroUsd: '2.000001', requests: 1 },
    { group: { team: 'red', day: '2026-02-03' }, costMicroUsd: '1.5', requests: 1 },
    { group: { team: 'blue', day: '2026-02-03' }, costMicroUsd: '0', unpriced: 1 },
  ])
  for (const item of body.items.slice(1))
    expect((await ask('GET', String(item.traces))).body.items, String(item.traces)).toHaveLength(Number(item.requests))
  const everything = await ask('GET', `/api/v1/usage?by=key,user,model,feature&${query}`)
  expect(everything.body.items).toHaveLength(3)
  const table = await app.request(`/api/v1/usage.csv?by=feature,application&${query}`, {
    headers: { authorization: 'ada' },
  })
  expect(table.headers.get('content-type')).toMatch(/text\/csv/)
  expect((await table.text()).split('\r\n')).toEqual([
    expect.stringMatching(/^feature,application,requests,/),
    expect.stringMatching(/^,spend,1,/),
    expect.stringMatching(/^"'=search, ""wide""",spend,3,.*3\.500001,1,/),
    '',
  ])
  expect((await ask('GET', `/api/v1/usage?${query}`, { as: 'shop' })).status).toBe(403)
  expect((await ask('GET', '/api/v1/usage?by=team,team')).status).toBe(400)
  const own = await ask('GET', '/api/v1/usage?by=application', { as: 'helpdesk' })
  expect(own.body.items.map(({ group }) => group)).toEqual([{ application: 'helpdesk' }])
})

test('a request without a known price is never free, and what its cost rests on is told', async () => {
  const usage = { inputTokens: 1, outputTokens: 1, estimated: false, raw: { prompt_tokens: 1 } }
  const charge = { model: 'vllm/own', at: systemClock(), usage }
  const event = example({ costMicroUsd: null, charges: [charge] })
  telemetry.recorder.settle(event)
  const { body } = await ask('GET', `/api/v1/traces/${event.traceId}/cost`)
  expect(body).toMatchObject({ kind: 'price_unknown', costMicroUsd: null, again: 'cannot', charges: [charge] })
})

const attribute = (key: string, value: unknown) => ({
  key,
  value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
})
const otlp = (traceId: string, spans: Record<string, unknown>[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', 'billing')] },
      scopeSpans: [
        {
          spans: spans.map((span, n) => ({
            traceId: traceId.toUpperCase(),
            spanId: hexOf(8),
            name: `chat ${n}`,
            kind: 3,
            startTimeUnixNano: '1772359200000000001',
            endTimeUnixNano: '1772359200250000001',
            ...span,
          })),
        },
      ],
    },
  ],
})

test('OTLP spans come in as JSON, gzipped or not, and the good ones stay when others are refused', async () => {
  const traceId = hexOf(16)
  const body = otlp(traceId, [
    {
      attributes: [
        attribute('gen_ai.system', 'openai'),
        attribute('gen_ai.request.model', 'gpt-x'),
        attribute('gen_ai.usage.prompt_tokens', 7),
        attribute('gen_ai.prompt.0.role', 'user'),
        attribute('gen_ai.prompt.0.content', 'hello'),
      ],
      status: { code: 2, message: 'broken' },
    },
    { spanId: 'short' },
  ])
  const sent = await ask('POST', '/v1/traces', {
    body: gzipSync(JSON.stringify(body)),
    headers: { 'content-encoding': 'gzip' },
  })
  expect(sent).toMatchObject({ status: 200, body: { partialSuccess: { rejectedSpans: '1' } } })
  const trace = await ask('GET', `/api/v1/traces/${traceId}`)
  expect(trace.body).toMatchObject({
    summary: {
      source: 'otlp',
      provider: 'openai',
      inputTokens: 7,
      status: 'errored',
      latencyMs: 250,
      question: 'hello',
    },
    spans: [
      {
        kind: 'client',
        startNs: '1772359200000000001',
        status: { code: 'error', message: 'broken' },
        meaning: { model: 'gpt-x', messages: [{ role: 'user', content: 'hello' }] },
      },
    ],
  })
  const more = otlp(traceId, [{ attributes: [attribute('gen_ai.usage.input_tokens', 5)] }])
  expect((await ask('POST', '/v1/traces', { body: more })).body).toEqual({})
  await ask('POST', '/v1/traces', { body: more })
  expect((await ask('GET', `/api/v1/traces/${traceId}`)).body).toMatchObject({ summary: { inputTokens: 12 } })
})

test('a key that is bound to an application can add spans to its own traces only', async () => {
  const event = example({ application: 'helpdesk' })
  telemetry.recorder.settle(event)
  await telemetry.recorder.drain()
  const send = (as: string) => ask('POST', '/v1/traces', { as, body: otlp(event.traceId, [{}]) })
  expect((await send('shop')).body).toMatchObject({ partialSuccess: { rejectedSpans: '1' } })
  expect((await send('helpdesk')).body).toEqual({})
  expect((await ask('GET', `/api/v1/traces/${event.traceId}`)).body.spans).toHaveLength(3)
})
