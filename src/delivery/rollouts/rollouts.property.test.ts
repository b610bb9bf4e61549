/** Any sequence of what people, traffic and the clock can do to a rollout, against a model of what may follow. */
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { assign } from '../../core/live-table.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { RolloutId, RolloutState } from '../../core/rollout.ts'
import { MINUTE } from '../../kernel/time.ts'
import { cases } from '../../testing/properties.ts'
import { blueprint, install } from '../installation.example.ts'

const airworthy = await install()
const { ask, application, freeze, passAll, clock, delivery } = airworthy
afterAll(() => airworthy.stop())

const NAME = 'walked'
const STEPS = [0.2, 0.5, 1]
const PLAN = {
  steps: STEPS,
  minimumUnits: 100,
  plannedUnits: 300,
  holdTimeoutMinutes: 60,
  metrics: [{ name: 'error', kind: 'event', margin: 0.2 }],
}
const promote = (release: ReleaseId) =>
  ask('POST', `/api/v1/releases/${release}/promotions`, { into: 'poc', rollout: 'none' })

await application(NAME)
const control = await freeze(NAME)
await passAll(control)
await promote(control)
const candidate = await freeze(NAME, blueprint({ 'prompts/answer.prompt': 'Version 2: {{question}}\n' }))
await passAll(candidate)
await promote(candidate)

/** What may follow a state, whoever acts. */
const NEXT: Readonly<Record<RolloutState, readonly RolloutState[]>> = {
  planned: ['running', 'paused', 'aborted'],
  running: ['running', 'holding', 'paused', 'completed', 'rolled-back', 'aborted'],
  holding: ['holding', 'running', 'paused', 'rolled-back', 'aborted'],
  paused: ['paused', 'running', 'rolled-back', 'aborted'],
  completed: ['completed'],
  'rolled-back': ['rolled-back'],
  aborted: ['aborted'],
}
const ENDED: ReadonlySet<RolloutState> = new Set(['completed', 'rolled-back', 'aborted'])
const ARMS_BEFORE = Array.from({ length: 40 }, (_, i) => `regular-${i}`)

type Model = { state: RolloutState; step: number; candidates: Set<string> }
type Real = { readonly id: RolloutId; sent: number }
type Command = fc.AsyncCommand<Model, Real>

/** States that walks came to, so that it is known that they come anywhere. */
const seen = new Set<RolloutState>()

const armOf = (subject: string) => assign({ table: delivery.liveTable(), application: NAME, stage: 'poc', subject })

/** Reads the rollout and the live table, and holds both against the model. */
async function look(model: Model, { id }: Real): Promise<void> {
  const { body: now } = await ask('GET', `/api/v1/rollouts/${id}`)
  expect(NEXT[model.state], `${model.state} became ${now.state}`).toContain(now.state)
  expect(now.step === model.step || now.step === model.step + 1, `step ${model.step} became ${now.step}`).toBe(true)
  if (ENDED.has(model.state)) expect(now.step).toBe(model.step)
  const { body: table } = await ask('GET', '/api/v1/live')
  const live = table.applications[NAME].stages.poc
  if (ENDED.has(now.state)) {
    expect(now.share).toBe(now.state === 'completed' ? 1 : 0)
    expect(now.endedAt).not.toBeNull()
    expect(live).toEqual({ release: now.state === 'completed' ? candidate : control, rollout: null })
  } else {
    expect(now.share).toBe(STEPS[now.step])
    expect(now.share).toBeLessThan(1)
    expect(live).toMatchObject({ release: control, rollout: { id, candidate, share: now.share } })
  }
  const candidates = new Set(ARMS_BEFORE.filter((subject) => armOf(subject)?.release === candidate))
  // A growing share sends nobody back; an end without completion sends everybody back.
  if (!['rolled-back', 'aborted'].includes(now.state))
    for (const subject of model.candidates) expect(candidates.has(subject)).toBe(true)
  Object.assign(model, { state: now.state, step: now.step, candidates })
  seen.add(now.state)
}

/** An act of a person, with the states in which it is taken; elsewhere it is refused and changes nothing. */
const act = (verb: 'pause' | 'resume' | 'abort', from: readonly RolloutState[], body?: unknown): Command => ({
  check: () => true,
  async run(model, real) {
    const { status } = await ask('POST', `/api/v1/rollouts/${real.id}/${verb}`, body)
    expect(status, `${verb} while ${model.state}`).toBe(from.includes(model.state) ? 200 : 409)
    await look(model, real)
  },
  toString: () => verb,
})

const units = (count: number, rate: number): Command => ({
  check: () => true,
  async run(model, real) {
    const outcomes: Outcome[] = []
    for (let n = 0; n < count; n++) {
      const unit = `user-${real.id}-${real.sent++}`
      const chosen = armOf(unit)
      const share = chosen?.rollout?.share ?? 0.2
      const arm = chosen?.arm ?? 'control'
      outcomes.push({
        eventId: `${unit}:error`,
        rollout: real.id,
        release: chosen?.release ?? control,
        arm,
        share,
        unit,
        metric: 'error',
        value: Number(arm === 'candidate' && n * rate - Math.floor(n * rate) + rate >= 1),
        at: clock(),
      })
    }
    const { counted } = await delivery.observe(outcomes)
    if (ENDED.has(model.state)) expect(counted).toBe(0)
    const before = await ask('GET', `/api/v1/rollouts/${real.id}`)
    // Told twice, an outcome counts once.
    expect((await delivery.observe(outcomes)).counted).toBe(0)
    expect((await ask('GET', `/api/v1/rollouts/${real.id}`)).body.state).toBe(before.body.state)
    await look(model, real)
  },
  toString: () => `${count} units, ${rate} errors`,
})

const wait = (minutes: number): Command => ({
  check: () => true,
  async run(model, real) {
    clock.advance(minutes * MINUTE)
    await delivery.tick()
    // Time alone never moves traffic.
    const { step, state } = model
    await look(model, real)
    expect(model.step).toBe(step)
    expect([state, 'holding']).toContain(model.state)
  },
  toString: () => `${minutes} minutes`,
})

const again = (): Command => ({
  check: () => true,
  async run(model, real) {
    const { status, body } = await ask('POST', `/api/v1/applications/${NAME}/rollouts`, {
      to: candidate,
      stage: 'poc',
      plan: PLAN,
    })
    if (!ENDED.has(model.state))
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'delivery.rollout-open' })
    else if (model.state === 'rolled-back') expect(body.code).toBe('delivery.rolled-back-before')
    else if (model.state === 'completed') expect(body.code).toBe('delivery.already-live')
    // Aborted by hand it may start anew, which would be another rollout: it is put away at once.
    else expect([201, 409]).toContain(status)
    if (status === 201) await ask('POST', `/api/v1/rollouts/${body.id}/abort`, { reason: 'put away' })
    await look(model, real)
  },
  toString: () => 'start another',
})

const commands = () =>
  fc.commands(
    [
      fc.constant(act('pause', ['planned', 'running', 'holding'])),
      fc.constant(act('resume', ['paused', 'holding'])),
      fc.constant(act('abort', ['planned', 'running', 'holding', 'paused'], { reason: 'enough' })),
      fc
        .record({ count: fc.constantFrom(1, 50, 400), rate: fc.constantFrom(0, 0, 0.05, 0.9) })
        .map(({ count, rate }) => units(count, rate)),
      fc.constantFrom(1, 30, 61).map(wait),
      fc.constant(units(800, 0)),
      fc.constant(units(800, 0)),
      fc.constant(again()),
    ],
    { maxCommands: 12 },
  )

/** Brings the stage back to the first release, whatever became of the walk before. */
async function begin(): Promise<{ model: Model; real: Real }> {
  const { body: open } = await ask('GET', '/api/v1/rollouts?limit=1')
  for (const { id, state } of open.items)
    if (!ENDED.has(state)) await ask('POST', `/api/v1/rollouts/${id}/abort`, { reason: 'the walk is over' })
  await ask('POST', `/api/v1/applications/${NAME}/rollouts`, {
    to: control,
    stage: 'poc',
    plan: { ...PLAN, steps: [1] },
    again: 'the walk is over',
  })
  const { status, body } = await ask('POST', `/api/v1/applications/${NAME}/rollouts`, {
    to: candidate,
    stage: 'poc',
    plan: PLAN,
    again: 'another walk',
  })
  expect(status).toBe(201)
  const candidates = new Set(ARMS_BEFORE.filter((subject) => armOf(subject)?.release === candidate))
  return { model: { state: 'running', step: 0, candidates }, real: { id: body.id, sent: 0 } }
}

test('nothing that anybody does leads where the plan does not', async () => {
  await fc.assert(
    fc.asyncProperty(commands(), async (walk) => {
      const { model, real } = await begin()
      await fc.asyncModelRun(() => ({ model, real }), walk)
    }),
    cases(15),
  )
  expect([...seen].sort()).toEqual(['aborted', 'completed', 'holding', 'paused', 'rolled-back', 'running'])
}, 600_000)
