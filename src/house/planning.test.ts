/** Forecast, KPIs, threats, impact and the compass through the front door, on one application. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask } from '../../sdk/index.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { airworthyCommand } from '../testing/child.ts'
import { completion, json, withProviders } from '../testing/local-provider.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
const { provider, price, close } = withProviders(airworthy)
afterAll(() => airworthy.close())
afterAll(close)

const params = { name: 'shop' } as const
const keep = (document: string, value: Record<string, unknown>) =>
  client.putDocument({ params: { ...params, document: document as 'charter' }, body: { value } })
const kept = async (document: string) =>
  (await client.getDocument({ params: { ...params, document: document as 'charter' } })).value ?? {}

await client.createApplication({ body: { name: 'shop', template: 'support-assistant' } })
const before = await client.getOverview({ params, query: { persona: 'business' } })
const { body: release } = await client.freezeRelease({ params, body: {} })

async function evidenceOf(into: 'pilot' | 'production', check: string) {
  const started = await client.runGate({ params: { id: release.id, stage: into }, body: {} })
  if (started.status === 202)
    await expect
      .poll(async () => (await client.getJob({ params: { id: started.body.job } })).state, { timeout: 60_000 })
      .toBe('succeeded')
  const { items } = await client.listEvidence({ query: { release: release.id, check } })
  return items[0]
}

test('before the first release the next three things are to freeze and to fill in what is open', () => {
  expect(before.phase).toBe('discovery')
  expect(before.next).toHaveLength(3)
  expect(before.next[0]).toMatchObject({ what: 'Freeze a first release', minutes: 1 })
  expect(before.alerts.map(({ kind, state }) => [kind, state])).toEqual([
    ['errors', 'unknown'],
    ['cost', 'quiet'],
    ['provider', 'unknown'],
  ])
  expect([before.satisfaction, before.returns]).toEqual([null, null])
})

test('volumes, threats and KPIs that were written down answer their checks', async () => {
  await keep('resources', { ...(await kept('resources')), volumes: { requestsPerDay: 200 } })
  const model = await client.getThreatModel({ params })
  expect(model.flow.map(({ to }) => to)).toEqual(['gateway', 'flow', 'local/extractive', 'user'])
  expect(model.open).toBe(model.threats.length)
  expect(model.threats.map(({ id }) => id)).toEqual(expect.arrayContaining(['AML.T0051.001', 'LLM08:2025', 'ASI09']))
  expect(model.threats.map(({ id }) => id)).not.toContain('ASI02')
  const [first, second, ...rest] = model.threats
  const held = (one: (typeof model.threats)[number]) => ({
    id: one.id,
    decision: 'mitigated',
    checks: one.checks.map(({ check }) => check),
  })
  const accepted = { id: second?.id, decision: 'accepted', reason: 'A shop.', by: 'Grace', until: '2020-01-01' }
  await keep('threats', { dataFlowRead: true, threats: [...(first ? [held(first)] : []), accepted, ...rest.map(held)] })
  expect(await client.getThreatModel({ params })).toMatchObject({ open: 1, dataFlowRead: true })

  const kpi = { name: 'solved', unit: 'share', baseline: 0.4, baselineN: 200, target: 0.6, floor: 0.5 }
  await keep('charter', { ...(await kept('charter')), kpis: [kpi] })
  const csv = 'kpi,value,n,source\nsolved,0.6,400,help desk\n'
  expect((await client.importKpiValues({ params, body: { csv } })).items).toHaveLength(1)

  expect(await evidenceOf('pilot', 'cost.forecast')).toMatchObject({
    trust: 'measured',
    facts: { volumesStated: { value: true }, p90OfBudget: { value: 0 }, p50Usd: { value: 0 } },
  })
  const { findings } = await client.getGate({ params: { id: release.id, stage: 'pilot' } })
  const verdictOf = (check: string) => findings.find((one) => one.check === check)?.verdict
  expect([verdictOf('cost.forecast'), verdictOf('sec.threatmodel')]).toEqual(['PASS', 'FAIL'])
  expect(await evidenceOf('production', 'pilot.kpi')).toMatchObject({
    trust: 'imported',
    facts: { floorMetOrOverruled: { value: true }, baselineMeasured: { value: true } },
  })
})

test('the impact assessment leads to risks and a suite, once, and what is there stays', async () => {
  const comment = '# Rated in March.\n'
  const path = 'risks.yaml'
  const file = async () => (await client.getBlueprint({ params })).files[path]
  await client.putBlueprintFile({ params: { ...params, path }, body: `${comment}${await file()}` })
  await keep('impact', {
    affected: ['customers', 'colleagues'],
    harms: ['A wrong promise'],
    misuse: ['Get a discount'],
  })
  const follows = await client.getImpact({ params })
  expect(follows.risks.map(({ id, isKept }) => [id, isKept])).toEqual([
    ['impact-1', false],
    ['misuse-1', false],
    ['unequal-groups', false],
  ])
  const taken = await client.takeImpact({ params })
  expect([...taken.risks, ...taken.suites].every(({ isKept }) => isKept)).toBe(true)
  expect(await file()).toContain(comment)
  expect((await client.getPlan({ params })).risks.risks).toHaveLength(9)
  await expect(client.takeImpact({ params })).rejects.toMatchObject({ code: 'governance.impact-nothing-new' })
  const paper = await (await client.exportImpact({ params, query: { format: 'markdown' } })).text()
  for (const words of ['customers; colleagues', 'A wrong promise', 'How somebody can object | nobody said'])
    expect(paper).toContain(words)
})

test('one view has satisfaction, cost and return with dates, and the compass turns with the persona', async () => {
  const question = { model: 'shop', messages: [{ role: 'user' as const, content: 'Which cards can I pay with?' }] }
  const { trace } = await ask(airworthy.options, question)
  await client.recordFeedback({ body: { trace, name: 'helpful', value: false, user: 'ann' } })
  await client.recordFeedback({ body: { trace, name: 'helpful', value: true, user: 'ann' } })
  const benefits = [{ name: 'fewer mails', low: 100, high: 300, period: 'month' }]
  const rows = [{ id: 'cloud', type: 'Cloud computing', category: 'model-api', cost: 50, period: 'month' }]
  await keep('resources', { ...(await kept('resources')), rows, benefits })
  const view = await client.getOverview({ params, query: { persona: 'executive' } })
  expect(view).toMatchObject({
    phase: 'development',
    satisfaction: { share: 1, n: 1 },
    cost: { forecast: { basis: 'stated', p50Usd: 0, budgetUsd: 50 } },
    returns: { low: 1, high: 5, months: 12 },
  })
  const security = await client.getCompass({ query: { persona: 'security' } })
  expect(security.first.task).toContain('threat model')
  expect(security.next.every(({ why, minutes }) => why !== '' && minutes >= 0)).toBe(true)
  expect(security.phases).toMatchObject({ development: 1, monitoring: 0 })
  expect((await client.getCompass({ query: { phase: 'monitoring' } })).items).toEqual([])
  const own = await client.getCompass({ query: { persona: 'builder', workload: 'existing' } })
  expect(own.first.href).toBe('/bring-your-own')
})

test('what if it were asked ten times as often, at twice the price', async () => {
  const forecast = await client.getCostForecast({ params, query: { requestsPerDay: 2000, priceFactor: 2 } })
  expect(forecast).toMatchObject({ basis: 'stated', requestsPerDay: 2000, priceFactor: 2, answerFrom: 'estimated' })
})

/** `airworthy` as it is typed. */
const run = (...words: string[]) =>
  airworthyCommand(words, { AIRWORTHY_URL: airworthy.url, AIRWORTHY_TOKEN: airworthy.ownerToken }, airworthy.data)

test('the commands advisor, ideas, plan, compass, forecast and threats say what the API says', async () => {
  writeFileSync(join(airworthy.data, 'rows.csv'), SECTION_7.resources)
  const [answered, wrong, added, printed, compass, forecast, threats] = await Promise.all([
    run('advisor', 'answer', 'shop', 'task=converse', 'knowledgeNeed=private', 'knowledgeChange=weekly'),
    run('advisor', 'answer', 'shop', 'task'),
    run('ideas', 'add', 'Answers for our customers'),
    run('plan', 'shop', '--paper', 'roadmap', '--format', 'csv'),
    run('compass', '--persona', 'executive'),
    run('forecast', 'shop', '--price-factor', '2'),
    run('threats', 'shop'),
  ])
  // After the answers: of two who write into the files at the same moment one is asked to look again.
  const imported = await run('plan', 'shop', '--paper', 'resources', '--import', 'rows.csv')
  expect(answered).toMatchObject({ code: 0, out: expect.stringMatching(/^Now also: .*R5/) })
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('task is no answer') })
  expect(added).toMatchObject({ code: 0, out: expect.stringContaining('ide_') })
  expect(printed.out).toMatch(/^Phase,Activity,Timeline,Resources,Metrics,Risks,Mitigation Strategy/)
  expect(imported).toMatchObject({ code: 0, out: expect.stringMatching(/^1 row changed, 2 added in resources\.yaml/) })
  expect(compass.out).toMatch(/^First: .*\n- shop: .*min\)/)
  expect(forecast.out).toMatch(/in a month, .*nobody can say yet/s)
  expect(threats).toMatchObject({ code: 1, out: expect.stringMatching(/user → gateway/) })
  const { items } = await client.listIdeas({ query: {} })
  expect(items.map(({ title }) => title)).toContain('Answers for our customers')
})

test('what section 7 of the learning module has is taken in and comes out again, every column and row', async () => {
  await client.importPaper({ params: { ...params, table: 'roadmap' }, body: { text: SECTION_7.roadmap } })
  const paper = async (name: 'roadmap' | 'risks' | 'resources', format: 'csv' | 'markdown') =>
    (await client.exportPlan({ params: { ...params, paper: name }, query: { format } })).text()
  expect(await paper('roadmap', 'markdown')).toContain(SECTION_7.roadmap.split('\n')[2])
  const resources = await paper('resources', 'csv')
  expect(resources.split('\r\n')[0]).toBe('Resource Type,Quantity,Cost,Source')
  expect(resources).toContain('"Personnel (Data scientists, engineers)",2,"$100,000 a year","Hiring, outsourcing"')
  expect(resources).toContain('Cloud computing,100 hours/month,"$5,000 a month","AWS, Azure, GCP"')
  expect(resources).toMatch(/Data storage,1TB,"\$1,000 a year",Cloud storage provider/)
  const register = await paper('risks', 'csv')
  expect(register.split('\r\n').map((line) => line.split(',')[1])).toEqual(expect.arrayContaining(SECTION_7.checklist))
  await client.importPaper({ params: { ...params, table: 'risks' }, body: { text: register } })
  expect((await client.getPlan({ params })).risks.risks.map(({ category }) => category)).toEqual(
    expect.arrayContaining(['data-bias', 'security', 'expertise', 'cost', 'integration', 'ethics']),
  )
  const phases = (await client.getPlan({ params })).roadmap.rows.map(({ phase, status }) => [phase, status.state])
  expect(phases[0]).toEqual(['Experimentation', expect.stringMatching(/held|under-way/)])
  expect(phases).toHaveLength(8)
})

test('each document has a JSON schema, and a table that cannot be read says where', async () => {
  const schema = await client.getDocumentSchema({ params: { document: 'roadmap' } })
  expect(schema).toMatchObject({ title: 'roadmap.yaml', properties: { rows: { type: 'array' } } })
  const bad = { params: { ...params, table: 'resources' as const }, body: { text: 'Resource Type,Cost\nX,much\n' } }
  await expect(client.importPaper(bad)).rejects.toMatchObject({ code: 'governance.table-invalid' })
})

test('the portfolio has seven pillars for each application, and names those of which nothing can be said', async () => {
  await client.createApplication({ body: { name: 'later', template: 'support-assistant' } })
  const { items, pillars, unfrozen, next } = await client.getPortfolio({ query: {} })
  expect([items.map(({ application }) => application), unfrozen, next]).toEqual([['shop'], ['later'], null])
  expect(items[0]?.pillars).toHaveLength(7)
  expect(items[0]).toMatchObject({ release: release.id, status: 'red', weakest: expect.arrayContaining(['security']) })
  expect(pillars.find(({ pillar }) => pillar === 'security')?.counts).toEqual({ red: 1 })
  const page = await client.getPortfolio({ query: { limit: 1 } })
  expect([page.items, page.unfrozen, page.next]).toEqual([[], ['later'], 'later'])
})

/** Twelve cases, and the difference up to which models count as equal on them. */
const till = (margin: string) => ({
  'airworthy.yaml': 'models: {answer: {model: dear/model}}\n',
  'prompts/answer.prompt': '{{question}}\n',
  'datasets/cases.jsonl': Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({ id: `c${at}`, input: `Parcel ${at}?`, expected: at % 3 === 0 ? 'nothing' : 'Yes' }),
  ).join('\n'),
  'evals/answers.yaml': `dataset: cases\nprimary: contains\nmargin: ${margin}\nevaluators: [{use: contains}]\n`,
})

test('a cheaper model is named with how good it is on own cases, and only an experiment proves it', async () => {
  for (const [name, input, text] of [
    ['dear', '20', 'Yes, or nothing.'],
    ['thrifty', '5', 'Nothing but: Yes, nothing.'],
    ['poor', '4', 'No.'],
  ] as const) {
    await provider(name, (response) => json(response, completion(text)))
    await price(`${name}/model`, { input, output: input })
  }
  const params = { name: 'till' } as const
  await client.createApplication({ body: { name: 'till', files: till('0.3') } })
  const { body: release } = await client.freezeRelease({ params, body: {} })
  const savings = async () => (await client.getCostForecast({ params, query: { requestsPerDay: 200 } })).savings
  const savingOf = async (to: string) => (await savings()).find((one) => one.to === to)
  const prove = 'airworthy eval till --release r1 --model answer=poor/model'
  expect(await savingOf('poor/model')).toMatchObject({
    ...{ part: 'answer', from: 'dear/model', prove, isProven: false },
    quality: [
      {
        ...{ suite: 'answers', evaluator: 'contains', margin: 0.3, cases: 12, measured: null, neededN: 24 },
        says: 'answers: not measured. About 24 cases would decide within 0.3; the suite has 12.',
      },
    ],
  })

  const variants = ['thrifty', 'poor'].map((name) => ({ name, models: { answer: { model: `${name}/model` } } }))
  const { body: started } = await client.createExperiment({
    params: { id: release.id },
    body: { suite: 'answers', variants },
  })
  const id = 'id' in started ? started.id : 'exp_'
  await expect
    .poll(async () => (await client.getExperiment({ params: { id } })).state, { timeout: 20_000 })
    .toBe('succeeded')
  const [first] = await savings()
  expect(first).toMatchObject({
    ...{ to: 'thrifty/model', isProven: true },
    quality: [{ measured: { difference: 0, n: 12, verdict: 'equivalent', nonInferior: true }, neededN: null }],
  })
  expect(first?.quality[0]?.says).toMatch(
    /^answers: 0 \(-0\.\d+ to 0\.\d+\) in contains over 12 cases, equivalent within 0\.3\.$/,
  )
  expect((await run('forecast', 'till', '--requests-per-day', '200')).out).toMatch(
    /thrifty\/model in place of dear\/model would save \$\d+ a month; proven to be no worse\.\n +answers: 0 \(/,
  )
  // It costs least, and was measured as worse.
  expect(await savingOf('poor/model')).toBeUndefined()

  // With a narrower margin it is another exam, which nobody sat.
  await client.putBlueprint({ params, body: { files: till('0.05') } })
  await client.freezeRelease({ params, body: {} })
  expect(await savingOf('poor/model')).toMatchObject({
    isProven: false,
    quality: [{ measured: null, margin: 0.05 }],
  })
})

/** As the module prints it; the amounts with their periods. */
const SECTION_7 = {
  roadmap: [
    '| Phase | Activity | Timeline | Resources | Metrics | Risks | Mitigation Strategy |',
    '|---|---|---|---|---|---|---|',
    '| Experimentation | Data collection, model selection, initial testing | 1 month | Data scientist, cloud computing resources | Accuracy, speed | Data quality issues | Data cleaning, improved data collection methods |',
  ].join('\n'),
  resources: [
    'Resource Type,Quantity,Cost,Source',
    '"Personnel (Data scientists, engineers)",2,"$100,000/year","Hiring, outsourcing"',
    'Cloud computing,100 hours/month,$5000/month,"AWS, Azure, GCP"',
    'Data storage,1TB,$1000/year,Cloud storage provider',
  ].join('\n'),
  checklist: [
    'Data bias',
    'Security vulnerabilities',
    'Lack of expertise',
    'Cost overruns',
    'Integration challenges',
    'Ethical concerns',
  ],
}
