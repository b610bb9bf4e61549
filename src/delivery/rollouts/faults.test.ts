/**
 * The process dies at every statement of a promotion and of a rollback, before it is done and after: what is left is
 * one state or the other, and who begins again comes to the end. `house/kill.test.ts` dies in the whole house, with
 * the audit log.
 */
import { afterAll, expect, test } from 'vitest'
import type { Outcome } from '../../core/outcome.ts'
import type { ReleaseId } from '../../core/release.ts'
import { RolloutPlan } from '../../core/rollout.ts'
import type { Connection, Engine } from '../../store/engine.ts'
import { blueprint, install } from '../installation.example.ts'

/** Statements of delivery and of evidence, and the commit of a transaction that had one. */
const OURS = /\b(rollouts?|rollout_\w+|promotions|live_\w+|evidence\w*|applications|releases|waivers)\b/
const death = { left: Number.POSITIVE_INFINITY, when: 'before' as 'before' | 'after', isMet: false }

function mortal(engine: Engine): Engine {
  return {
    ...engine,
    async acquire() {
      const held = await engine.acquire()
      let isOurs = false
      const run = async <Result>(sql: string, work: () => Promise<Result>): Promise<Result> => {
        isOurs ||= OURS.test(sql)
        const counts = isOurs && sql !== 'rollback' && sql !== 'begin'
        if (!counts || --death.left !== 0) return work()
        death.isMet = true
        if (death.when === 'after') await work()
        throw new Error('The process is dead.')
      }
      const connection: Connection = {
        query: (sql, parameters) => run(sql, () => held.query(sql, parameters)),
        script: (sql) => run(sql, () => held.script(sql)),
        release: () => held.release(),
      }
      return connection
    },
  }
}

const airworthy = await install({ over: mortal })
const { ask, application, freeze, passAll, clock } = airworthy
afterAll(() => airworthy.stop())

const PLAN = RolloutPlan.parse({ steps: [0.5, 1], metrics: [{ name: 'error', kind: 'event', margin: 0.05 }] })

/**
 * Dies before and after the first, second, third … statement of an act, until it is done: with the death after its
 * commit, which nobody was told of. Returns how often it died.
 */
async function dieEverywhere(act: () => Promise<unknown>, isDone: () => Promise<boolean>): Promise<number> {
  let deaths = 0
  for (let at = 1; at < 200; at += 1)
    for (const when of ['before', 'after'] as const) {
      Object.assign(death, { left: at, when, isMet: false })
      await act().catch(() => undefined)
      death.left = Number.POSITIVE_INFINITY
      await airworthy.restart()
      expect(death.isMet).toBe(true)
      deaths += 1
      if (await isDone()) return deaths
    }
  throw new Error('It never came to its end.')
}

test('a promotion that dies at any statement has happened or has not, with its rollout and its traffic', async () => {
  await application('dying')
  const first = await freeze('dying')
  await passAll(first)
  await ask('POST', `/api/v1/releases/${first}/promotions`, { into: 'poc' })
  const second = await freeze('dying', blueprint({ 'prompts/answer.prompt': 'Second: {{question}}\n' }))
  await passAll(second)
  const promote = () =>
    airworthy.delivery.promotions.promote({ id: second, into: 'poc', rollout: PLAN, by: airworthy.people.ada })
  const deaths = await dieEverywhere(promote, async () => {
    const promoted = (await ask('GET', `/api/v1/promotions?release=${second}`)).body.items.length
    const rollouts = (await ask('GET', '/api/v1/rollouts?application=dying')).body.items.length
    const { rollout } = (await ask('GET', '/api/v1/live')).body.applications.dying.stages.poc
    expect([promoted, rollouts, rollout === null]).toEqual(promoted === 1 ? [1, 1, false] : [0, 0, true])
    return promoted === 1
  })
  expect(deaths).toBeGreaterThan(8)
  await rollBack(first, second)
})

/** Every candidate fails: the batch of outcomes that ends the rollout dies everywhere. */
async function rollBack(control: ReleaseId, candidate: ReleaseId): Promise<void> {
  const [{ id }] = (await ask('GET', '/api/v1/rollouts?application=dying')).body.items
  const outcomes = Array.from({ length: 60 }, (_, i): Outcome => {
    const isCandidate = i % 2 === 0
    return {
      eventId: `e${i}`,
      rollout: id,
      release: isCandidate ? candidate : control,
      arm: isCandidate ? 'candidate' : 'control',
      share: 0.5,
      unit: `u${i}`,
      metric: 'error',
      value: Number(isCandidate),
      at: clock(),
    }
  })
  const observe = () => airworthy.delivery.observe(outcomes)
  const deaths = await dieEverywhere(observe, async () => {
    const { state, statistics } = (await ask('GET', `/api/v1/rollouts/${id}`)).body
    const live = (await ask('GET', '/api/v1/live')).body.applications.dying.stages.poc
    const evidence = (await ask('GET', `/api/v1/evidence?release=${candidate}&check=rollout.decision`)).body.items
    const isBack = state === 'rolled-back'
    expect(live).toEqual(
      isBack ? { release: control, rollout: null } : expect.objectContaining({ rollout: expect.anything() }),
    )
    expect(evidence).toHaveLength(isBack ? 1 : 0)
    expect(statistics[0].firstSeen.candidate).toBe(isBack ? 30 : 0)
    return isBack
  })
  expect(deaths).toBeGreaterThan(8)
}
