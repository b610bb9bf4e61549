/** OTLP over HTTP at the real port: OpenTelemetry's own exporter, real spans of the AI SDK, and what goes wrong. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { afterAll, expect, test } from 'vitest'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'
import { createOtlpReader } from './otlp-reader.ts'
import { hexOf } from './settled.example.ts'

type Time = [number, number]
type Captured = {
  name: string
  spanContext: { traceId: string; spanId: string }
  parent?: string
  attributes: Record<string, unknown>
  status: { code: number; message?: string }
  startTime: Time
  endTime: Time
  events: { name: string; time: Time; attributes: Record<string, unknown> }[]
}
type Exported = Parameters<OTLPTraceExporter['export']>[0][number]

const captured = readFileSync(join(ROOT, 'data/telemetry-spans/ai-sdk-v6.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Captured)
const airworthy = await testAirworthy()
const { client, url, ownerToken } = airworthy
afterAll(() => airworthy.close())
const authorization = `Bearer ${ownerToken}`

const readable = ({ spanContext, parent, ...span }: Captured): Exported => ({
  // The exporter reads data alone; what else the interface has is for processors.
  ...(span as unknown as Exported),
  kind: 2,
  spanContext: () => ({ ...spanContext, traceFlags: 1 }),
  ...(parent !== undefined && { parentSpanContext: { traceId: spanContext.traceId, spanId: parent, traceFlags: 1 } }),
  links: [
    { context: { traceId: 'f'.repeat(32), spanId: 'e'.repeat(16), traceFlags: 0 }, attributes: { why: 'batch' } },
  ],
  resource: { attributes: { 'service.name': 'shop', 'host.cpus': 4 } } as unknown as Exported['resource'],
  instrumentationScope: { name: 'ai', version: '6.0.68' },
})

function exportAll(spans: Captured[], compression: 'gzip' | 'none'): Promise<void> {
  const exporter = new OTLPTraceExporter({
    url: `${url}/v1/traces`,
    headers: { authorization },
    compression: compression as NonNullable<ConstructorParameters<typeof OTLPTraceExporter>[0]>['compression'] & string,
  })
  return new Promise((resolve, reject) =>
    exporter.export(spans.map(readable), ({ code, error }) => (code === 0 ? resolve() : reject(error))),
  )
}

const nanoseconds = ([seconds, rest]: Time) => String(BigInt(seconds) * 1_000_000_000n + BigInt(rest))

test.for(['none', 'gzip'] as const)(
  "OpenTelemetry's own exporter (protobuf, compression %s) is taken, and every field is read back",
  async (compression) => {
    const sent = captured.map((span) => ({ ...span, spanContext: { traceId: hexOf(16), spanId: hexOf(8) } }))
    await exportAll(sent, compression)
    for (const span of sent) {
      const { spans } = await client.getTrace({ params: { id: span.spanContext.traceId } })
      expect(spans).toHaveLength(1)
      expect(spans[0]).toMatchObject({
        spanId: span.spanContext.spanId,
        parentSpanId: null,
        name: span.name,
        kind: 'client',
        startNs: nanoseconds(span.startTime),
        endNs: nanoseconds(span.endTime),
        status: { code: 'unset' },
        events: span.events.map(({ name, time, attributes }) => ({ name, atNs: nanoseconds(time), attributes })),
        links: [{ traceId: 'f'.repeat(32), spanId: 'e'.repeat(16), attributes: { why: 'batch' } }],
        resource: { 'service.name': 'shop', 'host.cpus': 4 },
        scope: { name: 'ai', version: '6.0.68' },
      })
      expect(spans[0]?.attributes).toEqual({ ...span.attributes, 'service.name': 'shop' })
    }
  },
)

test.for([
  ['ai.generateText.doGenerate', 'chat', 14, 20, 'Write a haiku about programming.', /^Lines of code align/],
  ['ai.generateText', 'agent', 14, 20, 'Write a haiku about programming.', /^Lines of code align/],
  ['ai.generateObject.doGenerate', 'chat', 63, 156, /scrambled eggs/, /^{"name":"Scrambled Eggs"/],
  ['ai.streamText.doStream', 'chat', 15, 112, /TypeScript/, /^In code’s embrace/],
  ['ai.embed.doEmbed', 'embeddings', 10, null, undefined, undefined],
] as const)(
  'a span %s of the AI SDK is understood',
  async ([name, operation, inputTokens, outputTokens, asked, said]) => {
    const span = captured.find((one) => one.name === name)
    if (!span) throw new Error(`${name} is not among the captured spans`)
    const traceId = hexOf(16)
    await exportAll([{ ...span, spanContext: { traceId, spanId: hexOf(8) } }], 'none')
    const { meaning } = (await client.getTrace({ params: { id: traceId } })).spans[0] ?? {}
    expect(meaning).toMatchObject({ provider: 'openai', operation, inputTokens, outputTokens })
    expect(meaning?.model).toMatch(name === 'ai.embed.doEmbed' ? 'text-embedding-3-small' : 'gpt-4o-mini')
    if (asked === undefined) expect(meaning?.messages).toBeUndefined()
    else {
      expect(meaning?.messages?.[0]).toEqual({ role: 'user', content: expect.stringMatching(asked) })
      expect(meaning?.messages?.at(-1)).toEqual({ role: 'assistant', content: expect.stringMatching(said) })
    }
  },
)

test('a loop and the calls inside it are not added up twice', async () => {
  const traceId = hexOf(16)
  const [inner, outer] = captured
  if (!inner || !outer) throw new Error('two captured spans are needed')
  const root = hexOf(8)
  await exportAll(
    [
      { ...outer, spanContext: { traceId, spanId: root } },
      { ...inner, spanContext: { traceId, spanId: hexOf(8) }, parent: root },
    ],
    'gzip',
  )
  const { summary, spans } = await client.getTrace({ params: { id: traceId } })
  expect(summary).toMatchObject({ inputTokens: 14, outputTokens: 20, operation: 'ai.generateText' })
  expect(spans.map(({ parentSpanId }) => parentSpanId).sort()).toEqual([root, null].sort())
})

const post = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
const span = (more: Record<string, unknown> = {}) => ({
  traceId: hexOf(16),
  spanId: hexOf(8),
  name: 'work',
  startTimeUnixNano: '1772359200000000001',
  endTimeUnixNano: '1772359200250000001',
  ...more,
})
const requestOf = (...spans: unknown[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
const PROTOBUF = { 'content-type': 'application/x-protobuf' }

test.for([
  ['an empty request', '{}', {}, 200, undefined],
  ['a request without spans', '{"resourceSpans":[]}', {}, 200, undefined],
  ['no bytes of protobuf, which is an empty message', '', PROTOBUF, 200, undefined],
  ['broken JSON', '{', {}, 400, /telemetry\.otlp-not-valid/],
  ['another shape', '{"resourceSpans":3}', {}, 400, /telemetry\.otlp-not-valid/],
  ['bytes that are no protobuf', 'nonsense', PROTOBUF, 400, /telemetry\.otlp-not-valid/],
  ['gzip that is none', 'x', { 'content-encoding': 'gzip' }, 400, /telemetry\.otlp-not-gzip/],
  ['another compression', '{}', { 'content-encoding': 'br' }, 415, /content encoding br/],
  ['another content type', 'x', { 'content-type': 'text/plain' }, 415, /content type text\/plain/],
] as const)('%s is answered in the form of the request', async ([, body, headers, status, message]) => {
  const response = await post('/v1/traces', body, headers)
  expect(response.status).toBe(status)
  const isProtobuf = (headers as Record<string, string>)['content-type'] === PROTOBUF['content-type']
  expect(response.headers.get('content-type')).toBe(isProtobuf ? PROTOBUF['content-type'] : 'application/json')
  const text = await response.text()
  if (message === undefined) expect(text).toBe(isProtobuf ? '' : '{}')
  else expect(text).toMatch(message)
})

test('good spans stay when others are refused, and the answer counts those', async () => {
  const good = span()
  const response = await post('/v1/traces', requestOf(good, span({ spanId: 'short' }), span({ traceId: '' })))
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({
    partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringContaining('spanId') },
  })
  expect((await client.getTrace({ params: { id: good.traceId } })).spans).toHaveLength(1)
})

test('a small body that unpacks to more than 64 MB is refused, and the next request is taken', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024))
  expect(bomb.byteLength).toBeLessThan(100_000)
  const response = await post('/v1/traces', bomb, { 'content-encoding': 'gzip' })
  expect(response.status).toBe(413)
  expect(await response.json()).toEqual({ code: 8, message: expect.stringContaining('telemetry.otlp-too-large') })
  expect((await post('/v1/traces', requestOf(span()))).status).toBe(200)
})

test('values nested without end, and keys that are names of prototypes, do no harm', async () => {
  let value: unknown = { stringValue: 'deep' }
  for (let n = 0; n < 2000; n += 1) value = { arrayValue: { values: [value] } }
  const hostile = span({
    attributes: [
      { key: 'deep', value },
      { key: '__proto__', value: { stringValue: 'mine' } },
    ],
  })
  expect((await post('/v1/traces', requestOf(hostile))).status).toBe(200)
  const { spans } = await client.getTrace({ params: { id: hostile.traceId } })
  expect(Object.entries(spans[0]?.attributes ?? {})).toContainEqual(['__proto__', 'mine'])
})

test.for(['metrics', 'logs'])('%s are refused for good, with the setting that stops them', async (signal) => {
  const response = await post(`/v1/${signal}`, '{}')
  expect(response.status).toBe(501)
  expect(await response.json()).toMatchObject({
    code: 12,
    message: expect.stringContaining(`OTEL_${signal.toUpperCase()}_EXPORTER=none`),
  })
})

test('more than may wait for the reader is refused with a time to come back', async () => {
  const reader = createOtlpReader({ maxWaitingBytes: 10 })
  const request = () => ({
    bytes: Buffer.from(requestOf(span())),
    format: 'json' as const,
    isGzip: false,
    owner: { organisation: 'default', application: null },
  })
  const first = reader.read(request())
  expect(() => reader.read(request())).toThrow(
    expect.objectContaining({ code: 'telemetry.otlp-busy', facts: { retryAfterMs: 1000 } }),
  )
  expect(await first).toMatchObject({ kind: 'spans', count: 1 })
  await reader.close()
})

test('JSON of more values than the reader has memory for is refused before it is read', async () => {
  const reader = createOtlpReader()
  const owner = { organisation: 'default', application: null }
  const bytes = Buffer.from(`{"resourceSpans":[${'{},'.repeat(5_000_000)}{}]}`)
  expect(await reader.read({ bytes, format: 'json', isGzip: false, owner })).toMatchObject({ kind: 'too-large' })
  await reader.close()
})

test('a request that uses up the memory of the reader is refused with a time to come back, and the next one is read', async () => {
  const reader = createOtlpReader({ megabytes: 24 })
  const request = (bytes: Buffer, format: 'json' | 'protobuf' = 'json') => ({
    bytes,
    format,
    isGzip: false,
    owner: { organisation: 'default', application: null },
  })
  // Two million empty `ResourceSpans`.
  const large = Buffer.from(Array(2_000_000).fill([0x0a, 0x00]).flat())
  await expect(reader.read(request(large, 'protobuf'))).rejects.toMatchObject({
    code: 'telemetry.otlp-reader-lost',
    message: expect.stringContaining('in smaller batches'),
  })
  expect(await reader.read(request(Buffer.from(requestOf(span()))))).toMatchObject({ kind: 'spans', count: 1 })
  await reader.close()
}, 60_000)
