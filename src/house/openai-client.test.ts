/** The official client, unchanged, against the running house: an application, a model, lists and refusals. */
import OpenAI, { APIError } from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const airworthy = await testAirworthy()
const { url, client, ownerToken } = airworthy
afterAll(() => airworthy.close())

const openai = (apiKey = ownerToken) => new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
const ask = (content = 'parcel 7', model = 'parcels') => ({
  model,
  messages: [{ role: 'user' as const, content }],
})
const refused = async (asked: PromiseLike<unknown>): Promise<APIError> => {
  const thrown = await asked.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof APIError)) throw new Error(`expected an APIError, got ${String(thrown)}`)
  return thrown
}

beforeAll(async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  const { 'airworthy.yaml': settings = '', ...files } = echoApplication('first')
  const keyless = { ...files, 'airworthy.yaml': settings.replaceAll('scripted/echo', 'openai/gpt-4o') }
  await client.createApplication({ body: { name: 'keyless', files: keyless } })
  await client.freezeRelease({ params: { name: 'keyless' }, body: {} })
})

test('an application answers, and its trace names the release', async () => {
  const { data, response } = await openai().chat.completions.create(ask()).withResponse()
  expect(data).toMatchObject({
    object: 'chat.completion',
    model: 'scripted/echo',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'parcel 7' } }],
    usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
  })
  const id = response.headers.get('airworthy-trace') ?? ''
  await expect
    .poll(async () => client.getTrace({ params: { id } }).catch(() => undefined), { timeout: 5_000 })
    .toMatchObject({
      output: 'parcel 7',
      summary: { status: 'complete', release: response.headers.get('airworthy-release'), stage: 'sandbox' },
    })
})

test('a stream arrives in pieces that make up the answer, with usage when asked for', async () => {
  const stream = await openai().chat.completions.create({
    ...ask('parcel seven, from Antwerp, by boat'),
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ''
  let finish: string | null = null
  let tokens = 0
  for await (const { choices, usage } of stream) {
    text += choices[0]?.delta.content ?? ''
    finish = choices[0]?.finish_reason ?? finish
    tokens = usage?.completion_tokens ?? tokens
  }
  expect({ text, finish }).toEqual({ text: 'parcel seven, from Antwerp, by boat', finish: 'stop' })
  expect(tokens).toBeGreaterThan(0)
})

test('a model is asked by its provider and name', async () => {
  const { choices } = await openai().chat.completions.create(ask('hello', 'scripted/echo'))
  expect(choices[0]?.message.content).toBe('hello')
})

test('the list of models has the application, its stages with something live, and models', async () => {
  const ids: string[] = []
  for await (const { id } of openai().models.list()) ids.push(id)
  expect(ids).toEqual(expect.arrayContaining(['parcels', 'parcels@sandbox', 'local/extractive', 'scripted/echo']))
  expect(ids).not.toContain('parcels@poc')
})

test.for([
  ['an unknown model', 'nope', 404, 'gateway.model-unknown', /These work: parcels, parcels@sandbox, /],
  ['an unknown model of a provider', 'local/nope', 404, 'gateway.model-unknown', /local\/extractive/],
  ['a stage without a release', 'parcels@pilot', 404, 'gateway.stage-empty', /sandbox/],
  ['a provider without a key', 'openai/gpt-4o', 424, 'models.key-missing', /OPENAI_API_KEY.*local\/extractive/],
] as const)('%s is refused with what works instead', async ([, model, status, code, message]) => {
  const error = await refused(openai().chat.completions.create(ask('hello', model)))
  expect(error).toMatchObject({ status, code, message: expect.stringMatching(message) })
})

test('a key that nobody has is refused as the client expects it', async () => {
  const error = await refused(openai('awk_nobody').chat.completions.create(ask()))
  expect(error).toBeInstanceOf(OpenAI.AuthenticationError)
  expect(error).toMatchObject({ code: 'access.key-unknown', message: expect.stringMatching(/key/) })
})

test('a key of another application is refused, and may not ask models directly', async () => {
  await client.createApplication({ body: { name: 'other', template: 'bring-your-own' } })
  const { secret } = await client.createKey({ body: { name: 'bound', role: 'builder', application: 'other' } })
  expect(await refused(openai(secret).chat.completions.create(ask()))).toMatchObject({
    status: 403,
    code: 'access.other-application',
  })
  expect(await refused(openai(secret).chat.completions.create(ask('hello', 'scripted/echo')))).toMatchObject({
    status: 403,
    code: 'gateway.models-not-allowed',
  })
})

test('a cap that is reached answers 429 and says when it opens', async () => {
  const { secret } = await client.createKey({
    body: { name: 'capped', role: 'builder', limits: { requestsPerMinute: 1, costMicroUsdPerMonth: null } },
  })
  await openai(secret).chat.completions.create(ask())
  const error = await refused(openai(secret).chat.completions.create(ask()))
  expect(error).toBeInstanceOf(OpenAI.RateLimitError)
  expect(error.message).toMatch(/may make 1 request.* a minute .*Try again after \d{4}-\d\d-\d\dT/)
  expect(Number(error.headers?.get('retry-after'))).toBeGreaterThan(0)
})

test.for(['openai/gpt-4o', 'keyless'])(
  'the client does not try again what a missing key refuses: %s',
  async (model) => {
    let requests = 0
    const patient = new OpenAI({
      apiKey: ownerToken,
      baseURL: `${url}/v1`,
      maxRetries: 3,
      fetch: (...given) => {
        requests += 1
        return fetch(...given)
      },
    })
    const error = await refused(patient.chat.completions.create(ask('hello', model)))
    expect(error).toMatchObject({
      status: 424,
      code: 'models.key-missing',
      message: expect.stringMatching(/OPENAI_API_KEY/),
    })
    expect(requests).toBe(1)
  },
)
