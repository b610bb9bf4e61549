/** Approvals through the front door: who may sign, what a signature binds, and what ends it. */
import { afterAll, expect, test } from 'vitest'
import type { Client, GateDecision, GatedStage } from '../../sdk/index.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
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

/** A release that was frozen by `builder` and is in poc, with everything but people open before the pilot. */
async function release(name: string, duties: Record<string, string>, builder: Client) {
  const files = echoApplication('first')
  const settings = { ...JSON.parse(files['airworthy.yaml'] ?? '{}'), duties, profile: { audience: 'internal' } }
  await client.createApplication({ body: { name, files: { ...files, 'airworthy.yaml': JSON.stringify(settings) } } })
  const { body } = await builder.freezeRelease({ params: { name }, body: {} })
  await openBesides(body.id, 'poc')
  await client.promoteRelease({ params: { id: body.id }, body: { into: 'poc', rollout: 'none' } })
  await openBesides(body.id, 'pilot')
  return body.id
}

/** Waives whatever holds the gate, but for the approval. */
async function openBesides(id: string, into: GatedStage): Promise<void> {
  const { findings } = await client.getGate({ params: { id, stage: into } })
  for (const { check, verdict } of findings.filter((one) => !one.check.startsWith('appr.')))
    if (!['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict)) {
      const words = {
        reason: 'This is a test of people.',
        residualRisk: 'none',
        compensatingControl: 'watched by hand',
      }
      const asked = { release: id, into, check, days: 30, ...words }
      const waiver = await client.requestWaiver({ body: asked })
      await grace.decideWaiver({ params: { id: waiver.id }, body: { decision: 'grant' } })
    }
}

const sign = (by: Client, id: string, decision: 'approve' | 'refuse' = 'approve') =>
  by.signApproval({ params: { id }, body: { decision, reason: REASON } })
const verdictOf = ({ findings }: GateDecision, check: string) => findings.find((one) => one.check === check)?.verdict
const gateOf = (id: string) => ada.getGate({ params: { id, stage: 'pilot' } })
const askFor = (by: Client, id: string) => by.askApproval({ body: { release: id, into: 'pilot', note: 'Ready.' } })

const parcels = await release('parcels', TEAM, ada)

test('nobody is asked where no approval is due, before everything else is open, or twice', async () => {
  await expect(ada.askApproval({ body: { release: parcels, into: 'poc' } })).rejects.toMatchObject({
    code: 'delivery.approval-not-asked',
  })
  await expect(ada.askApproval({ body: { release: parcels, into: 'production' } })).rejects.toMatchObject({
    code: 'delivery.approval-too-early',
    message: expect.stringContaining('pilot.soak MISSING'),
  })
  const asked = await askFor(ada, parcels)
  await expect(askFor(ada, parcels)).rejects.toMatchObject({ code: 'delivery.approval-asked' })
  await ada.withdrawApproval({ params: { id: asked.id }, body: { reason: 'Asked a day too early.' } })
  await expect(sign(grace, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-decided' })
})

test('a refusal is an answer that holds the gate', async () => {
  const asked = await askFor(ada, parcels)
  expect(await sign(grace, asked.id, 'refuse')).toMatchObject({ state: 'refused' })
  expect(verdictOf(await gateOf(parcels), 'appr.pilot')).toBe('FAIL')
})

test('a duty is lent by its holder until a day, and never to who checks it', async () => {
  const eve = await airworthy.person('Eve Deputy', 'approver')
  const actorOf = async (person: Client) => (await person.getMe()).actor
  const lend = async (by: Client, to: Client, duty: 'business-owner' | 'technical-lead' = 'business-owner') => {
    const body = { application: 'parcels', duty, to: await actorOf(to), reason: 'On leave until Monday.', days: 5 }
    return by.delegateDuty({ body })
  }
  const asked = await askFor(ada, parcels)
  await expect(sign(eve, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-no-duty' })
  await expect(lend(bob, eve)).rejects.toMatchObject({ code: 'delivery.duty-not-yours' })
  await expect(lend(bob, ada, 'technical-lead')).rejects.toMatchObject({ code: 'delivery.duties-overlap' })
  const lent = await lend(grace, eve)
  expect(await sign(eve, asked.id)).toMatchObject({
    signatures: [{ duties: ['business-owner'], onBehalfOf: 'Grace Owner' }],
    missing: [['technical-lead']],
  })
  expect((await grace.endDelegation({ params: { id: lent.id } })).endedAt).not.toBeNull()
  expect((await client.listDelegations({ query: { application: 'parcels' } })).items).toHaveLength(1)
  await ada.withdrawApproval({ params: { id: asked.id }, body: { reason: 'Grace is back and signs herself.' } })
})

test('two people sign, the author cannot, and the release is promoted', async () => {
  const asked = await askFor(ada, parcels)
  expect(asked).toMatchObject({ state: 'asked', missing: [['business-owner'], ['technical-lead']], tier: 'A' })
  await expect(sign(ada, asked.id)).rejects.toMatchObject({ status: 403, code: 'delivery.approval-own-release' })
  expect((await grace.listApprovals({ query: { yours: 'true' } })).items.map((one) => one.id)).toEqual([asked.id])
  expect((await ada.listApprovals({ query: { yours: 'true' } })).items).toEqual([])
  expect(await sign(grace, asked.id)).toMatchObject({ state: 'asked', missing: [['technical-lead']] })
  await expect(sign(grace, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-signed' })
  const approvers = async () => (await client.listApprovers({ query: { application: 'parcels' } })).items
  const [first] = await approvers()
  expect(first).toMatchObject({ waiting: [{ approval: asked.id, duties: ['technical-lead'] }] })
  expect(await sign(bob, asked.id)).toMatchObject({ state: 'given', missing: [] })
  expect((await approvers()).find(({ name }) => name === first?.name)).toMatchObject({ signed: 1, waiting: [] })
  expect(verdictOf(await gateOf(parcels), 'appr.pilot')).toBe('PASS')

  const sheet = await grace.getDecisionSheet({ params: { id: asked.id } })
  expect(sheet).toMatchObject({ current: true, economics: { capMicroUsd: '50000000', spentMicroUsd: '0' } })
  expect(sheet.openWaivers.length).toBeGreaterThan(10)
  const page = await fetch(`${airworthy.url}/api/v1/approvals/${asked.id}/sheet.html`, {
    headers: { authorization: `Bearer ${airworthy.ownerToken}` },
  })
  expect(page.headers.get('content-type')).toContain('text/html')
  const text = await page.text()
  expect(text).toContain('Grace Owner, business-owner')
  expect(text.match(/none sought/g)).toHaveLength(7)

  // It ends by itself, and with any verdict that changes.
  clock.advance(15 * DAY)
  expect(verdictOf(await gateOf(parcels), 'appr.pilot')).toBe('STALE')
  const again = await askFor(ada, parcels)
  await sign(grace, again.id)
  await grace.attestEvidence({
    body: { release: parcels, check: 'biz.charter', duty: 'business-owner', reason: 'Read it again with Ada.' },
  })
  await expect(sign(bob, again.id)).rejects.toMatchObject({ code: 'delivery.approval-outdated' })
  const last = await askFor(ada, parcels)
  expect((await grace.getApproval({ params: { id: again.id } })).state).toBe('withdrawn')
  await sign(grace, last.id)
  await sign(bob, last.id)
  const promoted = await ada.promoteRelease({ params: { id: parcels }, body: { into: 'pilot', rollout: 'none' } })
  expect(promoted).toMatchObject({ status: 201 })
})

test('one person alone signs after a day, and it is marked everywhere', async () => {
  const solo = { 'business-owner': 'owner', 'technical-lead': 'owner', operations: 'owner', security: 'owner' }
  const id = await release('letters', solo, client)
  const asked = await askFor(client, id)
  expect(asked).toMatchObject({ solo: true })
  await expect(sign(client, asked.id)).rejects.toMatchObject({ code: 'delivery.approval-cooling' })
  clock.advance(DAY)
  const given = await sign(client, asked.id)
  expect(given).toMatchObject({ state: 'given', signatures: [{ independent: false, outside: false }] })
  const evidence = await client.getEvidence({ params: { id: given.evidence ?? '' } })
  expect(evidence.summary).toContain('Not independent')
  expect(evidence.facts).toMatchObject({ independent: { value: false } })
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

test('nobody edits a suite or its dataset while it runs', async () => {
  const params = { name: 'slow' }
  await client.createApplication({ body: { ...params, files: echoApplication('first', {}, { latencyMs: 60_000 }) } })
  const { body: frozen } = await ada.freezeRelease({ params, body: {} })
  const started = await ada.createExperiment({ params: { id: frozen.id }, body: { suite: 'parcels' } })
  const id = 'id' in started.body ? String(started.body.id) : ''
  const put = (path: string, body: string) => ada.putBlueprintFile({ params: { ...params, path }, body })
  const suite = JSON.stringify({ dataset: 'parcels', evaluators: ['token-f1'], primary: 'token-f1', margin: 0.5 })
  const row = JSON.stringify({ id: 'new', input: 'parcel new', expected: 'parcel new', split: 'regress' })
  for (const [path, text] of [
    ['evals/parcels.yaml', suite],
    ['datasets/parcels.jsonl', row],
  ] as const)
    await expect(put(path, text)).rejects.toMatchObject({ code: 'evals.suite-running' })
  await put('README.md', 'Everything else may change.')
  await ada.cancelExperiment({ params: { id } })
  await put('evals/parcels.yaml', suite)
})
