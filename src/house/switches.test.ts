/** The kill switch, from the button to the client: the next request is refused, whoever asks and however. */
import OpenAI, { APIError } from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AirworthyError, ask as askAsSubject, createClient, type Role } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'
import { walkToRollout } from '../testing/parcels-path.ts'

const airworthy = await testAirworthy()
const { client, url, ownerToken } = airworthy
afterAll(() => airworthy.close())

let release = ''
beforeAll(async () => {
  await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
  const frozen = await client.freezeRelease({ params: { name: 'parcels' }, body: {} })
  release = frozen.body.id
})

/** The official client with its retries on, and how many requests it made. */
function official() {
  let requests = 0
  const openai = new OpenAI({
    apiKey: ownerToken,
    baseURL: `${url}/v1`,
    fetch: (address, init) => {
      requests++
      return fetch(address, init)
    },
  })
  const ask = (model: string, stream = false) =>
    openai.chat.completions.create({ model, stream, messages: [{ role: 'user', content: 'parcel 7' }] })
  return { ask, requests: () => requests }
}

const reason = 'It promises refunds that we do not give.'

test.for([
  ['application', 'parcels', 'parcels'],
  ['release', 'its release', 'parcels'],
  ['model', 'scripted/echo', 'parcels'],
  ['provider', 'scripted', 'parcels'],
  ['model', 'scripted/echo', 'scripted/echo'],
  ['provider', 'scripted', 'scripted/echo'],
] as const)(
  'when the %s %s is off, the next request for %s is refused, once, and told whom to ask',
  async ([kind, named, model]) => {
    const name = named === 'its release' ? release : named
    const { ask, requests } = official()
    await ask(model)
    const off = await client.switchOff({ params: { kind, name }, body: { reason } })
    expect(off).toMatchObject({ kind, name, reason })
    for (const stream of [false, true]) {
      const refused = await ask(model, stream).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(refused).toBeInstanceOf(APIError)
      expect(refused).toMatchObject({ status: 403, code: 'gateway.switched-off', type: 'permission_error' })
      expect((refused as APIError).message).toContain(
        `The ${kind} ${name} was switched off by owner at ${off.offAt}: It promises refunds that we do not give. Nothing is wrong with the request; ask owner`,
      )
    }
    // One that worked and one refusal each: the client's own retries do not hammer on it.
    expect(requests()).toBe(3)
    expect((await client.listSwitches()).items).toMatchObject([{ kind, name }])

    await client.switchOn({ params: { kind, name }, query: { reason: 'The prompt was mended.' } })
    await ask(model)
    expect((await client.listSwitches()).items).toEqual([])
  },
)

test('the playground and experiments are refused too', async () => {
  const run = () =>
    client.answerRelease({ params: { id: release }, body: { turns: [{ role: 'user', content: 'parcel 7' }] } })
  const cases = [
    ['release', release],
    ['application', 'parcels'],
    ['model', 'scripted/echo'],
  ] as const
  for (const [kind, name] of cases) {
    await client.switchOff({ params: { kind, name }, body: { reason } })
    await expect(run()).rejects.toMatchObject({ status: 403, code: 'access.switched-off' })
    await client.switchOn({ params: { kind, name }, query: { reason: 'over' } })
  }
})

test('a refusal is in the trace, and counts for no arm of a rollout', async () => {
  await client.switchOff({ params: { kind: 'application', name: 'parcels' }, body: { reason } })
  await official()
    .ask('parcels')
    .catch(() => undefined)
  await client.switchOn({ params: { kind: 'application', name: 'parcels' }, query: { reason: 'over' } })
  await expect
    .poll(async () => (await client.listTraces({ query: { limit: 1 } })).items[0], { timeout: 10_000 })
    .toMatchObject({ errorCode: 'gateway.switched-off', release: null })
})

test('who may operate switches, with a reason, and the log has both ways', async () => {
  const as = async (role: Role) => airworthy.person(`A ${role}`, role)
  const params = { kind: 'application', name: 'parcels' } as const
  for (const role of ['viewer', 'auditor', 'approver'] as const)
    await expect((await as(role)).switchOff({ params, body: { reason } })).rejects.toMatchObject({
      status: 403,
      code: 'access.forbidden',
    })
  const security = await as('security')
  await expect(security.switchOff({ params, body: { reason: ' ' } })).rejects.toMatchObject({
    code: 'wire.body-invalid',
    message: 'reason: say why in at least 3 characters; whoever is refused reads it.',
  })
  await security.switchOff({ params, body: { reason } })
  await security.switchOff({ params, body: { reason: 'Still not mended.' } })
  await security.switchOn({ params, query: { reason: 'Mended in r2.' } })
  const { items } = await client.listAudit({ query: { action: 'access.switch-on' } })
  expect(items[0]).toMatchObject({
    subject: 'parcels',
    application: 'parcels',
    detail: { kind: 'application', reason: 'Mended in r2.', offBecause: 'Still not mended.' },
  })
  await expect(security.switchOn({ params, query: { reason: 'again' } })).rejects.toMatchObject({
    status: 404,
    code: 'access.not-switched-off',
  })
})

test.for([
  ['application', 'parcel', 'delivery.application-unknown'],
  ['release', 'r1', 'access.switch-unknown'],
  ['model', 'scripted/ecco', 'access.switch-unknown'],
  ['provider', 'opnai', 'access.switch-unknown'],
] as const)('a slip in the name of a %s is refused, for nothing would be off', async ([kind, name, code]) => {
  const asked = client.switchOff({ params: { kind, name }, body: { reason } })
  await expect(asked).rejects.toBeInstanceOf(AirworthyError)
  await expect(asked).rejects.toMatchObject({ code })
  expect((await client.listSwitches()).items).toEqual([])
})

test('a key of one application switches that one and nothing else', async () => {
  const { secret } = await client.createKey({ body: { name: 'ops', role: 'builder', application: 'parcels' } })
  const bound = createClient({ baseUrl: url, token: secret })
  for (const params of [
    { kind: 'application', name: 'other' },
    { kind: 'provider', name: 'scripted' },
  ] as const)
    await expect(bound.switchOff({ params, body: { reason } })).rejects.toMatchObject({ status: 403 })
  await bound.switchOff({ params: { kind: 'application', name: 'parcels' }, body: { reason } })
  await bound.switchOn({ params: { kind: 'application', name: 'parcels' }, query: { reason: 'over' } })
})

test('what is off stays off when another process says so, and after a restart', async () => {
  const { access } = airworthy
  await client.switchOff({ params: { kind: 'provider', name: 'scripted' }, body: { reason } })
  await access.reload()
  expect(access.switches.whyOff('provider', 'scripted')).toContain('switched off by owner')
  await client.switchOn({ params: { kind: 'provider', name: 'scripted' }, query: { reason: 'over' } })
  await access.reload()
  expect(access.switches.whyOff('provider', 'scripted')).toBeUndefined()
})

test('a candidate that is switched off in the middle of a rollout leaves its users to the release in force', async () => {
  await walkToRollout(client)
  const [rollout] = (await client.listRollouts({ query: { application: 'parcels', state: 'running' } })).items
  if (!rollout) throw new Error('No rollout runs.')
  const ask = (subject: string) =>
    askAsSubject(
      { baseUrl: url, token: ownerToken },
      { model: 'parcels@poc', subject, messages: [{ role: 'user', content: 'parcel 7' }] },
    )
  // So many that both arms have some, whatever the salt of the rollout is.
  const subjects = Array.from({ length: 60 }, (_, i) => `customer-${i}`)
  const before = await Promise.all(subjects.map(ask))
  expect(new Set(before.map(({ release }) => release))).toEqual(new Set([rollout.control, rollout.candidate]))

  await client.switchOff({ params: { kind: 'release', name: rollout.candidate }, body: { reason } })
  const after = await Promise.all(subjects.map(ask))
  expect(new Set(after.map(({ release }) => release))).toEqual(new Set([rollout.control]))
  await expect
    .poll(async () => client.getRollout({ params: { id: rollout.id } }), { timeout: 10_000 })
    .toMatchObject({ state: 'aborted', reason: expect.stringContaining(`switched off by owner`) })

  await client.switchOn({ params: { kind: 'release', name: rollout.candidate }, query: { reason: 'over' } })
  // The log says that it is over a moment before the table from which requests are answered.
  await expect
    .poll(async () => new Set((await Promise.all(subjects.map(ask))).map(({ release }) => release)), {
      timeout: 10_000,
    })
    .toEqual(new Set([rollout.control]))
})
