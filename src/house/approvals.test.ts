/** Approvals through the front door: who may sign, what a signature binds, and what ends it. */
import { afterAll, expect, test } from 'vitest'
import type { Client, GateDecision, GatedStage } from '../../sdk/index.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock()
const airworthy = await testAirworthy({ clock })
const { client } = airworthy
afterAll(() => airworthy.close())
const [ada, grace, bob] = [
  await airworthy.person('Ada Builder', 'builder'),
  await airworthy.person('Grace Owner', 'approver'),
  await airworthy.person('Bob Lead', 'approver'),
]
const REASON = 'It did what the charter asks for.'
const TEAM = { 'business-owner': 'Grace Owner', 'technical-lead': 'Bob Lead', security: 'Ada Builder' }

let applications = 0
/** A release that was frozen by Ada and is in poc, with everything but people open before the pilot. */
async function release(duties: Record<string, string> = TEAM, builder: Client = ada) {
  const name = `parcels-${++applications}`
  const files = echoApplication('first')
  const settings = { ...JSON.parse(files['airworthy.yaml'] ?? '{}'), duties, profile: { audience: 'internal' } }
  await client.createApplication({ body: { name, files: { ...files, 'airworthy.yaml': JSON.stringify(settings) } } })
  const { body } = await builder.freezeRelease({ params: { name }, body: {} })
  await openBesides(body.id, 'poc')
  await client.promoteRelease({ params: { id: body.id }, body: { into: 'poc', rollout: 'none' } })
  await openBesides(body.id, 'pilot')
  return { id: body.id, name }
}

/** Waives whatever holds the gate, but for the approval. */
async function openBesides(id: string, into: GatedStage): Promise<void> {
  const { findings } = await client.getGate({ params: { id, stage: into } })
  for (const { check, verdict } of findings.filter((one) => !one.check.startsWith('appr.')))
    if (!['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict)) {
      const asked = { release: id, into, check, reason: 'This is a test of people.', residualRisk: 'none', days: 90 }
      const waiver = await client.requestWaiver({ body: asked })
      await grace.decideWaiver({ params: { id: waiver.id }, body: { decision: 'grant' } })
    }
}

const sign = (by: Client, id: string, decision: 'approve' | 'refuse' = 'approve') =>
  by.signApproval({ params: { id }, body: { decision, reason: REASON } })
const verdictOf = ({ findings }: GateDecision, check: string) => findings.find((one) => one.check === check)?.verdict

test('two people sign a release, it is promoted, and the author cannot sign', async () => {
  const { id } = await release()
  const asked = await ada.askApproval({ body: { release: id, into: 'pilot', note: 'Ready.' } })
  expect(asked).toMatchObject({ state: 'asked', missing: [['business-owner'], ['technical-lead']], tier: 'A' })
  await expect(sign(ada, asked.id)).rejects.toMatchObject({ status: 403, code: 'delivery.approval-own-release' })

  expect((await grace.listApprovals({ query: { yours: 'true' } })).items.map((one) => one.id)).toContain(asked.id)
  expect((await ada.listApprovals({ query: { yours: 'true' } })).items).toEqual([])
  expect(await sign(grace, asked.id)).toMatchObject({ state: 'asked', missing: [['technical-lead']] })
  await expect(sign(grace, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-signed' })
  expect(await sign(bob, asked.id)).toMatchObject({ state: 'given', missing: [] })

  const gate = await ada.getGate({ params: { id, stage: 'pilot' } })
  expect(verdictOf(gate, 'appr.pilot')).toBe('PASS')
  expect(await ada.promoteRelease({ params: { id }, body: { into: 'pilot' } })).toMatchObject({ status: 201 })
})

test('nobody is asked before everything else is open, nor twice', async () => {
  const { id } = await release()
  await expect(ada.askApproval({ body: { release: id, into: 'poc' } })).rejects.toMatchObject({
    code: 'delivery.approval-not-asked',
  })
  await ada.askApproval({ body: { release: id, into: 'pilot' } })
  await expect(ada.askApproval({ body: { release: id, into: 'pilot' } })).rejects.toMatchObject({
    code: 'delivery.approval-asked',
  })
  const { body: fresh } = await ada.freezeRelease({ params: { name: (await changed(id)).application }, body: {} })
  await expect(ada.askApproval({ body: { release: fresh.id, into: 'pilot' } })).rejects.toMatchObject({
    code: 'delivery.approval-too-early',
    message: expect.stringContaining('MISSING'),
  })
})

/** Another prompt, so that the next release is another one. */
async function changed(id: string) {
  const { application } = await client.getRelease({ params: { id } })
  const path = 'prompts/answer.prompt'
  const text = (echoApplication('second')[path] ?? '').replace('Read', 'Please read')
  await client.putBlueprintFile({ params: { name: application, path }, body: text })
  return { application }
}

test('a verdict that changes ends an approval, and nobody signs for what was not looked at', async () => {
  const { id, name } = await release()
  const asked = await ada.askApproval({ body: { release: id, into: 'pilot' } })
  await sign(grace, asked.id)
  // The waivers end, so the gate says something else.
  clock.advance(91 * DAY)
  await expect(sign(bob, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-expired' })
  await openBesides(id, 'pilot')
  const again = await ada.askApproval({ body: { release: id, into: 'pilot' } })
  expect((await grace.getApproval({ params: { id: asked.id } })).state).toBe('withdrawn')
  await sign(grace, again.id)
  const runs = await ada.runGate({ params: { id, stage: 'poc' }, body: {} })
  if (runs.status === 202)
    await expect
      .poll(async () => (await client.getJob({ params: { id: runs.body.job } })).state, { timeout: 20_000 })
      .toBe('succeeded')
  await expect(sign(bob, again.id)).rejects.toMatchObject({ code: 'delivery.approval-outdated' })
  expect(name).toContain('parcels')
})

test('an approval ends by itself, and a refusal is an answer', async () => {
  const { id } = await release()
  const asked = await ada.askApproval({ body: { release: id, into: 'pilot' } })
  await sign(grace, asked.id)
  await sign(bob, asked.id)
  clock.advance(15 * DAY)
  expect(verdictOf(await ada.getGate({ params: { id, stage: 'pilot' } }), 'appr.pilot')).toBe('STALE')
  const again = await ada.askApproval({ body: { release: id, into: 'pilot' } })
  expect(await sign(grace, again.id, 'refuse')).toMatchObject({ state: 'refused' })
  expect(verdictOf(await ada.getGate({ params: { id, stage: 'pilot' } }), 'appr.pilot')).toBe('FAIL')
})

test('before production somebody says what speaks against it, and the sheet shows which pillars nobody asked', async () => {
  const { id } = await release()
  const pilot = await ada.askApproval({ body: { release: id, into: 'pilot' } })
  await sign(grace, pilot.id)
  await sign(bob, pilot.id)
  await ada.promoteRelease({ params: { id }, body: { into: 'pilot', rollout: 'none' } })
  await openBesides(id, 'production')
  const asked = await ada.askApproval({ body: { release: id, into: 'production' } })
  await expect(sign(grace, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-no-dissent' })
  const view = 'Nobody has tried it with a hundred users.'
  await ada.addDisconfirmingView({ params: { id: asked.id }, body: { pillar: 'operations', view } })
  await sign(grace, asked.id)
  expect(await sign(bob, asked.id)).toMatchObject({ state: 'given', lacksOutsider: false })
  const gate = await ada.getGate({ params: { id, stage: 'production' } })
  expect([verdictOf(gate, 'appr.pilot'), verdictOf(gate, 'appr.prod')]).toEqual(['PASS', 'PASS'])

  const sheet = await grace.getDecisionSheet({ params: { id: asked.id } })
  expect(sheet.dissent.filter(({ noneSought }) => noneSought)).toHaveLength(6)
  expect(sheet.openWaivers.length).toBeGreaterThan(0)
  expect(sheet.economics).toMatchObject({ capMicroUsd: '50000000', spentMicroUsd: '0' })
  const page = await fetch(`${airworthy.url}/api/v1/approvals/${asked.id}/sheet.html`, {
    headers: { authorization: `Bearer ${airworthy.ownerToken}` },
  })
  expect(page.headers.get('content-type')).toContain('text/html')
  const text = await page.text()
  expect(text).toContain(view)
  expect(text.match(/none sought/g)).toHaveLength(6)
})

test('one person alone signs after a day, marked, and for production somebody from outside looks', async () => {
  const solo = { 'business-owner': 'owner', 'technical-lead': 'owner', operations: 'owner', security: 'owner' }
  const { id } = await release(solo, client)
  const asked = await client.askApproval({ body: { release: id, into: 'pilot' } })
  expect(asked).toMatchObject({ solo: true })
  await expect(sign(client, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-cooling' })
  clock.advance(DAY)
  const given = await sign(client, asked.id)
  expect(given).toMatchObject({ state: 'given', signatures: [{ independent: false, outside: false }] })
  const evidence = await client.getEvidence({ params: { id: given.evidence ?? '' } })
  expect(evidence.summary).toContain('Not independent')
  expect(evidence.facts).toMatchObject({ independent: { value: false } })

  await client.promoteRelease({ params: { id }, body: { into: 'pilot', rollout: 'none' } })
  await openBesides(id, 'production')
  const last = await client.askApproval({ body: { release: id, into: 'production' } })
  clock.advance(DAY)
  await grace.addDisconfirmingView({ params: { id: last.id }, body: { pillar: 'people', view: 'Nobody was asked.' } })
  expect(await sign(client, last.id)).toMatchObject({ state: 'asked', missing: [], lacksOutsider: true })
  expect(await sign(bob, last.id)).toMatchObject({ state: 'given' })
})

test('a duty is lent by its holder until a day, and never to who checks it', async () => {
  const { id, name } = await release({ ...TEAM, risk: 'Mary Risk' })
  const [eve, mary] = [
    await airworthy.person('Eve Deputy', 'approver'),
    await airworthy.person('Mary Risk', 'approver'),
  ]
  const actorOf = async (person: Client) => (await person.getMe()).actor
  const lend = async (by: Client, to: Client, duty: 'business-owner' | 'technical-lead' = 'business-owner') =>
    by.delegateDuty({
      body: { application: name, duty, to: await actorOf(to), reason: 'On leave until Monday.', days: 5 },
    })
  const asked = await ada.askApproval({ body: { release: id, into: 'pilot' } })
  await expect(sign(eve, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-no-duty' })
  await expect(lend(bob, eve)).rejects.toMatchObject({ code: 'delivery.duty-not-yours' })
  await expect(lend(grace, mary)).rejects.toMatchObject({ code: 'delivery.duties-overlap' })
  await expect(lend(bob, ada, 'technical-lead')).rejects.toMatchObject({ code: 'delivery.duties-overlap' })
  const lent = await lend(grace, eve)
  expect(await sign(eve, asked.id)).toMatchObject({
    signatures: [{ duties: ['business-owner'], onBehalfOf: 'Grace Owner' }],
    missing: [['technical-lead']],
  })
  expect((await grace.endDelegation({ params: { id: lent.id } })).endedAt).not.toBeNull()
  const again = await lend(grace, eve)
  clock.advance(6 * DAY)
  expect((await client.listDelegations({ query: { application: name } })).items.map((one) => one.id)).toEqual([
    again.id,
    lent.id,
  ])
})

test.for([
  ['business-owner', 'risk'],
  ['technical-lead', 'security'],
] as const)('nobody is given %s and %s together', async ([one, other]) => {
  const name = `apart-${one}`
  const files = echoApplication('first')
  const settings = JSON.parse(files['airworthy.yaml'] ?? '{}')
  const duties = { ...settings.duties, operations: 'Otto', [one]: 'Ada Builder', [other]: 'ada builder' }
  const body = { name, files: { ...files, 'airworthy.yaml': JSON.stringify({ ...settings, duties }) } }
  await expect(client.createApplication({ body })).rejects.toMatchObject({ code: 'delivery.duties-overlap' })
})
