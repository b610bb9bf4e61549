/** The whole path, once, through the front door, and the story as it goes. */
import { expect, test } from 'vitest'
import { ask, type Client, type GateDecision, type ServedRelease } from '../../sdk/index.ts'
import { type TestAirworthy, testAirworthy } from '../testing/airworthy.ts'
import { echoApplication, TRAINING } from '../testing/echo-application.ts'

const NAME = 'parcels'
const OPEN = ['planned', 'running', 'holding', 'paused']

test('an application goes from files to live traffic, and a worse release is rolled back by itself', async () => {
  await using airworthy = await testAirworthy()
  const ada = await airworthy.person('Ada Builder', 'builder')
  const grace = await airworthy.person('Grace Owner', 'approver')
  const mary = await airworthy.person('Mary Risk', 'approver')
  const tell = (line: string) => console.log(line)

  // Release 1: files, frozen, held, answered, promoted.
  // Naming people for duties is the owner's.
  await expect(ada.createApplication({ body: { name: NAME, files: echoApplication('first') } })).rejects.toMatchObject({
    code: 'delivery.duties-not-yours',
  })
  await airworthy.client.createApplication({ body: { name: NAME, files: echoApplication('first') } })
  const first = await freeze(ada)
  tell(`1  Ada freezes ${NAME}: release r1 ${first.digest.slice(7, 15)}, live in the sandbox.`)
  const held = await ada.promoteRelease({ params: { id: first.id }, body: { into: 'poc' } })
  expect(held.status).toBe(409)
  const missing = holding(held.body as GateDecision)
  expect(missing).toHaveLength(12)
  tell(`   Held by 12: ${missing.map(({ check }) => check).join(', ')}.`)
  for (const { check, wouldPassIf } of missing) expect(wouldPassIf, check).not.toEqual([])

  await runGate(ada, first.id)
  const afterMachine = holding(await gateOf(ada, first.id))
  expect(afterMachine.map(({ check, verdict }) => [check, verdict])).toEqual([
    ['gov.classification', 'MISSING'],
    ['train.builders', 'FAIL'],
  ])
  tell(`   The machine answers what it can; left: ${afterMachine.map(({ check }) => check).join(', ')}.`)
  const read = {
    body: { release: first.id, check: 'gov.classification', duty: 'risk', reason: 'Read with Ada: a limited risk.' },
  } as const
  await expect(grace.attestEvidence(read)).rejects.toMatchObject({
    status: 403,
    code: 'evidence.duty-not-held',
    message: expect.stringContaining('The duty risk is held by Mary Risk in parcels.'),
  })
  await mary.attestEvidence(read)
  await ada.importEvidence({ body: { tool: 'training-records', release: first.id, content: TRAINING } })
  const open = await gateOf(ada, first.id)
  expect(holding(open)).toEqual([])
  const promoted = await ada.promoteRelease({ params: { id: first.id }, body: { into: 'poc' } })
  expect(promoted).toMatchObject({ status: 201, body: { kind: 'promoted', live: true, rollout: null } })
  tell('   Mary attests, a training record is imported: open. Promoted, live in poc.')

  // Release 2: another prompt; what depended on it is stale, the rest holds.
  const second = await freeze(ada, echoApplication('second'))
  const stale = holding(await gateOf(ada, second.id))
  expect(stale.map(({ verdict }) => verdict)).toContain('STALE')
  expect(stale.length).toBeLessThan(6)
  tell(`2  r2 ${second.digest.slice(7, 15)}, another prompt. Stale: ${stale.map(({ check }) => check).join(', ')}.`)
  await runGate(ada, second.id)
  const canary = await promote(ada, second.id)
  const completed = await play(airworthy, canary, { firstUser: 0 })
  expect(completed).toMatchObject({ state: 'completed', share: 1 })
  tell(`   Canary 40 → 70 → 100 %: ${completed.state}. ${completed.latest?.why.join(' ')}`)
  const liveBefore = (await ada.getLive()).applications[NAME]?.stages.poc
  expect(liveBefore).toEqual({ release: second.id, rollout: null })

  // Release 3: worse. The gate says so, a second person lets it through, the traffic throws it out.
  const third = await freeze(ada, echoApplication('worse'))
  await runGate(ada, third.id)
  const failing = holding(await gateOf(ada, third.id))
  expect(failing.map(({ check, verdict }) => [check, verdict])).toEqual([['eval.smoke', 'FAIL']])
  tell(
    `3  r3 ${third.digest.slice(7, 15)}: ${failing.map(({ check, verdict, why }) => `${check} ${verdict}, ${why.join(' ')}`)}`,
  )
  const waiver = await ada.requestWaiver({
    body: {
      release: third.id,
      into: 'poc',
      check: 'eval.smoke',
      reason: 'We want to see it with real users.',
      residualRisk: 'some poor answers',
      compensatingControl: 'somebody reads the answers every morning',
      days: 1,
    },
  })
  await expect(ada.decideWaiver({ params: { id: waiver.id }, body: { decision: 'grant' } })).rejects.toMatchObject({
    status: 403,
  })
  await grace.decideWaiver({ params: { id: waiver.id }, body: { decision: 'grant' } })
  tell('   Ada asks for a waiver, may not grant it herself; Grace does.')
  const bad = await play(airworthy, await promote(ada, third.id), { firstUser: 10_000 })
  expect(bad).toMatchObject({ state: 'rolled-back', share: 0, candidate: third.id, control: second.id })
  tell(`   Canary: ${bad.state}. ${bad.reason}`)

  expect((await ada.getLive()).applications[NAME]?.stages.poc).toEqual(liveBefore)
  const { items: decisions } = await ada.listEvidence({ query: { release: third.id, check: 'rollout.decision' } })
  expect(decisions[0]?.facts).toMatchObject({ decision: { value: 'abort' } })
  await demandSafe(airworthy, ada, { rollouts: [completed.id, bad.id], from: second.id, to: first.id })
  tell('   Every decision comes out the same from its log; the way back was gone under load; an answer is explained.')
  // The probes of the caps left no key and no program in the lists, and both in the audit log.
  const named = [...(await airworthy.client.listKeys()).items, ...(await airworthy.client.listActors()).items]
  expect(named.map(({ name }) => name)).not.toContainEqual(expect.stringContaining('probe'))
  const { items: entries } = await airworthy.client.listAudit({ query: { limit: 1000 } })
  const probed = entries.filter(({ detail }) => /^cap probe/.test(String(detail.name))).map(({ action }) => action)
  expect(probed).toEqual(expect.arrayContaining(['access.create-key', 'access.revoke-key']))
  const audit = await airworthy.client.verifyAudit()
  expect(audit.kind).toBe('intact')
  tell(`   Live is what it was, and the audit log is ${audit.kind}.`)
}, 180_000)

/** What is promised around a rollout: forecast, acceptance, replay, the drill of the way back, and an explanation. */
async function demandSafe(
  airworthy: TestAirworthy,
  ada: Client,
  given: { rollouts: readonly string[]; from: string; to: string },
): Promise<void> {
  const params = { name: NAME, stage: 'poc' } as const
  for (const id of given.rollouts) {
    const again = await ada.replayRollout({ params: { id } })
    expect(again).toMatchObject({ differing: [], notKept: 0, same: again.replayed })
    expect(again.replayed).toBeGreaterThan(0)
  }
  const forecast = await ada.forecastRollout({ params, body: { unitsPerDay: 20_000 } })
  expect(forecast).toMatchObject({ isFeasible: true, trafficSource: 'stated' })
  expect((await ada.forecastRollout({ params, body: {} })).trafficSource).toBe('measured')
  const acceptance = { params, body: { reason: 'A poor answer here costs a second look.' } }
  await expect(airworthy.client.acceptRolloutPlan(acceptance)).rejects.toMatchObject({
    code: 'delivery.plan-not-yours',
  })
  await ada.acceptRolloutPlan(acceptance)
  const accepted = await ada.listEvidence({ query: { application: NAME, check: 'ops.canaryplan' } })
  expect(accepted.items[0]?.facts).toMatchObject({ fixed: { value: true }, accepted: { value: true } })

  const drilled = await ada.drillRollback({ params })
  expect(drilled).toMatchObject({ isGone: true, errors: 0, from: given.from, to: given.to })
  const { items } = await ada.listEvidence({ query: { release: given.from, check: 'rel.rollback_drill' } })
  expect(items[0]?.facts).toMatchObject({ underLoad: { value: true }, floorHealthy: { value: true } })
  expect((await ada.getLive()).applications[NAME]?.stages.poc).toEqual({ release: given.from, rollout: null })

  const key = { baseUrl: airworthy.url, token: airworthy.ownerToken }
  const answer = await ask(key, { model: `${NAME}@poc`, messages: [{ role: 'user', content: 'parcel 7' }] })
  const why = await ada.explainAnswer({ params: { id: answer.trace } })
  expect(why).toMatchObject({ application: NAME, stage: 'poc', release: { id: given.from }, answered: answer.text })
  expect(why.steps[0]).toMatchObject({ kind: 'generate', prompt: expect.anything() })
}

async function freeze(client: Client, files?: Record<string, string>): Promise<ServedRelease> {
  if (files) await client.putBlueprint({ params: { name: NAME }, body: { files } })
  return (await client.freezeRelease({ params: { name: NAME }, body: {} })).body
}

const gateOf = (client: Client, id: string) => client.getGate({ params: { id, stage: 'poc' } })

const holding = ({ findings }: GateDecision) =>
  findings.filter(({ verdict }) => !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict))

async function runGate(client: Client, id: string): Promise<void> {
  const answer = await client.runGate({ params: { id, stage: 'poc' }, body: {} })
  if (answer.status !== 202) return
  await expect
    .poll(async () => (await client.getJob({ params: { id: answer.body.job } })).state, { timeout: 20_000 })
    .toBe('succeeded')
}

/** Promotes; the plan starts a rollout, whose id is returned. */
async function promote(client: Client, id: string): Promise<string> {
  const answer = await client.promoteRelease({ params: { id }, body: { into: 'poc' } })
  if (answer.status !== 201 || !answer.body.rollout) throw new Error(`held or without a rollout: ${answer.status}`)
  return answer.body.rollout.id
}

/** Users ask through the gateway and say whether it helped, until the rollout ends. */
async function play({ client, options }: TestAirworthy, id: string, { firstUser }: { firstUser: number }) {
  // Few at first: if all control's outcomes of a large round came before a release that is still being read gave its
  // first answer, that would look like arms without their shares, and the rollout would wait for its owner.
  const [FIRST, ROUND] = [10, 50]
  const rollout = () => client.getRollout({ params: { id } })
  let user = firstUser
  while (user < firstUser + 3000) {
    const round = user === firstUser ? FIRST : ROUND
    const from = user
    await Promise.all(
      Array.from({ length: round }, async (_, i) => {
        const question = `parcel number ${from + i}`
        const subject = `user-${from + i}`
        const answer = await ask(options, {
          model: `${NAME}@poc`,
          messages: [{ role: 'user', content: question }],
          subject,
        })
        const value = answer.text === question
        await client.recordFeedback({ body: { trace: answer.trace, name: 'helpful', value, user: subject } })
      }),
    )
    if (stillOpen(await rollout()) === null) break
    user += round
  }
  await expect.poll(async () => stillOpen(await rollout()), { timeout: 10_000 }).toBeNull()
  return rollout()
}

/** What it waits for; null when it has ended. */
function stillOpen({ state, step, latest }: Awaited<ReturnType<Client['getRollout']>>): object | null {
  if (!OPEN.includes(state)) return null
  const metrics = latest?.metrics.map(({ metric, verdict, control, candidate }) => ({
    metric,
    verdict,
    units: [control.units, candidate.units],
    events: [control.events, candidate.events],
  }))
  return { state, step, why: latest?.why, sampleRatio: latest?.sampleRatio, metrics }
}
