/** Kept decisions, next steps, profiles, challenges, readiness, waiting, debt, and what a gate refuses to anybody. */
import { afterAll, expect, test } from 'vitest'
import type { ReleaseId } from '../core/release.ts'
import { DAY } from '../kernel/time.ts'
import * as contract from './contract.ts'
import { blueprint, catalogue, install, meeting, SETTINGS } from './installation.example.ts'

const airworthy = await install()
const { ask, application, freeze, pass, passAll, clock, people } = airworthy
afterAll(() => airworthy.stop())

const checkOf = (id: string) => {
  const found = catalogue.checks.find((check) => check.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
async function started(name: string, files = blueprint()): Promise<ReleaseId> {
  await application(name, files)
  return freeze(name)
}
const promote = (release: ReleaseId, into = 'poc') => ask('POST', `/api/v1/releases/${release}/promotions`, { into })
const findingOf = async (release: ReleaseId, check: string, stage = 'poc') =>
  (await ask('GET', `/api/v1/releases/${release}/gates/${stage}`)).body.findings.find(
    (finding: { check: string }) => finding.check === check,
  )

test('a decision is kept with what it read, and decides the same again whatever happened since', async () => {
  const release = await started('kept')
  await passAll(release)
  expect(await promote(release)).toMatchObject({ status: 201 })
  expect(await promote(release, 'pilot')).toMatchObject({ status: 409 })
  const { items } = (await ask('GET', `/api/v1/releases/${release}/decisions`)).body
  expect(items.map(({ occasion, into }: { occasion: string; into: string }) => [occasion, into])).toEqual([
    ['held', 'pilot'],
    ['promoted', 'poc'],
  ])
  // A tighter overlay, newer evidence that fails and a year change what is asked now, and nothing of what was decided.
  const overlay = 'gates: {poc: {tighten: {eval.smoke: {maxAgeDays: 1}}}}\n'
  await ask('PUT', '/api/v1/applications/kept/blueprint', {
    files: blueprint({ 'airworthy.yaml': SETTINGS + overlay }),
  })
  await pass(release, checkOf('sec.secrets'), { secrets: { value: 3 }, scanned: { value: 9 } })
  clock.advance(2 * DAY)
  const asked = await ask('POST', `/api/v1/releases/${release}/gates/poc/decisions`)
  expect(asked).toMatchObject({ status: 201, body: { occasion: 'asked', decision: { decision: 'held' } } })
  for (const { id } of [...items, asked.body]) {
    const replayed = (await ask('GET', `/api/v1/gate-decisions/${id}/replay`)).body
    expect(replayed).toMatchObject({ same: true, differs: [] })
  }
  expect(asked.body.gate).not.toBe(items[1].gate)
  expect(await ask('GET', '/api/v1/gate-decisions/gat_00000000000000000000000000/replay')).toMatchObject({
    status: 404,
  })
})

test('another profile shows the checks that it adds or removes, each with the rule', async () => {
  await started('profile', blueprint({ 'airworthy.yaml': `${SETTINGS}profile: {personalData: none}\n` }))
  const preview = async (profile: unknown) =>
    (await ask('POST', '/api/v1/applications/profile/profile-previews', { profile })).body
  const ids = (rows: { check: string }[]) => rows.map(({ check }) => check)
  const europe = await preview({ users: ['EU'], personalData: 'none' })
  expect(europe.added).toEqual([
    expect.objectContaining({
      check: 'legal.transparency',
      into: 'pilot',
      rule: expect.objectContaining({ effect: 'adds', rule: 'users-in-eu' }),
    }),
  ])
  expect(europe.removed).toEqual([])
  const hosted = await preview({ personalData: 'none', deployment: 'hosted-model' })
  const atHome = await preview({ personalData: 'none', deployment: 'on-premises' })
  expect([ids(hosted.added), ids(atHome.added)]).toEqual([['vendor.exit'], []])
  const open = await preview({ audience: 'public', personalData: 'sensitive', autonomy: 'acts-alone' })
  expect(open.tier).toEqual({ before: 'A', after: 'L' })
  expect(ids(open.added)).toEqual(
    expect.arrayContaining(['priv.dpia', 'red.agent', 'eval.fairness', 'sec.threatmodel', 'red.full', 'vendor.exit']),
  )
  // Put into the blueprint, the gate asks for it and names the rule.
  const files = blueprint({ 'airworthy.yaml': `${SETTINGS}profile: {users: [EU], personalData: none}\n` })
  const release = await freeze('profile', files)
  expect(await findingOf(release, 'legal.transparency', 'pilot')).toMatchObject({
    verdict: 'MISSING',
    rule: { rule: 'users-in-eu' },
  })
  expect(await findingOf(release, 'priv.dpia', 'pilot')).toMatchObject({
    verdict: 'NOT_APPLICABLE',
    rule: { effect: 'removes', rule: 'no-personal-data' },
  })
})

test('two personas see the same steps and begin with different ones', async () => {
  const release = await started('persona')
  const steps = async (persona: string) => {
    const { groups } = (await ask('GET', `/api/v1/releases/${release}/gates/pilot/next?persona=${persona}`)).body
    return groups.flatMap(({ items }: { items: { check: string }[] }) => items.map(({ check }) => check))
  }
  const [business, security] = [await steps('business'), await steps('security')]
  expect([...business].sort()).toEqual([...security].sort())
  expect([business[0], security[0]]).toEqual(['biz.charter', expect.stringMatching(/^(sec|red)\./)])
  const { groups } = (await ask('GET', `/api/v1/releases/${release}/gates/pilot/next`)).body
  expect(groups.map(({ doing }: { doing: string }) => doing)).toEqual(['import', 'write', 'waive', 'approve'])
  for (const { items, minutes } of groups) {
    expect(minutes).toBeGreaterThan(0)
    for (const { howto, who } of items) expect([howto, who].every(Boolean)).toBe(true)
  }
})

test('anybody may doubt evidence with a reason, and somebody else answers; an upheld doubt takes the evidence away', async () => {
  const release = await started('doubt')
  await passAll(release)
  const { evidence } = await findingOf(release, 'eval.smoke')
  const raise = (reason: string, who = 'tom') => ask('POST', `/api/v1/evidence/${evidence}/challenges`, { reason }, who)
  expect(await raise('no')).toMatchObject({ status: 400 })
  const { body: doubt } = await raise('The cases were seen in training.')
  expect(await findingOf(release, 'eval.smoke')).toMatchObject({ verdict: 'INCONCLUSIVE' })
  expect(await promote(release)).toMatchObject({ status: 409, body: { decision: 'held' } })
  const answer = (id: string, decision: string, who: string) =>
    ask('POST', `/api/v1/challenges/${id}/answer`, { decision, answer: 'They were written last week.' }, who)
  // Ada made the evidence, so she may agree with the doubt and not dismiss it; Tom may only look.
  expect(await answer(doubt.id, 'dismiss', 'ada')).toMatchObject({
    status: 403,
    body: { code: 'evidence.challenge-own' },
  })
  expect(await answer(doubt.id, 'withdraw', 'grace')).toMatchObject({ body: { code: 'evidence.challenge-of-another' } })
  expect(await answer(doubt.id, 'dismiss', 'tom')).toMatchObject({ status: 403, body: { code: 'access.forbidden' } })
  expect(await answer(doubt.id, 'dismiss', 'grace')).toMatchObject({ status: 200, body: { state: 'dismissed' } })
  expect(await answer(doubt.id, 'dismiss', 'grace')).toMatchObject({ body: { code: 'evidence.challenge-ended' } })
  expect(await findingOf(release, 'eval.smoke')).toMatchObject({ verdict: 'PASS' })
  const { body: again } = await raise('The labels are wrong in ten cases.')
  await answer(again.id, 'uphold', 'ada')
  expect(await findingOf(release, 'eval.smoke')).toMatchObject({ verdict: 'MISSING' })
  const { items } = (await ask('GET', '/api/v1/challenges?application=doubt')).body
  expect(items.map(({ state }: { state: string }) => state)).toEqual(['upheld', 'dismissed'])
})

test('six green pillars and one red are red, and a pillar that nobody visited is said', async () => {
  const release = await started('ready', blueprint({ 'airworthy.yaml': `${SETTINGS}profile: {personalData: none}\n` }))
  const readiness = async () => (await ask('GET', `/api/v1/releases/${release}/readiness`)).body
  const asked = catalogue.gates.flatMap(({ checks }) => checks).filter((id) => !id.startsWith('appr.'))
  expect(await readiness()).toMatchObject({ status: 'unvisited', areas: expect.any(Array) })
  for (const id of asked) if (checkOf(id).pillar !== 'people') await pass(release, checkOf(id))
  await pass(release, checkOf('perf.load'), { ...meeting(checkOf('perf.load')), peakFactor: { value: 3 } })
  expect(await readiness()).toMatchObject({ status: 'unvisited', weakest: ['people'] })
  for (const id of ['train.builders', 'train.users']) await pass(release, checkOf(id))
  for (const id of ['appr.pilot', 'appr.prod']) await pass(release, checkOf(id))
  const before = await readiness()
  const statusOf = (all: { pillars: { pillar: string; status: string }[] }) =>
    Object.fromEntries(all.pillars.map(({ pillar, status }) => [pillar, status]))
  expect(statusOf(before)).toMatchObject({ people: 'green', business: 'green', data: 'green', operations: 'green' })
  await pass(release, checkOf('train.users'), { ...meeting(checkOf('train.users')), untrainedOverseers: { value: 2 } })
  const after = await readiness()
  expect(after).toMatchObject({ status: 'red', weakest: ['people'] })
  expect(Object.values(statusOf(after)).filter((status) => status === 'red')).toHaveLength(1)
  expect(after.areas.map(({ area }: { area: string }) => area)).toEqual([
    'latency',
    'scalability',
    'guardrails',
    'security',
    'monitoring',
    'compliance',
    'cost',
  ])
})

test('a lead time is split into waiting for people, for machines, and for a decision', async () => {
  const release = await started('lead')
  await passAll(release, ['biz.charter', 'eval.smoke'])
  clock.advance(DAY)
  await pass(release, checkOf('biz.charter'))
  clock.advance(DAY / 2)
  await pass(release, checkOf('eval.smoke'))
  clock.advance(DAY / 4)
  await promote(release)
  const { body } = await ask('GET', '/api/v1/applications/lead/flow')
  expect(body).toMatchObject({ promotionsIn30Days: 1, rollbackRate: null, restoreMs: null })
  const [lead] = body.leadTimes
  expect(lead).toMatchObject({ into: 'poc', release })
  expect([lead.personMs, lead.machineMs, lead.readyMs].map((ms: number) => ms / DAY)).toEqual([
    expect.closeTo(1, 3),
    expect.closeTo(0.5, 3),
    expect.closeTo(0.25, 3),
  ])
  expect(lead.checks.find(({ check }: { check: string }) => check === 'biz.charter')).toMatchObject({ by: people.ada })
})

test('the report of debt finds each kind that was seeded', async () => {
  const settings = SETTINGS.replace(
    'answer: {model: scripted/echo}',
    'answer: {model: scripted/latest}\n  spare: {model: scripted/old}',
  )
  const files = blueprint({
    'airworthy.yaml': settings,
    'prompts/forgotten.prompt': 'Nobody asks: {{question}}\n',
  })
  const release = await started('debt', files)
  await passAll(release, ['train.builders'])
  const waiver = {
    release,
    into: 'poc',
    check: 'train.builders',
    reason: 'The course is next week.',
    residualRisk: 'untrained',
    compensatingControl: 'A trained colleague reads along.',
    days: 10,
  }
  const { body } = await ask('POST', '/api/v1/waivers', waiver)
  await ask('POST', `/api/v1/waivers/${body.id}/decision`, { decision: 'grant' }, 'grace')
  await promote(release)
  const { evidence } = await findingOf(release, 'data.quality')
  await ask('POST', `/api/v1/evidence/${evidence}/challenges`, { reason: 'The sample was too small.' }, 'tom')
  await ask('PUT', '/api/v1/applications/debt/blueprint', { files: { ...files, 'charter.yaml': 'problem: another\n' } })
  const { items } = (await ask('GET', '/api/v1/applications/debt/debt')).body
  expect(items.map(({ kind, what }: { kind: string; what: string }) => [kind, what])).toEqual([
    ['unused-prompt', 'forgotten'],
    ['aliased-model', 'scripted/latest'],
    ['ending-model', 'scripted/old'],
    ['waiver', 'train.builders'],
    ['stale-evidence', 'biz.charter'],
    ['challenge', 'data.quality'],
  ])
  for (const { why, remedy } of items) expect([why, remedy].every((text: string) => text.length > 10)).toBe(true)
})

test('two versions of the catalogue are compared check by check', async () => {
  const { body } = await ask('GET', '/api/v1/catalogue/changes?since=1.0.0')
  expect(body).toMatchObject({ since: '1.0.0', version: catalogue.version })
  const added = body.items.filter(({ change }: { change: string }) => change === 'added')
  expect(added).toHaveLength(45)
  expect(await ask('GET', '/api/v1/catalogue/changes?since=0.1')).toMatchObject({
    status: 404,
    body: { code: 'delivery.catalogue-unknown' },
  })
})

test.for([
  ['a check is taken out', '{poc: {remove: [eval.smoke]}}', /remove|[Uu]nrecognized/],
  ['a threshold is weakened', '{poc: {tighten: {eval.smoke: {facts: {cases: {atLeast: 5}}}}}}', /would loosen/],
  ['evidence lives longer', '{pilot: {tighten: {eval.smoke: {maxAgeDays: 400}}}}', /would loosen/],
] as const)('a blueprint is refused in which %s', async ([, gates, message]) => {
  const files = blueprint({ 'airworthy.yaml': `${SETTINGS}gates: ${gates}\n` })
  const { status, body } = await application('forbidden', files)
  expect(status).toBe(400)
  expect(JSON.stringify(body.problems)).toMatch(message)
})

test('nobody deletes a check, evidence or a decision, skips a stage, or promotes on stale evidence', async () => {
  const release = await started('forbidden-acts')
  await passAll(release)
  const methods = Object.values(contract).flatMap((one) => ('method' in one ? [String(one.method)] : []))
  expect(methods.filter((method) => method === 'DELETE')).toEqual([])
  expect(await promote(release, 'production')).toMatchObject({ body: { code: 'delivery.stage-skipped' } })
  clock.advance(31 * DAY)
  const held = await promote(release)
  expect(held).toMatchObject({ status: 409, body: { kind: 'held' } })
  expect(held.body.findings.find(({ check }: { check: string }) => check === 'eval.smoke').verdict).toBe('STALE')
})
