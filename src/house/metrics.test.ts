/** `/metrics` of a real server, read strictly: after traffic, by a key that may see everything and by one that may not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, createClient } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { readMetrics } from '../testing/metrics-parser.ts'

const airworthy = await testAirworthy()
const { client, url, options } = airworthy
afterAll(() => airworthy.close())

let release = ''
beforeAll(async () => {
  for (const name of ['parcels', 'letters'])
    await client.createApplication({ body: { name, files: echoApplication('first') } })
  release = (await client.freezeRelease({ params: { name: 'parcels' }, body: {} })).body.id
  for (const content of ['one', 'two', 'three'])
    await ask(options, { model: 'parcels', messages: [{ role: 'user', content }] })
})

async function scrape(token: string, accept = '*/*') {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}`, accept } })
  expect(response.status).toBe(200)
  return { type: response.headers.get('content-type'), text: await response.text() }
}

test('Prometheus reads requests, tokens, cost, latency, gates, limits, jobs and the process', async () => {
  const { type, text } = await scrape(options.token)
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8')
  const families = readMetrics(text, 'prometheus')
  const labels = { application: 'parcels', stage: 'sandbox', release, arm: 'control' }
  const read = (family: string, some: Record<string, string>, name = family) =>
    families
      .get(family)
      ?.samples.filter((sample) => sample.name === name)
      .find((sample) => Object.entries(some).every(([key, value]) => sample.labels[key] === value))?.value
  expect(read('airworthy_requests_total', { ...labels, status: '2xx' })).toBe(3)
  expect(read('airworthy_tokens_total', { ...labels, direction: 'input' })).toBeGreaterThan(0)
  expect(read('airworthy_cost_usd_total', labels)).toBeDefined()
  for (const name of ['airworthy_request_duration_seconds', 'airworthy_gateway_overhead_seconds'])
    expect(read(name, labels, `${name}_count`), name).toBe(3)
  expect(read('airworthy_live_share_ratio', { application: 'parcels', stage: 'sandbox' })).toBe(1)
  expect(read('airworthy_gate_open', { application: 'parcels', into: 'poc' })).toBe(0)
  expect(read('airworthy_gate_checks', { application: 'parcels', verdict: 'MISSING' })).toBeGreaterThan(0)
  expect(read('airworthy_limit_requests_per_minute', { application: 'parcels' })).toBe(60_000)
  expect(read('airworthy_requests_last_minute', { application: 'parcels' })).toBe(3)
  expect(read('airworthy_recorder_healthy', {})).toBe(1)
  expect(read('airworthy_traces_dropped_total', {})).toBe(0)
  expect(read('airworthy_gateway_requests_under_way', {})).toBe(0)
  expect(read('airworthy_gateway_requests_capacity', {})).toBe(1_000)
  expect(read('airworthy_gateway_load_ratio', {})).toBe(0)
  expect(read('process_resident_memory_bytes', {})).toBeGreaterThan(1e6)
  expect(read('airworthy_event_loop_delay_seconds', { quantile: '0.99' })).toBeGreaterThanOrEqual(0)
})

test('the same as OpenMetrics, for who asks so', async () => {
  const { type, text } = await scrape(options.token, 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5')
  expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(readMetrics(text, 'openmetrics').get('airworthy_requests')?.type).toBe('counter')
})

test('a key that is bound to an application reads that application alone', async () => {
  const { secret } = await client.createKey({ body: { name: 'scrape', role: 'viewer', application: 'letters' } })
  const { text } = await scrape(secret)
  const families = readMetrics(text, 'prometheus')
  expect(families.has('airworthy_limit_requests_per_minute')).toBe(true)
  expect(text).not.toContain('parcels')
  expect(text).not.toContain('process_')
  await expect(
    createClient({ baseUrl: url })
      .getMetrics()
      .then(({ status }) => status),
  ).rejects.toMatchObject({ status: 401 })
})
