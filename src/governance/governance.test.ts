/** From the idea to the plan through the front door. */
import { afterAll, expect, test } from 'vitest'
import { testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client } = airworthy
afterAll(() => airworthy.close())

await client.createApplication({ body: { name: 'shop', template: 'support-assistant' } })
const fileOf = async (path: string) => (await client.getBlueprint({ params: { name: 'shop' } })).files[path]

test('answers are kept in assessment.yaml, by screen or by file, and change the advice', async () => {
  const before = await client.getAdvice({ params: { name: 'shop' } })
  const value = { answers: { knowledgeNeed: 'private', knowledgeChange: 'weekly', personalData: 'unknown' } }
  await client.putDocument({ params: { name: 'shop', document: 'assessment' }, body: { value } })
  await client.putBlueprintFile({
    params: { name: 'shop', path: 'assessment.yaml' },
    body: `# Agreed in the workshop.\n${await fileOf('assessment.yaml')}`,
  })
  await client.putDocument({
    params: { name: 'shop', document: 'assessment' },
    body: { value: { answers: { ...value.answers, explanations: 'sources' } } },
  })
  expect(await fileOf('assessment.yaml')).toBe(
    '# Agreed in the workshop.\nanswers:\n  knowledgeNeed: private\n  knowledgeChange: weekly\n  personalData: unknown\n  explanations: sources\n',
  )
  const after = await client.getAdvice({ params: { name: 'shop' } })
  expect(before.advice.rules.map(({ id }) => id)).not.toContain('R5')
  expect(after.advice.rules.map(({ id }) => id)).toEqual(expect.arrayContaining(['R5', 'D12', 'D13']))
  const { items } = await client.listDocumentVersions({ params: { name: 'shop', document: 'assessment' } })
  expect(items.map(({ value: kept }) => Object.keys((kept as typeof value).answers).length)).toEqual([4, 3])
})

test.for([
  [{ task: 'sing' }, /answers\.task: .*Take one of the options/],
  [{ colour: 'red' }, /answers\..*colour/i],
  [{ requestsPerDay: -1 }, /requestsPerDay/],
] as const)('the answers %j are refused by name', async ([answers, message]) => {
  await expect(client.askAdvice({ body: { answers } })).rejects.toThrow(message)
})

test('a document of the wrong shape is refused with file, line and field, and nothing is lost', async () => {
  const before = await fileOf('assessment.yaml')
  const value = { answers: { task: 'sing' } }
  await expect(
    client.putDocument({ params: { name: 'shop', document: 'assessment' }, body: { value } }),
  ).rejects.toThrow(/assessment\.yaml:3/)
  expect(await fileOf('assessment.yaml')).toBe(before)
})

test('a rule is tried on the own cases, in an application of its own, and the result counts as own evidence', async () => {
  const tried = await client.tryAdvice({ params: { name: 'shop', rule: 'R2' }, body: {} })
  expect(tried).toMatchObject({ application: 'shop', rule: 'R2', variant: 'shop-r2' })
  const id = tried.experiment as never
  await expect
    .poll(async () => (await client.getExperiment({ params: { id } })).state, { timeout: 20_000, interval: 100 })
    .toBe('succeeded')
  const { arms, comparison } = await client.getExperiment({ params: { id } })
  expect(arms).toHaveLength(2)
  expect(comparison.length).toBeGreaterThan(0)
  const { advice, tried: all } = await client.getAdvice({ params: { name: 'shop' } })
  expect(all.map(({ rule }) => rule)).toEqual(['R2'])
  expect(advice.rules.find(({ id: rule }) => rule === 'R2')).toBeUndefined()
  const { advice: asked } = await client.askAdvice({ body: { answers: { ruleBased: 'partly' } } })
  expect(asked.rules.find(({ id: rule }) => rule === 'R2')?.own).toMatchObject({ comparisons: 1 })
  expect(await fileOf('airworthy.yaml')).not.toContain('advice-candidate')
})

test.for([
  ['R99', {}, /no rule R99/],
  ['R8', {}, /Compare by hand/],
  ['R32', {}, /Say which other one/],
  ['R2', { suite: 'gone' }, /no suite gone/],
] as const)('%s with %j cannot be tried, and says why', async ([rule, body, message]) => {
  await expect(client.tryAdvice({ params: { name: 'shop', rule }, body })).rejects.toThrow(message)
})

const plan = () => client.getPlan({ params: { name: 'shop' } })
const paper = async (which: string, format: string) => {
  const headers = { authorization: `Bearer ${airworthy.options.token}` }
  const answer = await fetch(`${airworthy.url}/api/v1/applications/shop/plan/${which}?format=${format}`, { headers })
  return answer.text()
}

test('a new application has four phases, post-launch rows and six risks before anybody wrote one', async () => {
  await client.createApplication({ body: { name: 'brought', template: 'bring-your-own' } })
  const { roadmap, risks, progress } = await client.getPlan({ params: { name: 'brought' } })
  expect(roadmap.isKept).toBe(false)
  expect(roadmap.rows.map(({ phase }) => phase).slice(0, 4)).toEqual([
    'Experimentation',
    'Proof of concept',
    'Pilot',
    'Production',
  ])
  expect(roadmap.rows.length).toBeGreaterThan(4)
  expect(risks.risks.map(({ category }) => category).sort()).toEqual([
    'cost',
    'data-bias',
    'ethics',
    'expertise',
    'integration',
    'security',
  ])
  expect(progress.parts.map(({ part }) => part)).toEqual(['charter', 'assessment', 'roadmap', 'risks', 'resources'])
})

test('a plan is read from the blueprint as it stands, however often another one of it was read', async () => {
  const twins = ['kept-one', 'kept-two'] as const
  for (const name of twins) await client.createApplication({ body: { name, template: 'bring-your-own' } })
  const read = async (name: string) => {
    const { application, charter } = await client.getPlan({ params: { name } })
    return [application, charter.charter.problem]
  }
  const write = (name: string, problem: string) =>
    client.putDocument({ params: { name, document: 'charter' }, body: { value: { problem } } })
  for (const problem of ['It is slow.', 'It is wrong.', 'It is slow.', 'It is gone.']) {
    await write('kept-one', problem)
    const all = await Promise.all(twins.flatMap((name) => [read(name), read(name)]))
    expect(all.slice(0, 2)).toEqual([
      ['kept-one', problem],
      ['kept-one', problem],
    ])
    expect(all.slice(2).map(([application]) => application)).toEqual(['kept-two', 'kept-two'])
    expect(all[2]?.[1]).not.toBe(problem)
  }
  // While many read, none sees what was before the last change that had ended when they asked.
  for (let at = 0; at < 3; at += 1) {
    const before = Array.from({ length: 4 }, () => read('kept-one'))
    await write('kept-one', `It is number ${at}.`)
    expect(await read('kept-one')).toEqual(['kept-one', `It is number ${at}.`])
    await Promise.all(before)
    expect(await read('kept-one')).toEqual(['kept-one', `It is number ${at}.`])
  }
  // Two applications with the same files, and then one of them, are still two.
  await write('kept-two', 'It is number 2.')
  expect(await Promise.all(twins.map(read))).toEqual(twins.map((name) => [name, 'It is number 2.']))
})

test('the roadmap has exactly the columns of the module, on every paper', async () => {
  expect((await paper('roadmap', 'csv')).split('\r\n')[0]).toBe(
    'Phase,Activity,Timeline,Resources,Metrics,Risks,Mitigation Strategy',
  )
  expect(await paper('roadmap', 'markdown')).toContain(
    '| Phase | Activity | Timeline | Resources | Metrics | Risks | Mitigation Strategy |',
  )
  expect((await paper('resources', 'csv')).split('\r\n')[0]).toBe('Resource Type,Quantity,Cost,Source')
  expect(await paper('plan', 'html')).toContain('<h2>Implementation roadmap</h2>')
  expect(await paper('charter', 'csv')).toContain('governance.no-csv')
})

test('a risk that is rated on screen keeps the words of its file, and rows, risks and checks know each other', async () => {
  const { value } = await client.getDocument({ params: { name: 'shop', document: 'risks' } })
  const risks = ((value?.risks ?? []) as Record<string, unknown>[]).map((risk) =>
    risk.id === 'cost' ? { ...risk, likelihood: 4, severity: 5, owner: 'Ada' } : risk,
  )
  await client.putDocument({ params: { name: 'shop', document: 'risks' }, body: { value: { ...value, risks } } })
  expect(await fileOf('risks.yaml')).toContain('# The six risks that every register has.')
  const { risks: register, roadmap } = await plan()
  const cost = register.risks.find(({ id }) => id === 'cost')
  expect(cost).toMatchObject({ score: 20, level: 'critical', residual: 20, isAboveAppetite: true })
  expect(cost?.rows).toContain('production')
  expect(roadmap.rows.find(({ id }) => id === 'production')?.linkedRisks).toContain('cost')
  const { items } = await client.listDocumentVersions({ params: { name: 'shop', document: 'risks' } })
  expect(items).toHaveLength(2)
})

test('a KPI gets its baseline from a log, and its value says how far it is', async () => {
  const csv = 'case,minutes\n1,10\n2,14\n'
  const { value: baseline } = await client.measureBaseline({ params: { preset: 'handling-minutes' }, body: { csv } })
  const { value } = await client.getDocument({ params: { name: 'shop', document: 'charter' } })
  const kpi = { name: 'minutes', baseline, target: 6, unit: 'minutes', alertAt: 15 }
  await client.putDocument({
    params: { name: 'shop', document: 'charter' },
    body: { value: { ...value, kpis: [kpi] } },
  })
  const say = (kpiName: string, measured: number) =>
    client.recordKpiValues({
      params: { name: 'shop' },
      body: { values: [{ kpi: kpiName, value: measured, n: 40, source: 'weekly report' }] },
    })
  await expect(say('hours', 1)).rejects.toThrow(/no KPI “hours”; it has minutes/)
  await say('minutes', 9)
  expect((await plan()).charter.kpis[0]).toMatchObject({
    progress: 0.5,
    state: 'on-its-way',
    actual: { value: 9, n: 40 },
  })
  await say('minutes', 16)
  expect((await plan()).charter.kpis[0]).toMatchObject({ state: 'alert' })
  expect((await plan()).roadmap.uncoveredKpis).toEqual(['minutes'])
})

test('a role that may only look reads the plan and changes nothing', async () => {
  const viewer = await airworthy.person('Vi', 'viewer')
  expect((await viewer.getPlan({ params: { name: 'shop' } })).application).toBe('shop')
  await expect(
    viewer.putDocument({ params: { name: 'shop', document: 'roadmap' }, body: { value: { rows: [] } } }),
  ).rejects.toThrow(/permission/)
})

test('an idea is scored, ranked, planned in a few answers, and becomes an application with all of its documents', async () => {
  const idea = await client.createIdea({ body: { title: 'Answers', scores: { impact: 4 }, parent: 'shop' as never } })
  const params = { id: idea.id }
  await client.updateIdea({ params, body: { scores: { feasibility: 5, readiness: 3, cost: 2, risk: 2 } } })
  await expect(client.updateIdea({ params, body: { answers: { task: 'sing' } } })).rejects.toThrow(/answers\.task/)
  await expect(client.updateIdea({ params, body: { answers: { colour: 'red' } } })).rejects.toThrow(/no such field/)
  const answers = {
    template: 'support-assistant',
    problem: 'Customers wait a day.',
    'business-owner': 'Ada Love',
    'technical-lead': 'Bo Kern',
    task: 'converse',
    audience: 'customers',
    errorCost: 'unknown',
    budget: 40,
    personDays: 20,
    benefitLow: 500,
    benefitHigh: 2000,
    kpi: 'first-answer-minutes',
    baseline: 90,
    target: 5,
    'cost.likelihood': '3',
    'cost.severity': '2',
    nonGoals: 'Decide about refunds\nGive advice',
  }
  await client.updateIdea({ params, body: { answers } })
  const { scorings } = await client.getIdea({ params })
  expect(scorings.map(({ scores }) => scores.feasibility)).toEqual([5, null])
  expect((await client.listIdeas({ query: {} })).items[0]).toMatchObject({ title: 'Answers', rank: 4.1 })

  await client.beginApplication({ params, body: { name: 'answers' as never } })
  await expect(client.beginApplication({ params, body: { name: 'again' as never } })).rejects.toThrow(/answers already/)
  const made = await client.getPlan({ params: { name: 'answers' } })
  expect(made.charter.charter).toMatchObject({
    problem: 'Customers wait a day.',
    nonGoals: ['Decide about refunds', 'Give advice'],
  })
  expect(made.charter.kpis[0]).toMatchObject({ baseline: 90, target: 5, family: 'experience' })
  expect(made.risks.risks.find(({ id }) => id === 'cost')).toMatchObject({ score: 6, owner: 'Ada Love' })
  expect(made.roadmap.rows[0]).toMatchObject({ owner: 'Bo Kern', end: expect.stringMatching(/^\d{4}-/) })
  expect(made.resources).toMatchObject({ isKept: true, roi: { low: expect.any(Number) } })
  expect(made.advice.tests.map(({ question }) => question)).toEqual(['errorCost'])
  const { files } = await client.getBlueprint({ params: { name: 'answers' } })
  expect(files['risks.yaml']).toContain('# The six risks that every register has.')
  expect(files['airworthy.yaml']).toContain('business-owner: Ada Love')
})
