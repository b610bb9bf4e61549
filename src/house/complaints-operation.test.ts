/**
 * What users of gateways complain of, as tests: memory that grows, databases in the path of requests, secrets that
 * leak, errors that no client can read, and doors that stand open. `docs/gateway-complaints.md` is the table.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterAll, describe, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { ask, chunk, completion, json, stream, well, withProviders } from '../testing/local-provider.ts'

const house = await testAirworthy()
const { client, url, ownerToken } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const { provider, post, route, trace } = local

test('complaint 10: memory leaks: requests that end in any way leave nothing behind', {
  timeout: 120_000,
}, async () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const used = () => {
    collect()
    return getHeapStatistics().used_heap_size
  }
  const text = 'x'.repeat(100_000)
  let asked = 0
  const leaking = await provider('leaking', (response) => {
    asked += 1
    if (asked % 4 === 1) return json(response, { error: { message: text } }, 500)
    if (asked % 4 === 2) return json(response, completion(text))
    stream(response).write(chunk({ content: text }))
    if (asked % 4 === 3) response.destroy()
    else response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
  })
  await route('leaking-kept', ['leaking/m'], { cache: { ttlMs: 1 }, retries: 0 })
  const round = async () => {
    for (let n = 0; n < 50; n += 1) {
      const content = `${n} ${text}`
      await post(ask('leaking-kept', { messages: [{ role: 'user', content }] })).catch(() => undefined)
    }
    leaking.heard.length = 0
    // What was settled goes to the database, and only then from memory.
    await expect
      .poll(async () => (await client.getTelemetryStatus()).spooled, { timeout: 20_000, interval: 200 })
      .toBe(0)
  }
  await round()
  const before = used()
  for (let n = 0; n < 3; n += 1) await round()
  // 150 requests of 100 KB, as much again in answers: kept, they would be 30 MB.
  expect(used() - before).toBeLessThan(10_000_000)
})

test('complaint 11: writes and look-ups in a database stand in the path of requests', async () => {
  await provider('prompt', well)
  await post(ask('prompt/m'))
  // Nobody else gets at the database while this connection holds it.
  const held = await house.engine.acquire()
  const tables = await held.script(
    "select quote_ident(tablename) as name from pg_tables where schemaname = current_schema() and tablename not like '%job%'",
  )
  await held.script('begin')
  const names = tables.rows.map(({ name }) => String(name))
  await held.script(`lock table ${names.join(', ')} in access exclusive mode`)
  const traces: (string | null)[] = []
  try {
    for (let n = 0; n < 20; n += 1) {
      const { status, headers } = await post(ask('prompt/m', { stream: n % 2 === 0 }))
      expect(status).toBe(200)
      traces.push(headers.get('airworthy-trace'))
    }
  } finally {
    await held.script('commit')
    held.release()
  }
  // And nothing of it is lost.
  for (const id of traces) expect((await trace(id)).summary.status).toBe('complete')
})

test('complaint 15: secrets stand in logs, traces and errors', async () => {
  const credential = 'sk-canary-0123456789abcdef'
  const { address, heard } = await provider(
    'indiscreet',
    (response, { headers }, times) => {
      const message = `Incorrect API key provided: ${String(headers.authorization)}`
      json(response, { error: { message } }, [401, 500, 400, 429][times % 4])
    },
    { credential },
  )
  let said = ''
  for (let n = 0; n < 8; n += 1) {
    const { text, headers } = await post(ask('indiscreet/m', { stream: n > 3 }))
    const kept = await trace(headers.get('airworthy-trace'))
    said += text + JSON.stringify([...headers]) + JSON.stringify(kept)
  }
  expect(heard.every(({ headers }) => headers.authorization === `Bearer ${credential}`)).toBe(true)
  const kept = await house.rowsOf(['traces', 'providers'])
  for (const place of [said, kept, house.printed.join('\n')]) expect(place).not.toContain(credential)
  for (const place of [said, kept]) expect(place).not.toContain(ownerToken)
  // Nor is it told where the provider lives.
  expect(said).not.toContain(new URL(address).host)
})

describe('complaint 19: what is cut off in a stream reaches clients as malformed events', () => {
  test('the official clients read our error in the middle of a stream, in each dialect', async () => {
    await provider('broken', (response) => {
      stream(response).write(chunk({ content: 'It is ' }))
      setTimeout(() => response.destroy(), 30)
    })
    const openai = new OpenAI({ apiKey: ownerToken, baseURL: `${url}/v1`, maxRetries: 0 })
    const anthropic = new Anthropic({ apiKey: null, authToken: ownerToken, baseURL: url, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'Hi' }]
    const told = /broke its answer off/
    await expect(openai.chat.completions.stream({ model: 'broken/m', messages }).finalChatCompletion()).rejects.toThrow(
      told,
    )
    await expect(openai.responses.stream({ model: 'broken/m', input: 'Hi' }).finalResponse()).rejects.toThrow(told)
    await expect(
      anthropic.messages.stream({ model: 'broken/m', max_tokens: 9, messages }).finalMessage(),
    ).rejects.toThrow(told)
  })
})

test("complaint 22: OpenTelemetry's names for generative AI are not used", async () => {
  await provider('named', well)
  const { headers } = await post(ask('named/m'))
  const { spans } = await trace(headers.get('airworthy-trace'))
  expect(spans.find(({ parentSpanId }) => parentSpanId === null)?.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'named',
    'gen_ai.request.model': 'named/m',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.usage.output_tokens': 100,
  })
})

test('complaint 23: load is not spread by how targets do', async () => {
  const slow = await provider('crawling', (response, heard, times) =>
    setTimeout(() => well(response, heard, times), 80),
  )
  const quick = await provider('running', well)
  await route('by-latency', ['crawling/m', 'running/m'], { strategy: 'latency' })
  for (let n = 0; n < 40; n += 1) await post(ask('by-latency'))
  expect(quick.heard.length).toBeGreaterThan(2 * slow.heard.length)
  // A target that is out of its quota is left alone for as long as it says, and the others take its share.
  const spent = await provider('spent', (response) =>
    json(response, { error: { message: 'quota' } }, 429, { 'retry-after': '60' }),
  )
  await route('by-quota', ['spent/m', 'running/m'], { strategy: 'weighted' })
  for (let n = 0; n < 20; n += 1) expect((await post(ask('by-quota'))).status).toBe(200)
  expect(spent.heard).toHaveLength(1)
})

describe('complaint 24: the gateway itself is the hole', () => {
  const status = async (path: string, headers: Record<string, string>, method = 'GET') =>
    (await fetch(url + path, { method, headers })).status

  test.for(["' or '1'='1", "x'; drop table keys; --", 'admin', 'sk-1234', 'master', 'changeme', 'null', 'undefined'])(
    'no key is %s',
    async (guess) => {
      for (const headers of [{ authorization: `Bearer ${guess}` }, { 'x-api-key': guess }, { 'api-key': guess }])
        expect(await status('/v1/models', headers)).toBe(401)
    },
  )

  test('a key that begins like another is another', async () => {
    const { secret } = await client.createKey({ body: { name: 'long', role: 'builder' } })
    expect(await status('/v1/models', { authorization: `Bearer ${secret}` })).toBe(200)
    for (const near of [secret.slice(0, -1), `${secret}x`, secret.slice(0, 20), `${secret.slice(0, -1)}~`])
      expect(await status('/v1/models', { authorization: `Bearer ${near}` })).toBe(401)
  })

  test('who only asks models changes nothing, and learns no credential', async () => {
    const { secret } = await client.createKey({
      body: { name: 'asks', role: 'builder', permissions: ['infer', 'infer-models'] },
    })
    const asks = createClient({ baseUrl: url, token: secret, retries: 0 })
    const refused = { status: 403 }
    const body = { dialect: 'openai', baseUrl: 'http://127.0.0.1:1/v1' } as const
    await expect(asks.putProvider({ params: { name: 'mine' }, body })).rejects.toMatchObject(refused)
    await expect(asks.createKey({ body: { name: 'more', role: 'owner' } })).rejects.toMatchObject(refused)
    await expect(asks.listProviders()).rejects.toMatchObject(refused)
    expect(JSON.stringify(await client.listProviders())).not.toContain('canary')
  })

  test('a key keeps to the address that is written for its provider', async () => {
    // The client names neither host nor path, whatever stands in the model's name.
    const { heard } = await provider('fixed', well, { dialect: 'gemini', credential: 'AIza-canary' })
    for (const model of ['fixed/../../elsewhere', 'fixed/a/../../b', 'fixed/m?key=x', 'fixed/m#x'])
      await post(ask(model))
    for (const { path } of heard) expect(path).toMatch(/^\/models\/[^/?#]+:generateContent$/)
  })
})
