import { afterAll, expect, test } from 'vitest'
import type { Outcome } from '../../core/outcome.ts'
import type { ReleaseId } from '../../core/release.ts'
import { MINUTE } from '../../kernel/time.ts'
import { blueprint, install } from '../installation.example.ts'

const airworthy = await install()
const { ask, application, freeze, passAll, clock, play } = airworthy
afterAll(() => airworthy.stop())

const PLAN = { steps: [0.2, 0.5, 1], minimumUnits: 100, metrics: [{ name: 'error', kind: 'event', margin: 0.05 }] }
const promote = (release: ReleaseId, rollout?: unknown) =>
  ask('POST', `/api/v1/releases/${release}/promotions`, { into: 'poc', ...(rollout !== undefined && { rollout }) })
const roll = (name: string, to: ReleaseId, more = {}) =>
  ask('POST', `/api/v1/applications/${name}/rollouts`, { to, stage: 'poc', plan: PLAN, ...more })
const rollout = async (id: string) => (await ask('GET', `/api/v1/rollouts/${id}`)).body
const live = async (name: string) => (await ask('GET', '/api/v1/live')).body.applications[name].stages.poc
const words = (n: number) => blueprint({ 'prompts/answer.prompt': `Version ${n}: {{question}}\n` })

/** One release live in poc, and a second one ready to follow it. */
async function pair(name: string): Promise<{ first: ReleaseId; second: ReleaseId }> {
  await application(name)
  const first = await freeze(name)
  await passAll(first)
  await promote(first)
  const second = await freeze(name, words(2))
  await passAll(second)
  return { first, second }
}
async function rolling(name: string, plan: unknown = PLAN) {
  const { first, second } = await pair(name)
  const { body } = await promote(second, plan)
  return { first, second, id: body.rollout.id }
}

test('a promotion into a stage that is live starts its plan at the first share', async () => {
  const { first, second, id } = await rolling('starts')
  expect(await rollout(id)).toMatchObject({
    state: 'running',
    share: 0.2,
    step: 0,
    controlNumber: 1,
    candidateNumber: 2,
    latest: null,
  })
  expect(await live('starts')).toMatchObject({ release: first, rollout: { id, candidate: second, share: 0.2 } })
  expect((await ask('GET', '/api/v1/applications/starts')).body.stages[1]).toMatchObject({
    release: { number: 1 },
    rollout: { candidate: { number: 2 }, share: 0.2, state: 'running' },
  })
})

test('a candidate with errors is rolled back by itself, all traffic at once, with evidence of what was read', async () => {
  const { first, second, id } = await rolling('bad')
  await play({ application: 'bad', stage: 'poc', rollout: id, users: 6000, errors: { control: 0.01, candidate: 0.2 } })
  const ended = await rollout(id)
  expect(ended).toMatchObject({
    state: 'rolled-back',
    share: 0,
    reason: expect.stringMatching(/^error: /),
    latest: { decision: 'abort' },
  })
  expect(await live('bad')).toEqual({ release: first, rollout: null })
  const { items } = (await ask('GET', `/api/v1/evidence?release=${second}&check=rollout.decision`)).body
  expect(items[0]).toMatchObject({
    trust: 'measured',
    source: `rollout ${id}`,
    facts: {
      decision: { value: 'abort' },
      'error.verdict': { value: 'harm' },
      'error.candidate': { n: expect.any(Number) },
    },
  })
  expect(airworthy.audit).toContain(`delivery.rollout-abort ${id}`)
  const { items: points } = (await ask('GET', `/api/v1/rollouts/${id}/history`)).body
  expect(points.at(-1)).toMatchObject({ decision: 'abort', metrics: [{ metric: 'error', verdict: 'harm' }] })

  expect(await roll('bad', second)).toMatchObject({ status: 409, body: { code: 'delivery.rolled-back-before' } })
  expect(await roll('bad', second, { again: 'It was the network, not the release.' })).toMatchObject({ status: 201 })
})

test('a good candidate advances step by step and becomes the release in force', async () => {
  const { second, id } = await rolling('good')
  await play({
    application: 'good',
    stage: 'poc',
    rollout: id,
    users: 12_000,
    errors: { control: 0.01, candidate: 0.01 },
  })
  expect(await rollout(id)).toMatchObject({ state: 'completed', share: 1, step: 1, latest: { decision: 'complete' } })
  expect(await live('good')).toEqual({ release: second, rollout: null })
  const { items } = (await ask('GET', `/api/v1/evidence?release=${second}&check=rollout.decision`)).body
  expect(items.map(({ facts }: { facts: { decision: { value: string } } }) => facts.decision.value)).toEqual([
    'complete',
    'advance',
  ])
})

test('an event that is told twice counts once, and only the first of a unit counts', async () => {
  const { first, second, id } = await rolling('twice')
  const outcome = (more: Partial<Outcome>): Outcome => ({
    eventId: 'a:error',
    rollout: id,
    release: second,
    arm: 'candidate',
    share: 0.2,
    unit: 'ada',
    metric: 'error',
    value: 1,
    at: clock(),
    ...more,
  })
  const { delivery } = airworthy
  expect(await delivery.observe([outcome({}), outcome({})])).toMatchObject({ counted: 1 })
  expect(await delivery.observe([outcome({}), outcome({ eventId: 'b:error', value: 0 })])).toMatchObject({ counted: 0 })
  const strange = [
    outcome({ unit: 'share', share: 0.3 }),
    outcome({ unit: 'other', release: first }),
    outcome({ unit: 'number', value: Number.NaN }),
    outcome({ unit: 'metric', metric: 'unplanned' }),
  ]
  expect(await delivery.observe(strange)).toMatchObject({ counted: 0 })
  const [step] = (await rollout(id)).statistics
  expect(step).toMatchObject({
    firstSeen: { control: 0, candidate: 2 },
    metrics: { error: { candidate: { units: 1, events: 1 } } },
  })
})

test('after a restart everything is as it was, and the rollout goes on', async () => {
  const { id } = await rolling('restart')
  const both = { control: 0.01, candidate: 0.01 }
  await play({ application: 'restart', stage: 'poc', rollout: id, users: 300, errors: both })
  const before = {
    rollout: await rollout(id),
    live: (await ask('GET', '/api/v1/live')).body,
    gate: (await ask('GET', '/api/v1/applications/restart')).body,
  }
  await airworthy.restart()
  expect({
    rollout: await rollout(id),
    live: (await ask('GET', '/api/v1/live')).body,
    gate: (await ask('GET', '/api/v1/applications/restart')).body,
  }).toEqual(before)
  await play({ application: 'restart', stage: 'poc', rollout: id, users: 12_000, errors: both, seed: 2 })
  expect((await rollout(id)).state).toBe('completed')
})

test('a release that is not promoted takes no traffic, and a stage has one rollout at a time', async () => {
  const { second } = await pair('refused')
  expect(await roll('refused', second)).toMatchObject({ status: 409, body: { code: 'delivery.not-promoted' } })
  await promote(second, 'none')
  expect((await live('refused')).rollout).toBeNull()
  const both = await Promise.all([roll('refused', second), roll('refused', second)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('delivery.rollout-open')
  const third = await freeze('refused', words(3))
  await passAll(third)
  expect(await promote(third, PLAN)).toMatchObject({ status: 409, body: { code: 'delivery.rollout-open' } })
  // The refused rollout took the promotion back with it: nothing was half done.
  expect((await ask('GET', `/api/v1/releases/${third}`)).body.stage).toBe('sandbox')
})

test('a person pauses, resumes and aborts; nothing ends twice', async () => {
  const { first, id } = await rolling('hand')
  const act = (verb: string, body?: unknown, who = 'ada') => ask('POST', `/api/v1/rollouts/${id}/${verb}`, body, who)
  expect(await act('pause', undefined, 'tom')).toMatchObject({ status: 403 })
  expect(await act('pause')).toMatchObject({ status: 200, body: { state: 'paused', share: 0.2 } })
  expect(await act('pause')).toMatchObject({ status: 409, body: { code: 'delivery.rollout-state' } })
  await play({
    application: 'hand',
    stage: 'poc',
    rollout: id,
    users: 3000,
    errors: { control: 0.01, candidate: 0.01 },
  })
  expect(await rollout(id)).toMatchObject({ state: 'paused', step: 0 })
  expect(await act('resume')).toMatchObject({ status: 200, body: { state: 'running' } })
  expect(await act('abort', { reason: 'not today' })).toMatchObject({
    status: 200,
    body: { state: 'aborted', share: 0, reason: 'not today' },
  })
  expect(await live('hand')).toEqual({ release: first, rollout: null })
  expect(await act('abort', { reason: 'again' })).toMatchObject({
    status: 409,
    body: { code: 'delivery.rollout-ended' },
  })
})

test.for([
  { name: 'soaked', charter: undefined, step: 1, why: /^No metric is worse/ },
  { name: 'stale', charter: 'problem: another\n', step: 0, why: /“Charter” went stale/ },
])(
  'a step soaks; then the clock alone lets it go on, unless evidence went stale: $name',
  async ({ name, charter, step, why }) => {
    const { id } = await rolling(name, { ...PLAN, soakMinutes: 600 })
    await play({
      application: name,
      stage: 'poc',
      rollout: id,
      users: 3000,
      errors: { control: 0.01, candidate: 0.01 },
    })
    expect(await rollout(id)).toMatchObject({ step: 0, latest: { why: [expect.stringMatching(/of its 600 minutes/)] } })
    if (charter)
      await ask('PUT', `/api/v1/applications/${name}/blueprint`, { files: { ...words(2), 'charter.yaml': charter } })
    clock.advance(600 * MINUTE)
    await airworthy.delivery.tick()
    expect(await rollout(id)).toMatchObject({ step, latest: { why: [expect.stringMatching(why)] } })
  },
)

test('without data the clock promotes nothing: the owner is asked', async () => {
  const { id } = await rolling('empty', { ...PLAN, holdTimeoutMinutes: 60 })
  clock.advance(61 * MINUTE)
  await airworthy.delivery.tick()
  expect(await rollout(id)).toMatchObject({ state: 'holding', share: 0.2, latest: { decision: 'hold' } })
  expect(await ask('POST', `/api/v1/rollouts/${id}/resume`)).toMatchObject({ body: { state: 'running' } })
  await airworthy.delivery.tick()
  expect((await rollout(id)).state).toBe('running')
})

test('a plan of one step goes back to an earlier release at once', async () => {
  const { first, id } = await rolling('back')
  await play({
    application: 'back',
    stage: 'poc',
    rollout: id,
    users: 12_000,
    errors: { control: 0.01, candidate: 0.01 },
  })
  expect(await roll('back', first, { plan: { ...PLAN, steps: [1] } })).toMatchObject({
    status: 201,
    body: { state: 'completed', share: 1 },
  })
  expect(await live('back')).toEqual({ release: first, rollout: null })
})
