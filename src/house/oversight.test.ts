/** Human oversight through the front door: what is held, who decides, what is overruled, and the stop. */
import { afterAll, expect, test, vi } from 'vitest'
import { ask, askInPieces } from '../../sdk/index.ts'
import { MINUTE, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client, options } = airworthy
afterAll(() => airworthy.close())
const ada = await airworthy.person('Ada Builder', 'builder')
const grace = await airworthy.person('Grace Owner', 'approver')

const PLAN = {
  overseers: ['Grace Owner', 'Nobody Here'],
  waitMinutes: 30,
  kinds: [
    { kind: 'refund', consequential: true, action: 'hold', when: { asked: ['refund'] } },
    { kind: 'complaint', action: 'flag', when: { asked: ['complaint'] } },
  ],
}
await client.createApplication({
  body: { name: 'parcels', files: echoApplication('first', { 'oversight.yaml': JSON.stringify(PLAN) }) },
})
const { body: release } = await client.freezeRelease({ params: { name: 'parcels' }, body: {} })

const say = (content: string, subject = 'user-1') => ({
  model: 'parcels',
  subject,
  messages: [{ role: 'user' as const, content }],
})
const newest = async () => (await client.listHeldAnswers({ query: { application: 'parcels', limit: 1 } })).items[0]
const decide = (by: typeof grace, id: string, body: { decision: 'release' | 'edit' | 'refuse'; text?: string }) =>
  by.decideHeldAnswer({ params: { id }, body: { ...body, reason: 'I looked at the order first.' } })
const outcome = async (id: string) => client.getHeldOutcome({ params: { id } })
test('an answer of a chosen kind waits for an overseer, streamed or not, and the client gets none of it before', async () => {
  const { text } = await ask(options, say('A refund for parcel 7'))
  expect(text).toMatch(/A person looks at this answer.*hld_/)
  expect(text).not.toContain('parcel 7')
  const held = await newest()
  expect(held).toMatchObject({ state: 'waiting', mode: 'hold', kinds: ['refund'], release: release.id })
  expect(held?.answer).toContain('parcel 7')
  expect(await outcome(held?.id ?? '')).toMatchObject({ state: 'waiting', text: null })

  let streamed = ''
  for await (const piece of askInPieces(options, say('refund of parcel 8'))) streamed += piece
  expect(streamed).toMatch(/^A person looks at this answer/)
  expect((await ask(options, say('parcel 9'))).text).toContain('parcel 9')
})

test('an overseer alone lets it out, changes it or refuses it, once and with a reason', async () => {
  const held = async (content: string) => {
    await ask(options, say(content))
    return (await newest())?.id ?? ''
  }
  const first = await held('refund one')
  await expect(decide(ada, first, { decision: 'release' })).rejects.toMatchObject({
    code: 'oversight.not-an-overseer',
  })
  await expect(decide(grace, first, { decision: 'edit' })).rejects.toMatchObject({ code: 'oversight.text-missing' })
  expect(await decide(grace, first, { decision: 'release' })).toMatchObject({ state: 'released' })
  expect((await outcome(first)).text).toContain('refund one')
  await expect(decide(grace, first, { decision: 'refuse' })).rejects.toMatchObject({
    code: 'oversight.answer-decided',
  })
  const second = await held('refund two')
  await decide(grace, second, { decision: 'edit', text: 'You get half of it back.' })
  expect(await outcome(second)).toMatchObject({ state: 'edited', text: 'You get half of it back.' })
  const third = await held('refund three')
  await decide(grace, third, { decision: 'refuse' })
  expect(await outcome(third)).toMatchObject({ state: 'refused', text: null })
})

test('time never lets an answer out', async () => {
  await ask(options, say('refund, and nobody looks'))
  const held = await newest()
  clock.advance(31 * MINUTE)
  expect(await outcome(held?.id ?? '')).toMatchObject({ state: 'lapsed', text: null })
  await expect(decide(grace, held?.id ?? '', { decision: 'release' })).rejects.toMatchObject({
    code: 'oversight.answer-lapsed',
  })
})

test('a flagged answer is given at once and looked at afterwards; any answer may be overruled', async () => {
  const flagged = await ask(options, say('a complaint'))
  expect(flagged.text).toContain('a complaint')
  const seen = await newest()
  expect(seen).toMatchObject({ mode: 'flag', state: 'waiting', until: null })
  await decide(grace, seen?.id ?? '', { decision: 'release' })

  const { trace } = await ask(options, say('parcel 10'))
  const overrule = (by: typeof grace) =>
    by.overruleAnswer({
      params: { name: 'parcels' },
      body: { answer: trace, text: 'It is parcel 11.', reason: 'The number was read wrongly.' },
    })
  await expect(overrule(ada)).rejects.toMatchObject({ code: 'oversight.not-an-overseer' })
  expect(await overrule(grace)).toMatchObject({ state: 'edited', given: 'It is parcel 11.', trace })
})

test('the gate reads who looks, what was overruled, which kinds wait, and a stop that was tried', async () => {
  const tried = await grace.testStop({ params: { name: 'parcels' } })
  expect(tried).toMatchObject({ answersAgain: true, release: release.id })
  const started = await client.runGate({ params: { id: release.id, stage: 'pilot' }, body: {} })
  if (started.status !== 202) throw new Error('There is something to run.')
  const { job } = started.body
  await vi.waitUntil(async () => (await client.getJob({ params: { id: job } })).state === 'succeeded', 20_000)
  const { items } = await client.listEvidence({ query: { application: 'parcels', check: 'hum.oversight', limit: 1 } })
  expect(items[0]).toMatchObject({
    trust: 'measured',
    facts: {
      overseers: { value: 1, n: 2 },
      overridePath: { value: true },
      stopSeconds: { value: tried.seconds },
      unheldKinds: { value: 0 },
    },
  })
  expect((await client.listSwitches()).items).toEqual([])
  expect((await ask(options, say('parcel 12'))).text).toContain('parcel 12')
})

test('an overseer stops the application, and the stop cannot be tried while it is stopped', async () => {
  const stop = (by: typeof grace) =>
    by.stopApplication({ params: { name: 'parcels' }, body: { reason: 'It promises refunds.' } })
  await expect(stop(ada)).rejects.toMatchObject({ code: 'oversight.not-an-overseer' })
  await stop(grace)
  await expect(ask(options, say('parcel 13'))).rejects.toMatchObject({ code: 'gateway.switched-off' })
  await expect(grace.testStop({ params: { name: 'parcels' } })).rejects.toMatchObject({
    code: 'oversight.already-stopped',
  })
  const standing = await grace.getOversight({ params: { name: 'parcels' } })
  expect(standing).toMatchObject({
    isOverseer: true,
    lapsed: 3,
    stopped: expect.stringContaining('It promises refunds'),
  })
  // An application without overseers has no line of its own, and one request reads all lines.
  await client.createApplication({ body: { name: 'letters', files: echoApplication('second') } })
  expect(await grace.listOversight()).toEqual({ items: [standing] })
  await client.switchOn({
    params: { kind: 'application', name: 'parcels' },
    query: { reason: 'The prompt is mended.' },
  })
})

test('what a person asked and got is found and deleted with the person', async () => {
  await ask(options, say('a complaint of maria.k@example.org', 'maria'))
  clock.advance(MINUTE)
  const response = await client.exportPersonalData({ body: { user: 'maria', identifiers: ['maria.k@example.org'] } })
  expect(await response.text()).toContain('"place":"held answers"')
})

test('words of held answers go with the retention of traces, and what was decided stays', async () => {
  const settings = JSON.parse(echoApplication('first')['airworthy.yaml'] ?? '{}')
  const body = { ...settings, privacy: { purpose: 'parcels', retention: { tracesDays: 30 } } }
  await client.putBlueprint({
    params: { name: 'parcels' },
    body: {
      files: echoApplication('first', {
        'airworthy.yaml': JSON.stringify(body),
        'oversight.yaml': JSON.stringify(PLAN),
      }),
    },
  })
  clock.advance(31 * 24 * 60 * MINUTE)
  await client.enforceRetention()
  const { items } = await client.listHeldAnswers({ query: { application: 'parcels', limit: 100 } })
  expect(items.length).toBeGreaterThan(5)
  expect(
    items.every(({ turns, answer, user }) => turns.length === 0 && answer === '(no longer kept)' && user === null),
  ).toBe(true)
  expect(items.filter(({ state }) => state === 'edited').length).toBeGreaterThan(0)
})
