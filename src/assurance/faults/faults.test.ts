/** S0.P6d · Drills of faults: what users see on a bad day, the evidence for rel.resilience, and that nobody else notices. */
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { airworthyCommand } from '../../testing/child.ts'
import { echoApplication } from '../../testing/echo-application.ts'
import { chunk, completion, isStream, json, stream, well, withProviders } from '../../testing/local-provider.ts'
import { runSuite } from '../../testing/run-suite.ts'

const house = await testAirworthy()
const { client } = house
const local = withProviders(house)
afterAll(async () => {
  local.close()
  await house.close()
})

type FaultDrill = Awaited<ReturnType<typeof client.listFaultDrills>>['items'][number]
type Case = NonNullable<FaultDrill['result']>['cases'][number]
type Body = Parameters<typeof client.startFaultDrill>[0]['body']

const BASELINE = { baseline: { model: 'scripted/fixed', parameters: { text: 'No.' } } }
const GUARDRAILS = [
  { id: 'mail-in', on: 'input', mode: 'redact', detector: 'email' },
  { id: 'mail-out', on: 'output', mode: 'redact', detector: 'email' },
]
const OUTAGE = { dataset: 'parcels', evaluators: ['token-f1'], primary: 'token-f1', fallback: 'spare', threshold: 0 }

async function frozen(name: string, change: object, more: Record<string, string> = {}) {
  const { 'airworthy.yaml': settings = '', ...others } = echoApplication('first')
  const files = { ...others, 'airworthy.yaml': JSON.stringify({ ...JSON.parse(settings), ...change }), ...more }
  await client.createApplication({ body: { name: name as never, files } })
  return (await client.freezeRelease({ params: { name: name as never }, body: {} })).body.id
}
const step = (more: object = {}) => ({ id: 'answer', use: 'generate', prompt: 'answer', model: 'answer', ...more })

async function started(release: FaultDrill['release'], body: Body): Promise<string> {
  const told = await client.startFaultDrill({ params: { id: release }, body })
  if (told.body.kind !== 'started') throw new Error(`It was not started: ${told.body.kind}.`)
  return told.body.id
}
async function ended(release: FaultDrill['release'], id: string): Promise<FaultDrill> {
  const look = async () =>
    (await client.listFaultDrills({ params: { id: release } })).items.find((one) => one.id === id)
  await expect.poll(async () => (await look())?.state, { timeout: 60_000 }).toMatch(/succeeded|failed|cancelled/)
  return (await look()) as FaultDrill
}
async function drilled(release: FaultDrill['release'], body: Body = {}) {
  const { result, error, state } = await ended(release, await started(release, body))
  if (!result) throw new Error(error ?? state)
  return result
}
const findingOf = async (release: FaultDrill['release']) =>
  (await client.getGate({ params: { id: release, stage: 'production' } })).findings.find(
    ({ check }) => check === 'rel.resilience',
  )
const outcomes = (cases: readonly Case[], fault: string) =>
  [...new Set(cases.filter((one) => one.fault === fault).map(({ outcome, says }) => `${outcome}: ${says}`))].sort()

let desk: FaultDrill['release']
beforeAll(async () => {
  for (const name of ['large', 'small']) await local.provider(name, well)
  await local.price('large/m', { input: '10', output: '10' })
  await local.price('small/m', { input: '1', output: '1' })
  const models = { answer: { model: 'large/m' }, spare: { model: 'small/m' }, ...BASELINE }
  const change = { models, flow: [step({ fallbacks: ['spare'] })], guardrails: GUARDRAILS }
  desk = await frozen('desk', change, { 'evals/outage.yaml': JSON.stringify(OUTAGE) })
})

test('it is quoted first, and what cannot happen to the release is named', async () => {
  const { body } = await client.startFaultDrill({ params: { id: desk }, body: { dryRun: true } })
  expect(body).toMatchObject({
    kind: 'quote',
    quote: { calls: 14 * 6, seconds: expect.any(Number) },
    plan: { leftOut: [{ fault: 'index-away', why: 'The release looks nothing up.' }, { fault: 'index-empty' }] },
  })
  expect(Number(body.quote.costMicroUsd)).toBeGreaterThan(0)
  const over = await client.startFaultDrill({ params: { id: desk }, body: { maxCostMicroUsd: '1' as never } })
  expect([over.status, over.body.kind]).toEqual([409, 'over-budget'])
  const none = client.startFaultDrill({ params: { id: desk }, body: { faults: ['index-away'] } })
  await expect(none).rejects.toMatchObject({ code: 'faults.none-possible' })
})

test('every fault ends in an answer of the fallback, which says so, or in a clean refusal; nobody else notices', async () => {
  await local.post({ model: 'desk', messages: [{ role: 'user', content: 'Where is it?' }] })
  await local.trace((await ofOthers()).headers.get('airworthy-trace'))
  const before = await seenByOthers()
  const result = await drilled(desk)
  const { cases } = result
  expect(outcomes(cases, 'none')).toEqual(['good: its answer'])
  for (const fault of ['limited', '500', '503', '529', 'refused', 'silent', 'slow', 'reset', 'empty'])
    expect([fault, outcomes(cases, `provider-${fault}`)]).toEqual([fault, ['good: the answer of the fallback spare']])
  for (const fault of ['cut', 'truncated'])
    expect([fault, outcomes(cases, `provider-${fault}`)]).toEqual([
      fault,
      ['good: the answer of the fallback spare', 'refused: some words, then the error models.stream-cut'],
    ])
  for (const fault of ['breaks', 'late'])
    expect(outcomes(cases, `guardrail-${fault}`)).toEqual(['refused: 503 guardrails.broke'])
  expect(result).toMatchObject({ stage: 'sandbox', broken: 0, unguarded: 0, tried: { length: 13 } })
  // Its fallback was not run alone yet.
  expect([result.fallbackEvaluated, (await findingOf(desk))?.verdict]).toEqual([null, 'INCONCLUSIVE'])

  expect(await seenByOthers()).toEqual(before)
  expect((await ofOthers()).headers.get('airworthy-fallback')).toBeNull()
  expect((await client.listKeys()).items.filter(({ isDrill }) => isDrill)).toEqual([])
  const audit = (await client.listAudit({ query: { subject: desk } })).items.map(({ action }) => action)
  expect(audit).toContain('assurance.drill-faults')
})

const ofOthers = () => local.post({ model: 'desk', messages: [{ role: 'user', content: 'Where is it?' }] })
/** What the drill must leave as it is: breakers, keys that rest, counters, what is live, and usage but its own. */
async function seenByOthers() {
  const [gateway] = (await client.listGatewayReports()).items
  const metrics = await fetch(`${house.url}/metrics`, { headers: { authorization: `Bearer ${house.ownerToken}` } })
  const { items } = await client.getUsageBy({ query: { by: 'feature', application: 'desk' } })
  return {
    targets: gateway?.targets.map(({ restsMs: _, latencyMs: __, ...target }) => target),
    credentials: gateway?.credentials,
    counted: (await metrics.text()).split('\n').filter((line) => /^airworthy_requests_total.*desk/.test(line)),
    live: (await client.listReleases({ params: { name: 'desk' }, query: {} })).items.map((one) => one.live),
    usage: items
      .filter(({ group }) => group.feature !== 'fault-drill')
      .map(({ requests, errors }) => [requests, errors]),
  }
}

test('with its fallback measured the same release passes, by the command too', async () => {
  await runSuite(client, desk, 'outage')
  const settings = { AIRWORTHY_URL: house.url, AIRWORTHY_TOKEN: house.ownerToken }
  const faults = ['provider-503', 'provider-refused', 'provider-reset', 'provider-empty', 'guardrail-breaks']
  const ran = await airworthyCommand(
    ['drill', 'faults', 'desk', '--faults', ...faults, '--dialects', 'chat'],
    settings,
    tmpdir(),
  )
  expect([ran.code, ran.out]).toEqual([0, expect.stringMatching(/provider-503 +all forms +good +the answer of the/)])
  expect(await findingOf(desk)).toMatchObject({ verdict: 'PASS', trust: 'measured' })
  const [{ id: evidence } = { id: '' }] = (
    await client.listEvidence({ query: { release: desk, check: 'rel.resilience' } })
  ).items
  const { inputs, facts } = await client.getEvidence({ params: { id: evidence as never } })
  expect([...new Set(inputs.map(({ kind }) => kind))].sort()).toEqual(['flow', 'guardrail', 'model', 'suite'])
  expect(facts).toMatchObject({ faultsTried: { value: 5, n: 12 }, fallbackEvaluated: { value: true } })
  const last = await airworthyCommand(['drill', 'faults', 'desk', '--last'], settings, tmpdir())
  expect(last.code).toBe(0)
})

test('its requests say in their traces what they are, and nobody else can say it', async () => {
  const [run] = (await client.listFaultDrills({ params: { id: desk } })).items
  const one = run?.result?.cases.find(({ fault }) => fault === 'provider-503')
  const { metadata, spans } = await local.trace(one?.trace ?? null)
  expect(metadata).toMatchObject({ traffic: 'probe', feature: 'fault-drill', 'fault-drill': 'provider-503' })
  expect(spans.slice(1).every(({ attributes }) => attributes['airworthy.drill.fault'] === 'provider-503')).toBe(true)
  const pretending = await local.post(
    { model: 'desk', messages: [{ role: 'user', content: 'Where is it?' }], metadata: { 'fault-drill': 'none' } },
    { headers: { 'airworthy-drill': 'provider-503' } },
  )
  expect([pretending.status, pretending.headers.get('airworthy-fallback')]).toEqual([200, null])
  expect(pretending.headers.get('airworthy-drill')).toBeNull()
  expect((await local.trace(pretending.headers.get('airworthy-trace'))).metadata).toEqual({})
})

test('a provider that calls each piece the end hides a cut: half an answer passes for a whole one, and that fails', async () => {
  await local.provider('hasty', (response, heard) => {
    if (!isStream(heard)) return json(response, completion('It is here.'))
    stream(response).end(
      `${chunk({ content: 'It is ' }, 'stop')}${chunk({ content: 'here.' }, 'stop')}data: [DONE]\n\n`,
    )
  })
  await local.price('hasty/m', { input: '1', output: '1' })
  const release = await frozen('hasty-desk', { models: { answer: { model: 'hasty/m' }, ...BASELINE } })
  const { cases, broken } = await drilled(release, { dialects: ['chat'] })
  expect([broken, outcomes(cases, 'provider-truncated')]).toEqual([
    1,
    ['broken: half of an answer that calls itself whole', expect.stringMatching(/^refused: 502 /)],
  ])
  const found = await findingOf(release)
  expect([found?.verdict, found?.why.join(' ')]).toEqual(['FAIL', expect.stringContaining('neither good, poorer')])
})

test.for([
  [
    'declines in its own words',
    [{ id: 'know', use: 'abstain', bestScoreBelow: 0.1, answer: 'I do not know that.' }],
    'PASS',
  ],
  ['answers as if nothing were missing', [], 'FAIL'],
] as const)('over an empty index a release that %s', async ([, abstain, verdict]) => {
  const flow = [{ id: 'find', use: 'retrieve', k: 3 }, ...abstain, step()]
  const models = { answer: { model: 'local/extractive' }, ...BASELINE }
  const release = await frozen(
    `library-${verdict.toLowerCase()}`,
    { models, flow },
    { 'knowledge/a.md': '# Parcels\n\nParcel number 1 from Antwerp is here.' },
  )
  const faults = [
    'provider-503',
    'provider-refused',
    'provider-reset',
    'provider-cut',
    'index-away',
    'index-empty',
  ] as const
  const { cases } = await drilled(release, { faults: [...faults], question: 'Where is parcel number 1 from Antwerp?' })
  expect(outcomes(cases, 'index-empty')).toEqual([
    verdict === 'PASS'
      ? 'poorer: that it cannot answer, in its own words'
      : 'broken: an answer as if nothing were missing',
  ])
  expect(outcomes(cases, 'index-away')).toEqual(['refused: 502 flows.step-broke'])
  expect((await findingOf(release))?.verdict).toBe(verdict)
})

test('money that is spent ends it: what was not tried is not known, and never passes', async () => {
  const quoted = await client.startFaultDrill({ params: { id: desk }, body: { dialects: ['chat'], dryRun: true } })
  // An answer of these providers takes more than was foreseen.
  const maxCostMicroUsd = String(Number(quoted.body.quote.costMicroUsd) + 1) as never
  const { cases, tried } = await drilled(desk, { dialects: ['chat'], maxCostMicroUsd })
  expect([tried.length < 13, cases.filter(({ outcome }) => outcome === 'not-tried').map(({ says }) => says)]).toEqual([
    true,
    expect.arrayContaining([expect.stringContaining('budget')]),
  ])
  expect(await findingOf(desk)).toMatchObject({ verdict: 'INCONCLUSIVE' })
})

test('a drill that is cancelled ends, and its key leaves with it', async () => {
  const release = await frozen('slow-desk', {
    models: { answer: { model: 'scripted/fixed', parameters: { text: 'Here.', latencyMs: 60_000 } }, ...BASELINE },
  })
  const id = await started(release, { clockSeconds: 600 })
  const keys = async () => (await client.listKeys()).items.filter(({ isDrill }) => isDrill)
  await expect.poll(async () => (await keys()).length, { timeout: 20_000 }).toBe(1)
  const [key] = await keys()
  const rotated = client.rotateKey({ params: { key: key?.id as never }, body: {} })
  await expect(rotated).rejects.toMatchObject({ code: 'access.drill-key' })
  await client.cancelJob({ params: { id } })
  expect((await ended(release, id)).state).toBe('cancelled')
  await expect.poll(async () => (await keys()).length, { timeout: 20_000 }).toBe(0)
})
