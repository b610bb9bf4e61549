/** Traces out to a collector: a receiver of our own that answers to order and keeps what it gets. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { secureBytes } from '../../kernel/random.ts'
import { Secret } from '../../kernel/secret.ts'
import { systemClock } from '../../kernel/time.ts'
import { testAirworthy } from '../../testing/airworthy.ts'
import { echoApplication } from '../../testing/echo-application.ts'
import { createPost } from '../../wire/post.ts'
import { decodeTraces, encodeAnswer } from '../otlp-protobuf.ts'
import { example } from '../settled.example.ts'
import { createOtlpExport, type OtlpExportSettings } from './otlp-export.ts'

type Value = { stringValue?: string; intValue?: string }
type SentSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  attributes: { key: string; value: Value }[]
}
type Received = { path: string | undefined; headers: IncomingHttpHeaders; spans: SentSpan[]; text: string }
type Reply = { status: number; headers?: Record<string, string>; body?: Uint8Array }

const received: Received[] = []
const replies: Reply[] = []
let onReceived = () => {}
const collector = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const bytes = gunzipSync(Buffer.concat(chunks))
    const body = decodeTraces(bytes) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }
    const spans = body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    received.push({ path: request.url, headers: request.headers, spans, text: bytes.toString('utf8') })
    const { status, headers = {}, body: answer } = replies.shift() ?? { status: 200 }
    response.writeHead(status, headers).end(answer)
    onReceived()
  })
})
await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
afterAll(() => collector.close())
const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`

function exporter(change: Partial<OtlpExportSettings> = {}) {
  received.length = 0
  replies.length = 0
  return createOtlpExport(
    { endpoint, headers: new Secret('x-team=air%20worthy'), withContent: false, ...change },
    { clock: systemClock, random: secureBytes, post: createPost() },
  )
}
const attributesOf = (span: SentSpan | undefined) =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue ?? value.intValue]))

test('a request that was asked at the gateway arrives at the collector, without what was said', async () => {
  const arrived = new Promise<void>((resolve) => {
    onReceived = resolve
  })
  await using airworthy = await testAirworthy({
    environment: { AIRWORTHY_OTLP_ENDPOINT: `${endpoint}/`, AIRWORTHY_OTLP_HEADERS: 'authorization=Bearer%20abc' },
  })
  await airworthy.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  const { body: release } = await airworthy.client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  const answer = await fetch(`${airworthy.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${airworthy.ownerToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'parcels', messages: [{ role: 'user', content: 'my-secret-parcel 7' }] }),
  })
  expect(answer.status).toBe(200)
  await arrived
  const [sent] = received
  expect(sent).toMatchObject({ path: '/v1/traces', headers: { authorization: 'Bearer abc' } })
  const root = sent?.spans.find(({ parentSpanId }) => parentSpanId === undefined)
  expect(root).toMatchObject({ traceId: answer.headers.get('airworthy-trace'), name: 'chat parcels' })
  expect(attributesOf(root)).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'airworthy.application': 'parcels',
    'airworthy.release.id': release.id,
  })
  expect(sent?.spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId)).not.toHaveLength(0)
  expect(sent?.text).not.toContain('my-secret-parcel')
  const status = await airworthy.client.getTelemetryStatus()
  expect(status.export).toMatchObject({ endpoint: `${new URL(endpoint).host}/v1/traces`, dropped: 0 })
  expect(JSON.stringify(status)).not.toContain('abc')
})

test('a caller that sends its traceparent finds our spans in its own trace there, and a link to it here', async () => {
  received.length = 0
  const arrived = new Promise<void>((resolve) => {
    onReceived = resolve
  })
  await using airworthy = await testAirworthy({ environment: { AIRWORTHY_OTLP_ENDPOINT: endpoint } })
  await airworthy.client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await airworthy.client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  const ask = async (traceparent: string) => {
    const answer = await fetch(`${airworthy.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${airworthy.ownerToken}`,
        'content-type': 'application/json',
        traceparent,
      },
      body: JSON.stringify({ model: 'parcels', messages: [{ role: 'user', content: 'parcel 7' }] }),
    })
    await answer.text()
    return answer.headers.get('airworthy-trace') ?? ''
  }
  const [theirs, caller] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const ours = await ask(`00-${theirs}-${caller}-01`)
  await arrived
  const sent = received.flatMap(({ spans }) => spans).filter(({ traceId }) => traceId === theirs)
  const root = sent.find(({ parentSpanId }) => parentSpanId === caller)
  expect(root).toMatchObject({ name: 'chat parcels' })
  expect(sent.filter(({ parentSpanId }) => parentSpanId === root?.spanId)).not.toHaveLength(0)

  const traceOf = (id: string) => airworthy.client.getTrace({ params: { id } }).catch(() => undefined)
  await expect
    .poll(async () => (await traceOf(ours))?.summary.remoteParent)
    .toEqual({ traceId: theirs, spanId: caller })
  expect((await traceOf(ours))?.spans[0]?.links).toEqual([{ traceId: theirs, spanId: caller, attributes: {} }])
  for (const bad of [`00-${'0'.repeat(32)}-${caller}-01`, `ff-${theirs}-${caller}-01`, `00-${theirs}-short-01`, 'x']) {
    const id = await ask(bad)
    await expect.poll(async () => (await traceOf(id))?.summary.remoteParent, { message: bad }).toBeNull()
  }
})

test('what was said goes along where that is allowed', async () => {
  const exporting = exporter({ withContent: true })
  exporting.offer(example())
  await exporting.close()
  expect(attributesOf(received[0]?.spans[0])['gen_ai.input.messages']).toContain('Where is my order?')
})

test.for([429, 502, 503, 504])('a batch that is answered %i is sent again, the same bytes', async (status) => {
  const exporting = exporter()
  replies.push({ status, headers: { 'retry-after': '0' } }, { status, headers: { 'retry-after': '0' } })
  exporting.offer(example())
  await exporting.flush()
  expect(received).toHaveLength(3)
  expect(received[2]?.spans).toEqual(received[0]?.spans)
  expect(exporting.status()).toMatchObject({ state: 'ok', retries: 2, dropped: 0, rejected: 0 })
  expect(exporting.status().exported).toBe(received[0]?.spans.length)
  expect(received[0]?.headers['x-team']).toBe('air worthy')
})

test.for([400, 401, 404, 413, 500])(
  'a batch that is answered %i is not sent again, and its spans are counted',
  async (status) => {
    const exporting = exporter()
    replies.push({ status })
    exporting.offer(example())
    await exporting.flush()
    expect(received).toHaveLength(1)
    expect(exporting.status()).toMatchObject({
      state: 'degraded',
      rejected: received[0]?.spans.length,
      exported: 0,
      lastError: `the collector answers ${status}`,
    })
  },
)

test('spans that the collector refuses in a partial success are counted with its reason', async () => {
  const exporting = exporter()
  replies.push({ status: 200, body: encodeAnswer({ partialSuccess: { rejectedSpans: '1', errorMessage: 'too old' } }) })
  exporting.offer(example())
  await exporting.flush()
  expect(exporting.status()).toMatchObject({ rejected: 1, lastError: 'the collector refuses spans: too old' })
})

test('what a collector says back of its headers is not told', async () => {
  const exporting = exporter({ headers: new Secret('authorization=Bearer%20the-key-of-the-collector') })
  const errorMessage = 'Bearer the-key-of-the-collector is not known, nor is the-key-of-the-collector'
  replies.push({ status: 200, body: encodeAnswer({ partialSuccess: { rejectedSpans: '1', errorMessage } }) })
  exporting.offer(example())
  await exporting.flush()
  expect(exporting.status().lastError).toBe('the collector refuses spans: [secret] is not known, nor is [secret]')
})

test('a full queue drops and counts, and never waits', async () => {
  const exporting = exporter({ options: { queueLimit: 3, batchSize: 100 } })
  for (let n = 0; n < 5; n += 1) exporting.offer(example({ steps: [] }))
  expect(exporting.status()).toMatchObject({ queued: 3, dropped: 2 })
  await exporting.close()
  expect(exporting.status()).toMatchObject({ queued: 0, exported: 3, dropped: 2 })
})

test('at the end everything is tried once, and what a missing collector does not take is counted', async () => {
  const exporting = exporter({ endpoint: 'http://127.0.0.1:1', options: { batchSize: 2 } })
  for (let n = 0; n < 5; n += 1) exporting.offer(example({ steps: [] }))
  await exporting.close()
  expect(exporting.status()).toMatchObject({ state: 'degraded', queued: 0, exported: 0, dropped: 5 })
})

test('a collector at an address that is never asked gets nothing', async () => {
  const exporting = exporter({ endpoint: 'http://169.254.169.254' })
  exporting.offer(example({ steps: [] }))
  await exporting.close()
  expect(exporting.status()).toMatchObject({ dropped: 1, lastError: expect.stringContaining('link-local') })
})
