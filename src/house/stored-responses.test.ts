/**
 * S1.3.5a · Responses that are built on by their ids, by the official client, over a provider of each kind that keeps
 * none, and over an application; who sees them, how long, and how they go.
 */
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { chunk, completion, isStream, json, type Says, stream, withProviders } from '../testing/local-provider.ts'

const clock = stoppedClock('2026-03-01T08:00:00.000Z')
const house = await testAirworthy({ clock })
const { client, url, ownerToken } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const { provider, post, price } = local
const openai = (apiKey = ownerToken) => new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })

/** Says how many messages it was asked with, and calls a tool when there is one and no result yet. */
const counting: Says = (response, heard) => {
  const { messages, tools } = JSON.parse(heard.text) as { messages: { role: string }[]; tools?: unknown[] }
  const text = `I heard ${messages.length}.`
  if (tools && !messages.some(({ role }) => role === 'tool')) {
    const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bern"}' } }
    const choice = {
      index: 0,
      message: { role: 'assistant', content: null, tool_calls: [call] },
      finish_reason: 'tool_calls',
    }
    return json(response, completion('', { choices: [choice] }))
  }
  if (!isStream(heard)) return json(response, completion(text))
  stream(response).end(`${chunk({ content: text })}${chunk({}, 'stop')}data: [DONE]\n\n`)
}
const claude: Says = (response, heard) => {
  const { messages } = JSON.parse(heard.text) as { messages: unknown[] }
  const content = [{ type: 'text', text: `I heard ${messages.length}.` }]
  json(response, { id: 'msg_1', type: 'message', role: 'assistant', content, stop_reason: 'end_turn', usage: {} })
}
beforeAll(async () => {
  await provider('counting', counting)
  await provider('claude', claude, { dialect: 'anthropic' })
  // What has a cap of money asks for nothing without a price.
  await price('counting/m', { input: '1', output: '1' })
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
})

test.for(['counting/m', 'claude/m'])('%s: three turns, each by the id of the one before', async (model) => {
  const one = await openai().responses.create({ model, input: 'One' })
  const two = await openai().responses.create({ model, input: 'Two', previous_response_id: one.id })
  const three = await openai().responses.create({ model, input: 'Three', previous_response_id: two.id })
  expect([one, two, three].map(({ output_text: text }) => text)).toEqual(['I heard 1.', 'I heard 3.', 'I heard 5.'])
  expect([two, three].map(({ previous_response_id: id }) => id)).toEqual([one.id, two.id])
  expect(three).toMatchObject({ store: true })
})

test('a stream is built on, and builds on, what was there before', async () => {
  const model = 'counting/m'
  const one = await openai().responses.stream({ model, input: 'One' }).finalResponse()
  const two = await openai().responses.stream({ model, input: 'Two', previous_response_id: one.id }).finalResponse()
  expect(two.output_text).toBe('I heard 3.')
  expect(await openai().responses.retrieve(two.id)).toMatchObject({
    id: two.id,
    object: 'response',
    status: 'completed',
    previous_response_id: one.id,
    output: [{ content: [{ text: 'I heard 3.' }] }],
  })
})

test('the result of a tool alone is enough, when the call is in the turn before', async () => {
  const tools = [{ type: 'function' as const, name: 'weather', parameters: { type: 'object' }, strict: false }]
  const ask = { model: 'counting/m', tools }
  const called = await openai().responses.create({ ...ask, input: 'The weather?' })
  const [call] = called.output
  expect(call).toMatchObject({ type: 'function_call', name: 'weather' })
  const result = { type: 'function_call_output' as const, call_id: 'call_1', output: 'Rain' }
  const told = await openai().responses.create({ ...ask, input: [result], previous_response_id: called.id })
  expect(told.output_text).toBe('I heard 3.')
  // The same by reference to the item.
  const reference = { type: 'item_reference' as const, id: call?.id ?? '' }
  const referred = await openai().responses.create({ ...ask, input: [reference, result] })
  expect(referred.output_text).toBe('I heard 2.')
})

test('an application goes on from a response too', async () => {
  const one = await openai().responses.create({ model: 'parcels', input: 'parcel 1' })
  const two = await openai().responses.create({ model: 'parcels', input: 'parcel 2', previous_response_id: one.id })
  const trace = await local.trace(two.id.slice('resp_'.length))
  expect(trace.input.map(({ content }) => content)).toEqual(['parcel 1', 'parcel 1', 'parcel 2'])
})

test('what was asked is listed page by page, newest first', async () => {
  const model = 'counting/m'
  const one = await openai().responses.create({ model, input: 'One' })
  const two = await openai().responses.create({ model, input: 'Two', previous_response_id: one.id })
  const page = await openai().responses.inputItems.list(two.id, { limit: 2 })
  expect(page.data).toMatchObject([
    { role: 'user', content: [{ text: 'Two' }] },
    { role: 'assistant', content: [{ text: 'I heard 1.' }] },
  ])
  expect(page.hasNextPage()).toBe(true)
  expect((await page.getNextPage()).data).toMatchObject([{ content: [{ text: 'One' }] }])
})

describe('nobody else', () => {
  test('sees it, goes on from it, or removes it: another person, or a key of another application', async () => {
    const { id } = await openai().responses.create({ model: 'counting/m', input: 'A secret' })
    const ada = await client.createActor({ body: { name: 'Ada Reader', role: 'builder' } })
    const others = [
      await client.createKey({ body: { name: 'ada', role: 'builder', actor: ada.id } }),
      await client.createKey({ body: { name: 'bound', role: 'builder', application: 'parcels' } }),
    ]
    for (const { secret } of others) {
      const other = openai(secret)
      await expect(other.responses.retrieve(id)).rejects.toMatchObject({
        status: 404,
        code: 'gateway.response-unknown',
      })
      await expect(other.responses.inputItems.list(id)).rejects.toMatchObject({ status: 404 })
      await expect(other.responses.delete(id)).rejects.toMatchObject({ status: 404 })
      const model = secret === others[1]?.secret ? 'parcels' : 'counting/m'
      const refused = other.responses.create({ model, input: 'Go on', previous_response_id: id })
      await expect(refused).rejects.toMatchObject({ status: 400, param: 'previous_response_id' })
    }
    expect((await openai().responses.retrieve(id)).id).toBe(id)
  })

  test('not asked to be kept, removed, or older than thirty days: it is unknown', async () => {
    const unkept = await openai().responses.create({ model: 'counting/m', input: 'One', store: false })
    expect(unkept).toMatchObject({ store: false })
    const removed = await openai().responses.create({ model: 'counting/m', input: 'One' })
    await openai().responses.delete(removed.id)
    const old = await openai().responses.create({ model: 'counting/m', input: 'One' })
    clock.advance(31 * DAY)
    for (const { id } of [unkept, removed, old])
      await expect(openai().responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
  })
})

test('a provider that keeps responses itself is asked as the client asked', async () => {
  const own = await provider(
    'keeping',
    (response) => json(response, { id: 'resp_theirs', object: 'response', output: [] }),
    {
      speaks: ['responses'],
    },
  )
  const body = { model: 'keeping/m', input: 'Two', previous_response_id: `resp_${'a'.repeat(48)}`, store: true }
  await post(body, { path: '/v1/responses' })
  expect(own.bodies()).toEqual([{ ...body, model: 'm' }])
  await expect(openai().responses.retrieve('resp_unheard')).rejects.toMatchObject({ status: 404 })
})

describe('a response that its provider keeps', () => {
  /** Keeps responses of one key each, as accounts do. */
  async function keeper(name: string, keys: readonly string[]) {
    const kept = new Map<string, { key: string; input: unknown }>()
    const own = await provider(
      name,
      (response, { path, headers, text }) => {
        const key = String(headers.authorization).slice('Bearer '.length)
        const [, id = '', items] = /^\/responses\/([^/?]+)(\/input_items)?/.exec(path) ?? []
        const found = kept.get(id)
        const isTheirs = found?.key === key
        const asked = text === '' ? undefined : JSON.parse(text)
        const before = asked?.previous_response_id
        if ((id && !isTheirs) || (before && kept.get(before)?.key !== key))
          return json(response, { error: { message: 'Not found.' } }, id ? 404 : 400)
        if (items) return json(response, { object: 'list', data: [{ text: found?.input }], has_more: false })
        if (id && path.includes('include'))
          return json(response, { id, object: 'response', included: true, output: [] })
        if (id) return json(response, { id, object: 'response', status: 'completed', output: [] })
        const made = `resp_${name}_${kept.size}`
        kept.set(made, { key, input: asked.input })
        const whole = {
          id: made,
          object: 'response',
          status: 'completed',
          output: [],
          usage: { input_tokens: 1, output_tokens: 1 },
        }
        if (!asked.stream) return json(response, whole)
        const begun = { type: 'response.created', response: { ...whole, status: 'in_progress' } }
        stream(response).end(
          `event: response.created\ndata: ${JSON.stringify(begun)}\n\nevent: response.completed\ndata: ${JSON.stringify({ type: 'response.completed', response: whole })}\n\n`,
        )
      },
      { speaks: ['responses'] },
    )
    await client.putProvider({
      params: { name },
      body: {
        dialect: 'openai',
        baseUrl: own.address,
        speaks: ['responses'],
        credentials: keys.map((source, place) => ({ name: `key-${place}`, source, inForce: true })),
      },
    })
    await price(`${name}/m`, { input: '1', output: '1' })
    return { ...own, kept }
  }

  test('is read, listed, built on and deleted there, with the key that it was made with, over a route too', async () => {
    const one = await keeper('holding', ['sk-first', 'sk-second'])
    const other = await keeper('beside', ['sk-third'])
    await local.route('either', ['beside/m', 'holding/m'])
    for (const streams of [false, true]) {
      const { id } = streams
        ? await openai().responses.stream({ model: 'holding/m', input: 'One' }).finalResponse()
        : await openai().responses.create({ model: 'holding/m', input: 'One' })
      expect(id).toMatch(/^resp_holding_/)
      // Several times, because keys take turns.
      for (let times = 0; times < 3; times++) {
        expect((await openai().responses.retrieve(id)).id).toBe(id)
        expect((await openai().responses.inputItems.list(id)).data).toEqual([{ text: 'One' }])
        const next = { model: 'either', input: 'Two', previous_response_id: id }
        expect((await openai().responses.create(next)).id).toMatch(/^resp_holding_/)
      }
      const include = { include: ['reasoning.encrypted_content' as const] }
      expect(await openai().responses.retrieve(id, include)).toMatchObject({ included: true })
      await openai().responses.delete(id)
      expect(one.heard.at(-1)?.path).toBe(`/responses/${id}`)
      await expect(openai().responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
    }
    expect(other.heard).toEqual([])
  })

  test('is of no use to anybody else, although the provider is asked with the same key', async () => {
    const { heard } = await keeper('shared', ['sk-shared'])
    const { id } = await openai().responses.create({ model: 'shared/m', input: 'A secret' })
    const joe = await client.createActor({ body: { name: 'Joe Reader', role: 'builder' } })
    const { secret } = await client.createKey({ body: { name: 'joe', role: 'builder', actor: joe.id } })
    const asked = heard.length
    await expect(openai(secret).responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
    await expect(openai(secret).responses.delete(id)).rejects.toMatchObject({ status: 404 })
    const next = { model: 'shared/m', input: 'Go on', previous_response_id: id }
    await expect(openai(secret).responses.create(next)).rejects.toMatchObject({
      status: 400,
      param: 'previous_response_id',
    })
    expect(heard.length).toBe(asked)
    // Not asked to be kept: not noted.
    const unkept = await openai().responses.create({ model: 'shared/m', input: 'One', store: false })
    await expect(openai().responses.retrieve(unkept.id)).rejects.toMatchObject({ status: 404 })
    await client.switchOff({ params: { kind: 'provider', name: 'shared' }, body: { reason: 'An incident.' } })
    await expect(openai().responses.retrieve(id)).rejects.toMatchObject({ status: 403 })
    await client.switchOn({ params: { kind: 'provider', name: 'shared' }, query: { reason: 'It is over.' } })
    expect((await openai().responses.retrieve(id)).id).toBe(id)
  })
})

test('a person is found in it, and goes from it', async () => {
  const { id } = await openai().responses.create({
    model: 'counting/m',
    input: 'I am grace@example.org',
    user: 'grace',
  })
  await expect.poll(() => house.rowsOf(['stored_responses'])).toContain('grace@example.org')
  const subject = { user: 'grace', identifiers: ['grace@example.org'] }
  const { id: deletion } = await client.proposeDeletion({ body: subject })
  const stateOf = async () => (await client.getDeletion({ params: { id: deletion } })).state
  await expect.poll(stateOf, { timeout: 20_000 }).toBe('proposed')
  clock.advance(1_000)
  await client.confirmDeletion({ params: { id: deletion } })
  await expect.poll(stateOf, { timeout: 20_000 }).toBe('done')
  await expect(openai().responses.retrieve(id)).rejects.toMatchObject({ status: 404 })
  expect(await house.rowsOf(['stored_responses'])).not.toContain('grace@example.org')
})
