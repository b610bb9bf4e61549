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
  await expect(openai().responses.retrieve('resp_theirs')).rejects.toMatchObject({ status: 404 })
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
