/** A release under load, through the front door: real requests at a rate, what they show, and what follows from it. */
import { tmpdir } from 'node:os'
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../../testing/airworthy.ts'
import { airworthyCommand } from '../../testing/child.ts'
import { isStream, withProviders } from '../../testing/local-provider.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
type LoadRun = Awaited<ReturnType<typeof client.listLoadRuns>>['items'][number]
const { provider, price, close } = withProviders(airworthy)
afterAll(async () => {
  close()
  await airworthy.close()
})

const rows = Array.from({ length: 20 }, (_, at) =>
  JSON.stringify({ id: `c${at}`, input: `Where is parcel ${at}?`, expected: 'here', split: 'regress' }),
).join('\n')
/** Generous, because what is tested is not the speed of the machine. */
const SERVING = 'serving: {mode: real-time, peakPerSecond: 200, p95Ms: 30000, firstTokenMs: 30000}'

async function frozen(name: string, { model = 'scripted/fixed', serving = SERVING } = {}) {
  const parameters = model.startsWith('scripted/') ? '{text: "It is here."}' : '{}'
  const files = {
    'airworthy.yaml': `models: {answer: {model: ${model}, parameters: ${parameters}}}\nlimits: {requestsPerMinute: 2000}\n${serving}\n`,
    'prompts/answer.prompt': '{{question}}\n',
    'datasets/cases.jsonl': rows,
    'evals/answers.yaml': 'dataset: cases\nsplits: [regress]\nevaluators: [{use: contains}]\n',
  }
  const { items } = await client.listApplications()
  if (!items.some((one) => one.name === name)) await client.createApplication({ body: { name: name as never, files } })
  else await client.putBlueprint({ params: { name: name as never }, body: { files } })
  return (await client.freezeRelease({ params: { name: name as never }, body: {} })).body.id
}

async function ended(release: LoadRun['release'], id: string): Promise<LoadRun> {
  const look = async () => (await client.listLoadRuns({ params: { id: release } })).items.find((one) => one.id === id)
  await expect.poll(async () => (await look())?.state, { timeout: 60_000 }).toMatch(/succeeded|failed|cancelled/)
  return (await look()) as LoadRun
}

async function loaded(release: LoadRun['release'], body: Parameters<typeof client.startLoadRun>[0]['body']) {
  const started = await client.startLoadRun({ params: { id: release }, body })
  if (started.body.kind !== 'started') throw new Error(`It was not started: ${started.body.kind}.`)
  const run = await ended(release, started.body.id)
  if (!run.result) throw new Error(run.error ?? run.state)
  return { ...run, result: run.result }
}

const findingOf = async (release: LoadRun['release']) =>
  (await client.getGate({ params: { id: release, stage: 'pilot' } })).findings.find(
    ({ check }) => check === 'perf.load',
  )

test('it is quoted first, and refused where what is asked contradicts the release, a cap or the budget', async () => {
  const params = { id: await frozen('desk') }
  const quoted = await client.startLoadRun({ params, body: { seconds: 0.2, dryRun: true } })
  expect(quoted.body).toMatchObject({
    kind: 'quote',
    quote: { calls: 20 + 3 * 150, costMicroUsd: '0' },
    plan: { objectives: { peakPerSecond: 200, from: 'blueprint' }, streamed: 'some', questions: 20 },
  })
  const start = (body: Parameters<typeof client.startLoadRun>[0]['body']) => client.startLoadRun({ params, body })
  await expect(start({ p95Ms: 1 })).rejects.toMatchObject({ code: 'load.objectives-differ' })
  await expect(start({ factor: 20 })).rejects.toMatchObject({ code: 'load.over-cap' })
  await expect(start({ suite: 'none' })).rejects.toMatchObject({ code: 'models.suite-unknown' })
  await provider('dear', (response) => response.end('{}'))
  const unpriced = await frozen('unpriced', { model: 'dear/one' })
  const over = await client.startLoadRun({
    params: { id: unpriced },
    body: { seconds: 0.2, maxCostMicroUsd: '1000000' as never },
  })
  expect([over.status, over.body]).toMatchObject([409, { kind: 'over-budget', quote: { costMicroUsd: null } }])
  const said = await frozen('silent', { serving: '' })
  await expect(client.startLoadRun({ params: { id: said }, body: {} })).rejects.toMatchObject({
    code: 'load.peak-unknown',
  })
})

test('a release that bears twice its peak passes perf.load, and a plan of its processes follows', async () => {
  const release = await frozen('desk')
  const { result, plan } = await loaded(release, { seconds: 0.2 })
  expect(result.steps.map(({ step, sent }) => [step.kind, step.factor, sent])).toEqual([
    ['warm-up', 0.5, 20],
    ['planned', 0.5, 150],
    ['planned', 1, 150],
    ['planned', 2, 150],
  ])
  const top = result.steps.at(-1)
  expect(top).toMatchObject({
    ...{ answered: 150, errors: [], standing: 'held', limitedBy: null, stoppedBy: null, costMicroUsd: '0' },
    latencyMs: { n: 150, p95: { low: expect.any(Number), high: expect.any(Number) } },
    firstTokenMs: { n: 75 },
    errorRate: { value: 0, n: 150, interval: { method: 'wilson' } },
  })
  expect(result.capacity).toMatchObject({
    ...{ processes: 1, headroom: 1.5, failedPerSecond: null, needed: { low: 1, high: 1 } },
    heldPerSecond: 400,
  })
  expect(result.capacity.notMeasured.join(' ')).toContain('quota of a provider')
  expect(await findingOf(release)).toMatchObject({ verdict: 'PASS', evidence: result.evidence, trust: 'measured' })
  const evidence = await client.getEvidence({ params: { id: result.evidence as never } })
  expect(evidence.facts).toMatchObject({
    peakFactor: { value: 2 },
    p95OfTarget: { n: 150, interval: { method: 'order-statistics' } },
    ttftOfTarget: { n: 75 },
    errorRate: { value: 0, n: 150 },
  })
  expect(evidence.inputs).toMatchObject([{ kind: 'release' }])
  expect(plan.questions).toBe(20)
})

test('its requests are told apart: a feature of their own in usage, nobody among the users, and no key left', async () => {
  const name = 'desk' as const
  const usage = await client.getUsageBy({ query: { by: 'feature', application: name } })
  expect(usage.items.map(({ group }) => group.feature)).toContain('load-run')
  const times = await client.getResponseTimes({ params: { name }, query: {} })
  expect(times).toMatchObject({ n: 0, latencyMs: null, parts: [] })
  const left = (await client.listKeys()).items.filter((key) => key.name.startsWith('load run'))
  expect(left).toEqual([])
})

test('its requests are told apart by the parts of the flow, and the command shows the run and where its time went', async () => {
  const release = await frozen('desk')
  const [run] = (await client.listLoadRuns({ params: { id: release } })).items
  const times = await client.getResponseTimes({ params: { name: 'desk' }, query: { run: run?.id ?? '' } })
  expect(times).toMatchObject({ n: 470, isCut: false, latencyMs: { n: 470 }, firstTokenMs: { n: 235 } })
  expect(times.parts.map(({ kind, ms }) => [kind, ms.n]).sort()).toEqual([
    ['generate', 470],
    ['ours', 470],
  ])
  const settings = { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken }
  const shown = await airworthyCommand(['load', 'desk', '--last'], settings, tmpdir())
  expect([shown.code, shown.out]).toEqual([
    0,
    expect.stringMatching(/planned 2x[\s\S]*150 of 150[\s\S]*held[\s\S]*Not measured:/),
  ])
  const parts = await airworthyCommand(['times', 'desk', '--run', run?.id ?? ''], settings, tmpdir())
  expect(parts.out).toMatch(/whole answer[\s\S]*first token[\s\S]*generate/)
})

test('a run that is cancelled ends in the middle of a step, and its key leaves with it', async () => {
  const release = await frozen('calm', { serving: 'serving: {mode: real-time, peakPerSecond: 10}' })
  const params = { id: release }
  const { body } = await client.startLoadRun({ params, body: { seconds: 60, factor: 1 } })
  if (body.kind !== 'started') throw new Error(body.kind)
  const keys = async () => (await client.listKeys()).items.filter((key) => key.name.startsWith('load run'))
  await expect.poll(async () => (await keys()).length, { timeout: 20_000 }).toBe(1)
  await client.cancelJob({ params: { id: body.id } })
  expect((await ended(release, body.id)).state).toBe('cancelled')
  await expect.poll(async () => (await keys()).length, { timeout: 20_000 }).toBe(0)
})

test('a provider that breaks ends the run by itself and fails the check; when it is well again that is told', async () => {
  let asked = 0
  await provider('glass', (response, heard) => {
    asked += 1
    const isBroken = asked > 340 && asked <= 355
    response.writeHead(isBroken ? 500 : 200, {
      ...{ 'x-ratelimit-limit-requests': '30000', 'x-ratelimit-remaining-requests': '29999' },
      'x-ratelimit-reset-requests': '2ms',
      'content-type': isStream(heard) ? 'text/event-stream' : 'application/json',
    })
    const usage = { prompt_tokens: 3, completion_tokens: 3 }
    const piece = { choices: [{ delta: { content: 'Here.' }, finish_reason: 'stop' }], usage }
    if (isBroken) response.end('{"error":{"message":"out of order"}}')
    else if (isStream(heard)) response.end(`data: ${JSON.stringify(piece)}\n\ndata: [DONE]\n\n`)
    else response.end(JSON.stringify({ choices: [{ message: { content: 'Here.' }, finish_reason: 'stop' }], usage }))
  })
  await price('glass/one', { input: '1', output: '1' })
  const release = await frozen('brittle', { model: 'glass/one' })
  const { result } = await loaded(release, { seconds: 0.2, beyond: 8 })
  const counted = result.steps.filter(({ step }) => step.kind !== 'warm-up')
  expect(counted.map(({ step, standing }) => [step.kind, step.factor, standing])).toEqual([
    ['planned', 0.5, 'held'],
    ['planned', 1, 'held'],
    ['planned', 2, 'failed'],
    ['recovery', 0.5, expect.any(String)],
  ])
  expect(counted[2]).toMatchObject({ stoppedBy: 'errors', errors: [{ what: expect.stringMatching(/^5\d\d /) }] })
  expect(counted[0]?.costMicroUsd).toBe('900')
  expect(result).toMatchObject({
    ...{ breaksAt: 2, recoveredSeconds: expect.any(Number) },
    capacity: { heldPerSecond: 200, failedPerSecond: expect.any(Number), needed: { high: 2 } },
  })
  const found = await findingOf(release)
  expect([found?.verdict, found?.why.join(' ')]).toEqual(['FAIL', expect.stringContaining('requests that failed')])
  const [quota] = result.capacity.quotas
  expect(quota).toMatchObject({
    ...{ target: 'glass/one', standing: 'unknown', perRequest: { calls: 1, inputTokens: 3, outputTokens: 3 } },
    limits: [{ counted: 'requests', per: 'minute', limit: 30_000, needed: 18_000, from: 'read', standing: 'bears' }],
    says: expect.stringMatching(
      /is not known: tokens a minute\. Declare it: `airworthy quotas set glass\/one --tokens-per/,
    ),
  })
  const evidence = await client.getEvidence({ params: { id: result.evidence as never } })
  expect(evidence.facts.quotasBearPeak).toEqual({ value: null })
})

test('a quota that nobody said is declared, and the plan of the run says whether it bears the peak, with numbers', async () => {
  const { items: applications } = await client.listApplications()
  expect(applications.some(({ name }) => name === 'brittle')).toBe(true)
  const { items } = await client.listReleases({ params: { name: 'brittle' as never } })
  const settings = { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken }
  const command = (...given: string[]) => airworthyCommand(given, settings, tmpdir())
  const quota = async () =>
    (await client.listLoadRuns({ params: { id: items[0]?.id as never } })).items[0]?.result?.capacity.quotas[0]
  expect((await command('quotas', 'set', 'glass/one', '--tokens-per-minute', '50000')).out).toMatch(
    /glass\/one +any +tokens +minute +50000 +- +declared/,
  )
  const wrong = await command('quotas', 'set', 'glass/one', '--tokens-per-minute', '50k')
  expect([wrong.code === 0, wrong.err]).toEqual([false, expect.stringContaining('"50k" is no whole number above 0')])
  expect(await quota()).toMatchObject({
    standing: 'short',
    says: expect.stringContaining('does not let through 300 requests a second, the peak with its headroom'),
  })
  expect((await quota())?.says).toContain('108,000 of 50,000 tokens a minute, as declared')
  await client.declareQuota({
    body: { target: 'glass', limits: [{ counted: 'tokens', per: 'minute', limit: 200_000 }] },
  })
  // Of two that differ the lower counts.
  expect((await quota())?.standing).toBe('short')
  await command('quotas', 'clear', 'glass/one')
  expect((await quota())?.standing).toBe('bears')
  expect((await command('load', 'brittle', '--last')).out).toContain(
    'ok: glass/one lets through 300 requests a second, the peak with its headroom',
  )
  expect((await command('quotas')).out).toMatch(/glass\/one +any +requests +minute +30000 +29999 +its answers/)
  // A day's quota says how long it lasts, and decides nothing by that.
  await client.declareQuota({
    body: {
      target: 'glass',
      limits: [
        { counted: 'tokens', per: 'minute', limit: null },
        { counted: 'requests', per: 'day', limit: 1_080_000 },
      ],
    },
  })
  expect(await quota()).toMatchObject({ standing: 'unknown', says: expect.stringContaining('last 60 minutes of the') })
})

test('served in batches nobody asks for a first token', async () => {
  const batch = { serving: 'serving: {mode: batch, peakPerSecond: 100, p95Ms: 30000}' }
  const release = await frozen('nightly', batch)
  const quoted = await client.startLoadRun({ params: { id: release }, body: { seconds: 0.2, dryRun: true } })
  expect(quoted.body.plan.streamed).toBe('none')
  const metrics = {
    ...{ http_req_duration: { 'p(95)': 800 }, http_req_failed: { rate: 0 } },
    http_reqs: { count: 6000, rate: 200 },
  }
  const figures = { expectedPeakPerSecond: 100, p95ObjectiveMs: 1000 }
  const report = { tool: 'k6', content: JSON.stringify({ metrics }), figures }
  await client.importEvidence({ body: { ...report, release } })
  expect(await findingOf(release)).toMatchObject({ verdict: 'PASS' })
  const waiting = await frozen('nightly', { serving: SERVING })
  await client.importEvidence({ body: { ...report, release: waiting } })
  expect(await findingOf(waiting)).toMatchObject({ verdict: 'INCONCLUSIVE' })
  const { items } = await client.getReleaseChanges({ params: { id: waiting }, query: {} })
  expect(items).toMatchObject([{ kind: 'serving', behaviour: false, words: expect.stringContaining('real-time') }])
})

test('where nobody waits and the provider has batches, the plan of costs names what they save', async () => {
  await price('glass/one', { input: '2', output: '8', tiers: { batch: { input: '1', output: '4' } } })
  await frozen('nightly', { model: 'glass/one', serving: 'serving: {mode: batch}' })
  const query = { requestsPerDay: 1000 }
  const { savings, p50Usd } = await client.getCostForecast({ params: { name: 'nightly' }, query })
  expect(savings[0]).toMatchObject({
    ...{ part: 'answer', from: 'glass/one at once', to: 'glass/one in batches', monthlyUsd: (p50Usd ?? 0) / 2 },
    prove: 'airworthy models time nightly glass/one --suite answers --modes chat,batch',
  })
  await frozen('nightly', { model: 'glass/one', serving: SERVING })
  const waiting = await client.getCostForecast({ params: { name: 'nightly' }, query })
  expect(waiting.savings.filter(({ to }) => to.includes('batches'))).toEqual([])
})
