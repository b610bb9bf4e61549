import { afterAll, expect, test } from 'vitest'
import type { ReleaseId } from '../../core/release.ts'
import { HOUR, later, MINUTE } from '../../kernel/time.ts'
import { blueprint, install, SETTINGS } from '../installation.example.ts'

const airworthy = await install()
const { ask, application, freeze, passAll, clock, play } = airworthy
afterAll(() => airworthy.stop())

const ERROR = { name: 'error', kind: 'event', margin: 0.05 }
const PLAN = { steps: [0.2, 0.5, 1], minimumUnits: 100, metrics: [ERROR] }
const words = (n: number, more = {}) => blueprint({ 'prompts/answer.prompt': `Version ${n}: {{question}}\n`, ...more })
const promote = (release: ReleaseId, rollout?: unknown) =>
  ask('POST', `/api/v1/releases/${release}/promotions`, { into: 'poc', ...(rollout !== undefined && { rollout }) })
const roll = (name: string, to: ReleaseId, more = {}) =>
  ask('POST', `/api/v1/applications/${name}/rollouts`, { to, stage: 'poc', plan: PLAN, ...more })
const rollout = async (id: string) => (await ask('GET', `/api/v1/rollouts/${id}`)).body
const live = async (name: string) => (await ask('GET', '/api/v1/live')).body.applications[name].stages.poc
const same = { control: 0.01, candidate: 0.01 }

/** Releases of an application, all promoted into poc, the first one live there. */
async function releases(name: string, count: number, files: (n: number) => Record<string, string> = words) {
  await application(name, files(1))
  const made: ReleaseId[] = []
  for (let n = 1; n <= count; n += 1) {
    const id = await freeze(name, files(n))
    await passAll(id)
    await promote(id, n === 1 ? undefined : 'none')
    made.push(id)
  }
  return made as [ReleaseId, ReleaseId, ReleaseId]
}

test('after a rollback by the rule the stage rests, unless somebody signs', async () => {
  const [, second, third] = await releases('rests', 3)
  const { id } = (await roll('rests', second)).body
  await play({
    application: 'rests',
    stage: 'poc',
    rollout: id,
    users: 3000,
    errors: { control: 0.01, candidate: 0.4 },
  })
  expect(await rollout(id)).toMatchObject({ state: 'rolled-back' })
  expect(await roll('rests', third)).toMatchObject({ status: 409, body: { code: 'delivery.cooling-down' } })
  clock.advance(61 * MINUTE)
  expect(await roll('rests', third)).toMatchObject({ status: 201 })
})

test('a cohort alone gets the candidate, and falls back at its end when nobody has decided', async () => {
  const [first, second] = await releases('cohort', 2)
  const cohort = {
    ...PLAN,
    strategy: 'cohort',
    steps: [1],
    audience: { users: ['ada'], groups: { department: ['sales'] } },
    endsAt: later(clock(), HOUR),
  }
  const { id } = (await roll('cohort', second, { plan: cohort })).body
  expect(await live('cohort')).toMatchObject({ release: first, rollout: { share: 1, audience: { users: ['ada'] } } })
  clock.advance(HOUR + MINUTE)
  await airworthy.delivery.tick()
  expect(await rollout(id)).toMatchObject({
    state: 'aborted',
    share: 0,
    reason: expect.stringMatching(/nobody has decided/),
  })
  expect(await live('cohort')).toEqual({ release: first, rollout: null })
})

test.for([
  { plan: { strategy: 'cohort', steps: [1] }, field: 'audience' },
  { plan: { strategy: 'blue-green' }, field: 'steps' },
  { plan: { endsAt: '2027-01-01T00:00:00.000Z' }, field: 'endsAt' },
])('a plan that does not fit its kind is refused and names $field', async ({ plan, field }) => {
  const name = `fit-${field.toLowerCase()}`
  const [, second] = await releases(name, 2)
  const answer = await roll(name, second, { plan: { ...PLAN, ...plan } })
  expect(answer).toMatchObject({ status: 400 })
  expect(JSON.stringify(answer.body.problems)).toContain(field)
})

test('blue-green keeps the release before ready, and a ceiling takes everything back', async () => {
  const [first, second] = await releases('blue', 2)
  const plan = { ...PLAN, strategy: 'blue-green', steps: [1], soakMinutes: 30, metrics: [{ ...ERROR, ceiling: 0.05 }] }
  const { id } = (await roll('blue', second, { plan })).body
  expect(await rollout(id)).toMatchObject({ state: 'running', share: 1 })
  await play({ application: 'blue', stage: 'poc', rollout: id, users: 2000, errors: { control: 0, candidate: 0.3 } })
  expect(await rollout(id)).toMatchObject({ state: 'rolled-back', reason: expect.stringMatching(/ceiling/) })
  expect(await live('blue')).toEqual({ release: first, rollout: null })
})

test('blue-green that stays well is complete when it has soaked', async () => {
  const [, second] = await releases('green', 2)
  const plan = { ...PLAN, strategy: 'blue-green', steps: [1], soakMinutes: 30, metrics: [{ ...ERROR, ceiling: 0.2 }] }
  const { id } = (await roll('green', second, { plan })).body
  await play({ application: 'green', stage: 'poc', rollout: id, users: 300, errors: same })
  expect(await rollout(id)).toMatchObject({ state: 'running' })
  clock.advance(31 * MINUTE)
  await airworthy.delivery.tick()
  expect(await rollout(id)).toMatchObject({ state: 'completed' })
})

test('in the high-risk class nothing goes on by itself, and asking for it is refused', async () => {
  const high = (n: number) => words(n, { 'classification.yaml': 'riskClass: high\n' })
  const [, second] = await releases('risky', 2, high)
  expect(await roll('risky', second, { plan: { ...PLAN, advance: 'automatic' } })).toMatchObject({
    status: 403,
    body: { code: 'delivery.automatic-in-high-risk' },
  })
  const { id } = (await roll('risky', second)).body
  expect(await ask('POST', `/api/v1/rollouts/${id}/advance`)).toMatchObject({
    status: 409,
    body: { code: 'delivery.rollout-not-ready' },
  })
  await play({ application: 'risky', stage: 'poc', rollout: id, users: 3000, errors: same })
  expect(await rollout(id)).toMatchObject({ step: 0, latest: { decision: 'hold' } })
  expect((await ask('POST', `/api/v1/rollouts/${id}/advance`)).body).toMatchObject({ step: 1, share: 0.5 })
})

test('below the floor nobody goes: an earlier release that callers no longer fit is refused', async () => {
  const shapes = (n: number) =>
    words(n, {
      'prompts/answer.prompt': n === 1 ? '---\noutput: {format: json}\n---\nOne {{question}}\n' : 'Two {{question}}\n',
    })
  const [first, second] = await releases('floor', 2, shapes)
  expect(await roll('floor', second, { plan: { ...PLAN, steps: [1] } })).toMatchObject({ status: 201 })
  expect(await roll('floor', first, { plan: { ...PLAN, steps: [1] } })).toMatchObject({
    status: 409,
    body: { code: 'delivery.below-floor' },
  })
  const { body } = await ask('GET', `/api/v1/releases/${second}/compatibility`)
  expect(body.back).toContainEqual(expect.objectContaining({ what: 'answer-shape', fits: false }))
})

test('every decision comes out the same when it is made again from the log, and tools are told it as one figure', async () => {
  const [, second] = await releases('replay', 2)
  const { id } = (await roll('replay', second)).body
  const verdict = '/api/v1/applications/replay/stages/poc/rollout-verdict'
  expect(await ask('POST', verdict)).toMatchObject({ status: 409, body: { value: 0, verdict: 'wait' } })
  await play({ application: 'replay', stage: 'poc', rollout: id, users: 12_000, errors: same })
  const { body } = await ask('GET', `/api/v1/rollouts/${id}/replay`)
  expect(body).toMatchObject({ notKept: 0, differing: [] })
  expect(body.replayed).toBeGreaterThan(5)
  expect(body.same).toBe(body.replayed)
  expect(await ask('POST', verdict)).toMatchObject({ status: 200, body: { value: 1, verdict: 'go', rollout: id } })
})

test('while the release in force is out of its own band nothing advances', async () => {
  const [, second] = await releases('incident', 2)
  const { id } = (await roll('incident', second)).body
  await play({ application: 'incident', stage: 'poc', rollout: id, users: 300, errors: same })
  await play({
    application: 'incident',
    stage: 'poc',
    rollout: id,
    users: 200,
    errors: { control: 0.6, candidate: 0.6 },
    seed: 2,
  })
  expect(await rollout(id)).toMatchObject({
    state: 'running',
    latest: { decision: 'hold', incident: expect.stringMatching(/incident of a provider/) },
  })
})

test('a stage that is for some answers them alone', async () => {
  const [first] = await releases('meant', 1)
  await ask('PUT', '/api/v1/applications/meant/blueprint', {
    files: words(1, { 'airworthy.yaml': `${SETTINGS}access: {poc: {users: [ada], otherwise: refuse}}\n` }),
  })
  expect(await live('meant')).toMatchObject({ release: first, access: { users: ['ada'], otherwise: 'refuse' } })
})

test('a shadow only reads: a release that asks an application outside is refused', async () => {
  const calling = SETTINGS.replace(/flow:[\s\S]*?(?=duties)/, 'flow:\n  - {id: ask, use: call-target}\n').concat(
    'target: {kind: http, url: https://example.org/ask}\n',
  )
  const [, second] = await releases('acts', 2, (n) => words(n, n === 1 ? {} : { 'airworthy.yaml': calling }))
  const shadow = { ...PLAN, strategy: 'shadow', steps: [0.5, 1], shadow: { sample: 0.5, usd: '1' } }
  expect(await roll('acts', second, { plan: shadow })).toMatchObject({
    status: 409,
    body: { code: 'delivery.shadow-acts' },
  })
})
