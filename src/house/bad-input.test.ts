/** What people do wrong, each answered by one clear line. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { echoApplication, parcels } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { client, url, ownerToken } = airworthy
afterAll(() => airworthy.close())

const NAME = 'parcels'
beforeAll(async () => {
  await client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: NAME }, body: {} })
})

const ROWS = 8000
const BAD_ROW = 7341
const withRow = (text: string): string =>
  parcels(ROWS)
    .with(BAD_ROW - 1, text)
    .join('\n')
const settings = echoApplication('first')['airworthy.yaml'] ?? ''

test.for([
  [
    'broken YAML',
    { 'charter.yaml': 'problem: [\nusers: people\n' },
    'charter.yaml:2 charter.yaml: this is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Check the indentation, quotes and colons on this line.',
  ],
  [
    'a missing placeholder',
    { 'prompts/answer.prompt': '{{role "user"}}{{customer}} asks: {{question}}' },
    'prompts/answer.prompt:1 customer: nothing fills the placeholder {{customer}}. Use one of question, history, passages, conversation, or give it a default under input.default.',
  ],
  [
    'a dataset whose row 7,341 is no JSON',
    { 'datasets/parcels.jsonl': withRow('{"id": "p7341", "input": ') },
    'datasets/parcels.jsonl:7341 line: this is not JSON: Unexpected end of JSON input. Write one JSON object a line.',
  ],
  [
    'a dataset whose row 7,341 asks nothing',
    { 'datasets/parcels.jsonl': withRow('{"id": "p7341", "split": "regress"}') },
    'datasets/parcels.jsonl:7341 input: is missing or neither a text nor a list of turns. An example is {"id": "…", "input": "…", "expected": "…", "split": "regress"}.',
  ],
  [
    'an unknown model',
    { 'airworthy.yaml': settings.replace('scripted/echo', 'nobody/has-it') },
    /^airworthy\.yaml:\d\d models\.answer\.model: There is no model nobody\/has-it\. These work now: local\/extractive, /,
  ],
  [
    'a step of a flow that names no model',
    { 'airworthy.yaml': settings.replace('"model": "answer"', '"model": "anser"') },
    /^airworthy\.yaml:\d\d flow\.0\.model: there is no model anser\. Add it as models in airworthy\.yaml, or choose one of answer, baseline\.$/,
  ],
  [
    'a document with a field that nobody knows',
    { 'classification.yaml': 'role: deployer\nriskClas: limited\n' },
    'classification.yaml:2 riskClas: there is no field riskClas here. Correct the name or remove the line.',
  ],
  [
    'a document with a value that is none of the choices',
    { 'classification.yaml': 'role: deployer\n\nriskClass: tiny\n' },
    /^classification\.yaml:3 riskClass: .*\. Use one of minimal, limited, high, unacceptable, unsure\.$/,
  ],
] as const)('%s is told with file, line and remedy, and is not stored', async ([, change, line]) => {
  const files = echoApplication('first', { ...change })
  const { ok, problems } = await client.checkBlueprint({ params: { name: NAME }, body: { files } })
  expect(ok).toBe(false)
  expect(problems).toHaveLength(1)
  const [found] = problems
  const place = [found?.file, found?.line].filter((part) => part !== undefined).join(':')
  const told = `${place} ${found?.field}: ${found?.message}${found?.remedy ? `. ${found.remedy}` : ''}`
  if (typeof line === 'string') expect(told).toBe(line)
  else expect(told).toMatch(line)
  const stored = (await client.getBlueprint({ params: { name: NAME } })).digest
  if (found?.field !== 'models.answer.model')
    await expect(client.putBlueprint({ params: { name: NAME }, body: { files } })).rejects.toMatchObject({
      status: 400,
      code: 'delivery.blueprint-invalid',
    })
  expect((await client.getBlueprint({ params: { name: NAME } })).digest).toBe(stored)
})

async function chat(model: string, headers: Record<string, string> = { authorization: `Bearer ${ownerToken}` }) {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'parcel 1' }] }),
  })
  const body = (await response.json()) as { error?: { message: string; code: string } }
  return { status: response.status, line: body.error?.message ?? '', headers: response.headers }
}

test('no key is 401 with how to send one, at the gateway and at the API', async () => {
  expect(await chat(NAME, {})).toMatchObject({
    status: 401,
    line: 'Send a key as `Authorization: Bearer …`, `x-api-key`, `api-key` or `x-goog-api-key`.',
  })
  const response = await fetch(`${url}/api/v1/applications`)
  expect(await response.json()).toMatchObject({
    status: 401,
    detail: 'Send a key as `Authorization: Bearer …`, or sign in with `airworthy open`.',
  })
})

test('a cap that is reached is 429 with the moment when it opens', async () => {
  const name = 'capped'
  await client.createApplication({ body: { name, files: echoApplication('first') } })
  await client.freezeRelease({ params: { name }, body: {} })
  await client.setLimits({ params: { name }, body: { requestsPerMinute: 1, costMicroUsdPerMonth: '50000000' } })
  expect((await chat(name)).status).toBe(200)
  const refused = await chat(name)
  expect(refused.status).toBe(429)
  expect(refused.line).toMatch(
    /^The application capped may make 1 request a minute and has made 1\. Try again after 20\d\d-\d\d-\d\dT[\d:.]+Z, or raise its limit\.$/,
  )
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('who builds may lower a cap on money; an owner alone raises it above the default', async () => {
  const name = 'spender'
  const ada = await airworthy.person('Ada Spender', 'builder')
  const filesFor = (usd: string) => ({
    ...echoApplication('first'),
    // Without duties, which a builder does not give.
    'airworthy.yaml': JSON.stringify({ ...JSON.parse(settings), duties: {}, limits: { usdPerMonth: usd } }),
  })
  const tooHigh = {
    status: 403,
    code: 'access.cap-too-high',
    message: expect.stringMatching(
      /^The cap of spender is \$50 a month .* by an owner alone; \$5000 a month was asked for/,
    ),
  }
  const params = { name }
  await expect(ada.createApplication({ body: { name, files: filesFor('5000') } })).rejects.toMatchObject(tooHigh)
  await ada.createApplication({ body: { name, files: filesFor('50') } })
  await expect(ada.putBlueprint({ params, body: { files: filesFor('5000') } })).rejects.toMatchObject(tooHigh)
  await expect(ada.setLimits({ params, body: { costMicroUsdPerMonth: '5000000000' } })).rejects.toMatchObject(tooHigh)
  await expect(ada.setLimits({ params, body: { costMicroUsdPerMonth: null } })).rejects.toMatchObject({ status: 403 })

  await client.setLimits({ params, body: { costMicroUsdPerMonth: '5000000000' } })
  await ada.putBlueprint({ params, body: { files: filesFor('4000') } })
  expect((await ada.getLimits({ params })).limits.costMicroUsdPerMonth).toBe('4000000000')
  await expect(ada.putBlueprint({ params, body: { files: filesFor('4001') } })).rejects.toMatchObject({ status: 403 })
})

const MEGABYTE = Buffer.alloc(1024 * 1024, ' ')
const HUGE = 600

/** Sends 600 MB, piece by piece, until somebody answers. */
function sendHuge(
  path: string,
  length: Record<string, string>,
): Promise<{ status: number; text: string; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0
    let isAnswered = false
    const asked = request(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ownerToken}`, 'content-type': 'application/json', ...length },
    })
    asked.on('error', (thrown) => isAnswered || reject(thrown))
    asked.on('response', (response) => {
      isAnswered = true
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, sent }))
    })
    const pump = () => {
      while (sent < HUGE && !isAnswered) {
        sent++
        if (!asked.write(MEGABYTE)) return void asked.once('drain', pump)
      }
      if (!isAnswered) asked.end()
    }
    pump()
  })
}

const KNOWN_LENGTH = { 'content-length': String(HUGE * MEGABYTE.length) }
const UNKNOWN_LENGTH = { 'transfer-encoding': 'chunked' }
test.for([
  ['the API', '/api/v1/applications', KNOWN_LENGTH, /The body is larger than the \d+ bytes that this route takes/],
  ['the API, without a length', '/api/v1/applications', UNKNOWN_LENGTH, /The body (has more|is larger) than /],
  ['the gateway', '/v1/chat/completions', KNOWN_LENGTH, /The body is larger than the \d+ bytes that the gateway takes/],
  ['the gateway, without a length', '/v1/chat/completions', UNKNOWN_LENGTH, /The body is larger than the \d+ bytes/],
  ['traces', '/v1/traces', KNOWN_LENGTH, /A request may have 16 MB as sent\. Send smaller batches/],
] as const)('a body of 600 MB is refused by %s before it is taken in', async ([, path, length, line]) => {
  const before = process.memoryUsage.rss()
  const { status, text } = await sendHuge(path, length)
  expect(status).toBe(413)
  expect(text).toMatch(line)
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * MEGABYTE.length)
  expect((await client.getReadiness()).body.ready).toBe(true)
})

test('a client that hangs up leaves a cancelled trace and a healthy server', async () => {
  const name = 'slow'
  const files = echoApplication('first', {
    'airworthy.yaml': settings.replace('"scripted/echo"', '"scripted/echo", "parameters": {"latencyMs": 30000}'),
  })
  await client.createApplication({ body: { name, files } })
  await client.freezeRelease({ params: { name }, body: {} })
  const stop = new AbortController()
  const asked = fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ownerToken}` },
    body: JSON.stringify({ model: name, messages: [{ role: 'user', content: 'parcel 1' }] }),
    signal: stop.signal,
  })
  setTimeout(() => stop.abort(), 300)
  await expect(asked).rejects.toThrow(/abort/)
  await expect
    .poll(async () => (await client.listTraces({ query: { application: name } })).items, { timeout: 10_000 })
    .toMatchObject([{ status: 'cancelled', application: name, question: 'parcel 1' }])
  expect((await client.getReadiness()).body.ready).toBe(true)
  expect((await chat(NAME)).status).toBe(200)
})

test('a busy port stops the start with one line', async () => {
  const port = new URL(url).port
  const ended = await airworthyCommand(['up'], { AIRWORTHY_PORT: port, AIRWORTHY_DATA: `${airworthy.data}/other` })
  expect(ended.code).toBe(4)
  expect(ended.err).toBe(
    `Port ${port} on 127.0.0.1 is used by another program. Stop it, or choose another port with AIRWORTHY_PORT.\n`,
  )
}, 60_000)

test('a setting that does not exist stops the start with one line', async () => {
  const ended = await airworthyCommand(['up'], { AIRWORTHY_DATA: `${airworthy.data}/other`, AIRWORTHY_PROT: '1' })
  expect(ended).toMatchObject({
    code: 4,
    err: expect.stringMatching(/^There is no setting AIRWORTHY_PROT\. The settings are AIRWORTHY_PORT, .*\n$/i),
  })
}, 60_000)
