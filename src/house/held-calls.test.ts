/** S0.P5f: what a tool would change waits for a person, who lets it happen once, or not; time never does. */
import { afterAll, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { MINUTE, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { json, type Says, withProviders } from '../testing/local-provider.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const house = await testAirworthy({ clock })
const { client, options } = house
afterAll(() => house.close())
const local = withProviders(house)
afterAll(local.close)
const ada = await house.person('Ada Builder', 'builder')
const grace = await house.person('Grace Owner', 'approver')

let refunds: Says = (response) => json(response, { refunded: '4711' })
const shop = await local.provider('shop-api', (...heard) => refunds(...heard))
const made = () => shop.heard.map(({ text }) => JSON.parse(text) as unknown)

const REFUND = {
  description: 'Gives the money of an order back.',
  effect: 'write',
  hold: true,
  arguments: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
  call: { kind: 'http', url: `${shop.address}/refunds`, timeoutMs: 2_000 },
}
const OVERSIGHT = { overseers: ['Grace Owner'], waitMinutes: 30, noneBecause: 'Its calls are held.' }

function filesOf(more: Record<string, unknown>): Record<string, string> {
  const { 'airworthy.yaml': text = '', ...others } = echoApplication('first')
  const models = {
    answer: { model: 'scripted/caller', parameters: { calls: [{ name: 'refund', arguments: { number: '4711' } }] } },
    baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } },
  }
  const flow = [{ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer' }]
  const said = Object.entries({ 'tools/refund.yaml': REFUND, 'oversight.yaml': OVERSIGHT, ...more })
  return {
    ...others,
    'airworthy.yaml': JSON.stringify({ ...JSON.parse(text), models, flow }),
    'prompts/answer.prompt': '---\ntools: [refund]\n---\n{{role "user"}}{{question}}',
    ...Object.fromEntries(said.flatMap(([name, value]) => (value ? [[name, JSON.stringify(value)]] : []))),
  }
}
await client.createApplication({ body: { name: 'shop', files: filesOf({}) } })
const { body: release } = await client.freezeRelease({ params: { name: 'shop' }, body: {} })

const wanted = async () => {
  const answer = await ask(options, {
    model: 'shop',
    subject: 'user-7',
    messages: [{ role: 'user', content: 'Give me my money back for 4711.' }],
  })
  const { items } = await client.listHeldCalls({ query: { application: 'shop', limit: 1 } })
  return { answer, call: items[0] ?? expect.fail('no call was held') }
}
const decide = (by: typeof grace, id: string, decision: 'make' | 'refuse') =>
  by.decideHeldCall({ params: { id }, body: { decision, reason: 'I looked at the order first.' } })
const outcome = (id: string) => client.getHeldCallOutcome({ params: { id } })

test('a call that waits is not made while it is answered, and the model is told so', async () => {
  const { answer, call } = await wanted()
  expect(made()).toEqual([])
  expect(answer.text).toContain(call.id)
  expect(call).toMatchObject({ state: 'waiting', tool: 'refund', release: release.id, arguments: '{"number":"4711"}' })
  expect(await outcome(call.id)).toMatchObject({ state: 'waiting', result: null })
  await local.trace(answer.trace)
  const { tools } = await client.explainAnswer({ params: { id: answer.trace } })
  expect(tools).toMatchObject([
    { name: 'refund', outcome: 'held', words: expect.stringContaining('waits for an overseer') },
  ])
})

test('an overseer alone lets it be made, once, with a reason; the answer of the tool is kept', async () => {
  const { call } = await wanted()
  await expect(decide(ada, call.id, 'make')).rejects.toMatchObject({ code: 'oversight.not-an-overseer' })
  expect(made()).toEqual([])
  const both = await Promise.allSettled([decide(grace, call.id, 'make'), decide(grace, call.id, 'make')])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(made()).toEqual([{ number: '4711' }])
  expect(await outcome(call.id)).toMatchObject({ state: 'made', result: '{"refunded":"4711"}', error: null })
  await expect(decide(grace, call.id, 'refuse')).rejects.toMatchObject({ code: 'oversight.call-decided' })
  const { items } = await client.listAudit({ query: { subject: call.id } })
  expect(items.map(({ action }) => action).sort()).toEqual([
    'oversight.call-ended',
    'oversight.decide-call',
    'oversight.hold-call',
  ])
})

test('one that is refused, that nobody looked at in time, or whose application is stopped is never made', async () => {
  shop.heard.length = 0
  const refused = (await wanted()).call.id
  expect(await decide(grace, refused, 'refuse')).toMatchObject({ state: 'refused' })
  const stopped = (await wanted()).call.id
  await grace.stopApplication({ params: { name: 'shop' }, body: { reason: 'Too many refunds today.' } })
  await expect(decide(grace, stopped, 'make')).rejects.toMatchObject({ code: 'oversight.stopped' })
  await client.switchOn({ params: { kind: 'application', name: 'shop' }, query: { reason: 'They were looked at.' } })
  const late = (await wanted()).call.id
  clock.advance(31 * MINUTE)
  expect(await outcome(late)).toMatchObject({ state: 'lapsed' })
  await expect(decide(grace, late, 'make')).rejects.toMatchObject({ code: 'oversight.call-lapsed' })
  expect(made()).toEqual([])
})

test('a tool that fails says so to the overseer, and is not called again', async () => {
  shop.heard.length = 0
  refunds = (response) => response.writeHead(500).end()
  const { call } = await wanted()
  expect(await decide(grace, call.id, 'make')).toMatchObject({
    state: 'failed',
    error: 'The tool refund answered 500.',
  })
  await expect(decide(grace, call.id, 'make')).rejects.toMatchObject({ code: 'oversight.call-decided' })
  expect(made()).toHaveLength(1)
})

test('a call whose end nobody saw is shown as not known, and is not made again', async () => {
  let end = () => {}
  refunds = (response) => {
    end = () => json(response, { refunded: '4711' })
  }
  const { call } = await wanted()
  shop.heard.length = 0
  const deciding = decide(grace, call.id, 'make')
  await expect.poll(made).toHaveLength(1)
  expect(await outcome(call.id)).toMatchObject({ state: 'making' })
  clock.advance(3 * MINUTE)
  expect(await outcome(call.id)).toMatchObject({ state: 'unknown' })
  await expect(decide(grace, call.id, 'make')).rejects.toMatchObject({ code: 'oversight.call-decided' })
  end()
  // The server was only slow: what came of it is kept.
  expect(await deciding).toMatchObject({ state: 'made' })
  expect(made()).toHaveLength(1)
})

test('a release whose calls wait for nobody is not frozen, nor a tool that holds what only reads', async () => {
  const put = (more: Record<string, unknown>) =>
    client.putBlueprint({ params: { name: 'shop' }, body: { files: filesOf(more) } })
  const freeze = () => client.freezeRelease({ params: { name: 'shop' }, body: {} })
  await put({ 'oversight.yaml': undefined, 'tools/refund.yaml': { ...REFUND, description: 'Another.' } })
  await expect(freeze()).rejects.toMatchObject({
    code: 'oversight.nobody',
    message: expect.stringContaining('overseers'),
  })
  await expect(put({ 'tools/refund.yaml': { ...REFUND, effect: 'read' } })).rejects.toThrow(
    /waits for a person; remove it/,
  )
})
