import { afterAll, expect, test } from 'vitest'
import type { EvidenceDraft } from '../core/evidence.ts'
import type { ProducerContext } from '../core/producer.ts'
import type { ReleaseId } from '../core/release.ts'
import { DAY } from '../kernel/time.ts'
import { blueprint, catalogue, install, meeting, SETTINGS } from './installation.example.ts'

const airworthy = await install()
const { ask, application, freeze, pass, passAll, producers, clock, people } = airworthy
afterAll(() => airworthy.stop())

const checkOf = (id: string) => {
  const found = catalogue.checks.find((check) => check.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
const gate = async (release: ReleaseId) => (await ask('GET', `/api/v1/releases/${release}/gates/poc`)).body
async function verdicts(release: ReleaseId): Promise<Record<string, string>> {
  const { findings } = await gate(release)
  return Object.fromEntries(findings.map(({ check, verdict }: { check: string; verdict: string }) => [check, verdict]))
}
const where = (all: Record<string, string>, verdict: string) =>
  Object.keys(all).filter((check) => all[check] === verdict)
async function started(name: string, files = blueprint()): Promise<ReleaseId> {
  await application(name, files)
  return freeze(name)
}
const promote = (release: ReleaseId, into = 'poc', more = {}) =>
  ask('POST', `/api/v1/releases/${release}/promotions`, { into, ...more })

test('a new release is held: all twelve checks are missing, each with what would make it pass', async () => {
  const release = await started('new')
  const decision = await gate(release)
  expect(decision).toMatchObject({ decision: 'held', into: 'poc', catalogue: { name: 'core' } })
  expect(where(await verdicts(release), 'MISSING')).toHaveLength(12)
  for (const { wouldPassIf, check } of decision.findings) expect(wouldPassIf, check).not.toEqual([])
  const promoted = await promote(release)
  expect(promoted).toMatchObject({
    status: 409,
    body: { kind: 'held', decision: 'held', snapshotDigest: expect.any(String) },
  })
  expect(promoted.body.findings).toHaveLength(12)
  const { scorecard } = (await ask('GET', `/api/v1/releases/${release}`)).body
  expect(scorecard).toMatchObject({
    into: 'poc',
    decision: 'held',
    counts: { MISSING: 12 },
    pillars: { operations: { MISSING: 1 } },
    minutes: { people: expect.any(Number), machine: expect.any(Number) },
  })
})

test('with every check met the gate opens, and the release is live in the empty stage at once', async () => {
  const release = await started('open')
  await passAll(release)
  expect(await gate(release)).toMatchObject({ decision: 'open' })
  expect(await promote(release)).toMatchObject({
    status: 201,
    body: {
      kind: 'promoted',
      live: true,
      rollout: null,
      promotion: { from: 'sandbox', into: 'poc', by: people.ada, gate: { decision: 'open' } },
    },
  })
  expect((await ask('GET', '/api/v1/live')).body.applications.open.stages.poc).toEqual({ release, rollout: null })
  expect((await ask('GET', `/api/v1/releases/${release}`)).body).toMatchObject({
    stage: 'poc',
    live: [
      { stage: 'sandbox', share: 1 },
      { stage: 'poc', share: 1 },
    ],
    scorecard: { into: 'pilot', decision: 'held' },
  })
  expect(await promote(release)).toMatchObject({ status: 409, body: { code: 'delivery.already-promoted' } })
  expect((await ask('GET', '/api/v1/promotions?application=open')).body.items).toHaveLength(1)
})

test.for([
  ['pilot', 'delivery.stage-skipped', /goes into pilot from poc/],
  ['production', 'delivery.stage-skipped', /No stage may be skipped/],
] as const)('a release in the sandbox is not promoted into %s, whatever its evidence', async ([into, code, detail]) => {
  const release = await started(`skip-${into}`)
  await passAll(release)
  expect(await promote(release, into)).toMatchObject({
    status: 409,
    body: { code, detail: expect.stringMatching(detail) },
  })
})

test('from poc the gate into pilot asks for everything of poc and more, and says of each check how it is met', async () => {
  const release = await started('pilot')
  await passAll(release)
  await promote(release)
  const held = await promote(release, 'pilot')
  expect(held).toMatchObject({ status: 409, body: { kind: 'held', tier: 'A', neverVisited: [] } })
  expect(held.body.findings).toHaveLength(35)
  const missing = held.body.findings.filter(({ verdict }: { verdict: string }) => verdict === 'MISSING')
  for (const { check, wouldPassIf } of missing) expect(wouldPassIf.join(), check).toMatch(/`airworthy|probes|cards/)
  expect(held.body.findings.find(({ check }: { check: string }) => check === 'red.agent')).toMatchObject({
    verdict: 'NOT_APPLICABLE',
    rule: { effect: 'removes', rule: 'no-tools' },
  })
  expect(await ask('GET', `/api/v1/releases/${release}/gates/sandbox`)).toMatchObject({ status: 400 })
})

test('a missed threshold fails and names the figure; a measurement that broke is inconclusive', async () => {
  const release = await started('fails')
  await passAll(release, ['sec.secrets', 'eval.smoke'])
  await pass(release, checkOf('sec.secrets'), { secrets: { value: 2 }, scanned: { value: 9 } })
  await pass(release, checkOf('eval.smoke'), { ...meeting(checkOf('eval.smoke')), harnessErrors: { value: 1 } })
  const all = await verdicts(release)
  expect([where(all, 'FAIL'), where(all, 'INCONCLUSIVE')]).toEqual([['sec.secrets'], ['eval.smoke']])
  const finding = (await gate(release)).findings.find(({ check }: { check: string }) => check === 'sec.secrets')
  expect(finding).toMatchObject({
    why: expect.arrayContaining([expect.stringMatching(/2/)]),
    wouldPassIf: [expect.stringMatching(/at most 0/)],
  })
})

test('changing a prompt makes stale exactly what depends on it; changing it back makes it good again', async () => {
  const first = await started('stale')
  await passAll(first)
  const second = await freeze('stale', blueprint({ 'prompts/answer.prompt': 'Answer kindly: {{question}}\n' }))
  const all = await verdicts(second)
  // sec.secrets depends on the release as a whole, eval.smoke on the prompt; nothing else does.
  expect(where(all, 'STALE').sort()).toEqual(['eval.smoke', 'sec.secrets'])
  expect(where(all, 'PASS')).toHaveLength(10)
  const smoke = (await gate(second)).findings.find(({ check }: { check: string }) => check === 'eval.smoke')
  expect(smoke.why).toEqual(['The prompt answer has changed since.'])
  expect(await freeze('stale', blueprint())).toBe(first)
  expect(await gate(first)).toMatchObject({ decision: 'open' })
})

test('changing a document makes stale what people said about it, without a new release', async () => {
  const release = await started('document')
  await passAll(release)
  await ask('PUT', '/api/v1/applications/document/blueprint', {
    files: blueprint({ 'charter.yaml': 'problem: another\n' }),
  })
  expect(where(await verdicts(release), 'STALE')).toEqual(['biz.charter'])
})

test('an overlay adds a check and tightens another', async () => {
  const overlay =
    'gates: {poc: {add: [eval.regress], tighten: {data.quality: {facts: {duplicateShare: {atMost: 0.01}}}}}}\n'
  const release = await started('overlay', blueprint({ 'airworthy.yaml': SETTINGS + overlay }))
  await passAll(release)
  const all = await verdicts(release)
  // 2 % of duplicates are good enough for the catalogue and not for this application; there is no release before.
  expect([all['data.quality'], all['eval.regress']]).toEqual(['FAIL', 'NOT_APPLICABLE'])
})

test('a waiver is asked for by one person, granted by another, opens the gate and ends by itself', async () => {
  const release = await started('waiver')
  await passAll(release, ['train.builders'])
  const request = {
    release,
    into: 'poc',
    check: 'train.builders',
    reason: 'The course is next week.',
    residualRisk: 'untrained',
    compensatingControl: 'A trained colleague reads along.',
    days: 1,
  }
  const { status, body: waiver } = await ask('POST', '/api/v1/waivers', request)
  expect([status, waiver.state]).toEqual([201, 'requested'])
  expect(await gate(release)).toMatchObject({ decision: 'held' })
  const decide = (who: string) => ask('POST', `/api/v1/waivers/${waiver.id}/decision`, { decision: 'grant' }, who)
  expect(await decide('ada')).toMatchObject({ status: 403, body: { code: 'delivery.waiver-own-request' } })
  expect(await decide('tom')).toMatchObject({ status: 403, body: { code: 'access.forbidden' } })
  expect(await decide('bound')).toMatchObject({ status: 403 })
  expect(await decide('grace')).toMatchObject({ status: 200, body: { state: 'granted', decidedBy: people.grace } })
  expect(await decide('grace')).toMatchObject({ status: 409, body: { code: 'delivery.waiver-decided' } })
  expect(await gate(release)).toMatchObject({ decision: 'open' })
  expect(where(await verdicts(release), 'WAIVED')).toEqual(['train.builders'])
  clock.advance(DAY)
  expect((await verdicts(release))['train.builders']).toBe('MISSING')
})

test('a waiver is followed by another while it runs, and is taken back before its time by who may', async () => {
  const release = await started('renewed')
  await passAll(release, ['train.builders'])
  const request = (days: number) =>
    ask('POST', '/api/v1/waivers', {
      release,
      into: 'poc',
      check: 'train.builders',
      reason: 'The course is next week.',
      residualRisk: 'untrained',
      compensatingControl: 'A trained colleague reads along.',
      days,
    })
  const grant = async (id: string) => ask('POST', `/api/v1/waivers/${id}/decision`, { decision: 'grant' }, 'grace')
  const end = (id: string, who = 'ada', reason = 'The course took place today.') =>
    ask('POST', `/api/v1/waivers/${id}/end`, { reason }, who)
  const waived = async () =>
    (await gate(release)).findings.find(({ check }: { check: string }) => check === 'train.builders')
  const [first, second] = [(await request(2)).body, (await grant((await request(1)).body.id)).body]
  await grant(first.id)
  const third = (await grant((await request(30)).body.id)).body
  expect(await waived()).toMatchObject({ verdict: 'WAIVED', waived: { waiver: third.id, instead: 'MISSING' } })

  expect(await end(third.id, 'tom')).toMatchObject({ status: 403, body: { code: 'access.forbidden' } })
  expect(await end(third.id, 'mary')).toMatchObject({ status: 403, body: { code: 'delivery.waiver-of-another' } })
  expect(await end(third.id, 'ada', 'so')).toMatchObject({ status: 400 })
  expect(await end(third.id, 'grace')).toMatchObject({
    status: 200,
    body: { state: 'ended', endedBy: people.grace, endReason: 'The course took place today.' },
  })
  expect(await waived()).toMatchObject({ waived: { waiver: first.id } })
  await end(first.id)
  await end(second.id)
  expect(await waived()).toMatchObject({ verdict: 'MISSING' })
  expect(await end(second.id)).toMatchObject({ status: 409, body: { code: 'delivery.waiver-over' } })
  expect((await ask('GET', '/api/v1/waivers?application=renewed&state=ended')).body.items).toHaveLength(3)
})

test.for([
  ['more than 90 days', { days: 91 }, 400, 'wire.body-invalid'],
  ['a short reason', { reason: 'please' }, 400, 'wire.body-invalid'],
  ['a check that the gate does not ask for', { check: 'eval.regress' }, 400, 'delivery.check-not-asked'],
  ['a check that passes', { check: 'sec.secrets' }, 409, 'delivery.waiver-needless'],
] as const)('a waiver is not taken for %s', async ([what, more, status, code]) => {
  const release = await started(`no-${what.replaceAll(' ', '-').slice(0, 20).replace(/-$/, '')}`)
  await pass(release, checkOf('sec.secrets'))
  const request = {
    release,
    into: 'poc',
    check: 'eval.smoke',
    reason: 'A good long reason.',
    residualRisk: 'some',
    compensatingControl: 'read by hand',
    days: 1,
    ...more,
  }
  expect(await ask('POST', '/api/v1/waivers', request)).toMatchObject({ status, body: { code } })
})

test('a gate run quotes, keeps to the budget, and records what its producers find; one that breaks stops no other', async () => {
  const release = await started('run')
  const seen: string[][] = []
  const draft = ({ release: { id, manifest }, by }: ProducerContext): EvidenceDraft => ({
    application: manifest.application,
    release: id,
    check: 'sec.secrets',
    summary: 'Nothing was found.',
    facts: meeting(checkOf('sec.secrets')),
    inputs: [],
    producer: { name: 'scan', version: '1' },
    trust: 'measured',
    by,
  })
  producers.push(
    {
      name: 'broken',
      checks: ['data.quality'],
      quote: async () => ({ calls: 0, costMicroUsd: '0' as never, minutes: 1 }),
      run: async () => {
        throw new Error('the disk is full')
      },
    },
    {
      name: 'scan',
      checks: ['sec.secrets', 'eval.regress'],
      quote: async () => ({ calls: 3, costMicroUsd: '1.5' as never, minutes: 2 }),
      run: async (context) => {
        seen.push([...context.checks])
        return [draft(context)]
      },
    },
  )
  const run = (body: unknown) => ask('POST', `/api/v1/releases/${release}/gates/poc/runs`, body)
  const alone = (await run({ dryRun: true, checks: ['sec.secrets', 'biz.charter'] })).body.plan
  expect(alone.producers).toMatchObject([{ name: 'scan', checks: ['sec.secrets'] }])
  expect(alone.byPeople).toMatchObject([{ check: 'biz.charter' }])
  expect(await run({ checks: ['perf.load'] })).toMatchObject({
    status: 400,
    body: { code: 'delivery.check-not-asked' },
  })
  const quote = await run({ dryRun: true })
  expect(quote).toMatchObject({
    status: 200,
    body: { kind: 'quote', plan: { calls: 3, costMicroUsd: '1.5', minutes: 3 } },
  })
  expect(quote.body.plan.byPeople).toHaveLength(10)
  expect(await run({ maxCostMicroUsd: '1' })).toMatchObject({ status: 409, body: { kind: 'over-budget' } })
  expect(seen).toEqual([])
  const first = await run({})
  expect(first).toMatchObject({ status: 202, body: { kind: 'started', job: expect.stringMatching(/^job_/) } })
  await expect.poll(async () => (await verdicts(release))['sec.secrets'], { timeout: 15_000 }).toBe('PASS')
  expect(seen).toEqual([['sec.secrets']])
  expect((await verdicts(release))['data.quality']).toBe('MISSING')
  expect(await run({ checks: ['sec.secrets'] })).toMatchObject({ status: 200, body: { kind: 'nothing-to-run' } })
})
