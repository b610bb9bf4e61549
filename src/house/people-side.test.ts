/** The people's side of the path through the front door: incidents, trials, the change, upkeep. */
import { afterAll, expect, test } from 'vitest'
import { createClient } from '../../sdk/index.ts'
import { DAY, stoppedClock } from '../kernel/time.ts'
import { testAirworthy } from '../testing/airworthy.ts'
import { echoApplication } from '../testing/echo-application.ts'

const clock = stoppedClock('2026-12-01T00:00:00.000Z')
const airworthy = await testAirworthy({ clock })
const { client } = airworthy
afterAll(() => airworthy.close())
const ada = await airworthy.person('Ada Builder', 'builder')
await client.createApplication({ body: { name: 'parcels', files: echoApplication('first') } })
const { body: release } = await ada.freezeRelease({ params: { name: 'parcels' }, body: {} })
const newest = async (check: string) =>
  (await client.listEvidence({ query: { application: 'parcels', check, limit: 1 } })).items[0]

test('a grave incident has deadlines, and closes with a case that a release passed', async () => {
  const trace = '0123456789abcdef0123456789abcdef'
  const body = {
    application: 'parcels',
    title: 'It read another number back',
    description: 'A customer got the number of somebody else.',
    severity: 'high' as const,
    owner: 'Ada Builder',
    harms: ['personal-data' as const],
    traces: [trace],
    release: release.id,
  }
  const { incident, clocks } = await ada.openIncident({ body })
  const params = { id: incident.id }
  expect(clocks.map(({ id, state, dueAt }) => [id, state, dueAt])).toEqual([
    ['gdpr-33', 'running', '2026-12-04T00:00:00.000Z'],
    ['us-ca-1798-82-people', 'running', '2026-12-31T00:00:00.000Z'],
    ['gdpr-34', 'running', null],
    ['us-ca-1798-82-attorney-general', 'waiting', null],
  ])
  expect((await ada.listIncidents({ query: { trace } })).items).toMatchObject([
    { id: incident.id, nextDueAt: '2026-12-04T00:00:00.000Z', overdue: 0 },
  ])
  expect((await newest('prod.incident'))?.facts).toMatchObject({
    reportsOverdue: { value: 0 },
    openGrave: { value: 1 },
  })
  const { suggestions } = (await ada.getPlan({ params: { name: 'parcels' } })).risks
  expect(suggestions.filter(({ from }) => from === 'incident')).toMatchObject([
    { title: 'It read another number back', because: 'It happened: an incident of severity high, open now.' },
  ])
  const move = (to: 'contain' | 'close', note = 'A person looks at each answer.') =>
    ada.moveIncident({ params, body: { move: to, note } })
  await move('contain')
  await expect(move('close')).rejects.toMatchObject({ code: 'governance.incident-unfixed' })

  clock.advance(4 * DAY)
  await ada.noteIncident({ params, body: { text: 'Told the customer.' } })
  expect((await newest('prod.incident'))?.facts).toMatchObject({ reportsOverdue: { value: 1 } })
  const { clocks: reported } = await ada.reportIncident({
    params,
    body: {
      clock: 'gdpr-33',
      kind: 'made',
      note: 'By the form of the authority, number 12.',
      at: '2026-12-03T00:00:00.000Z',
    },
  })
  expect(reported[0]).toMatchObject({ state: 'reported' })
  expect((await newest('prod.incident'))?.facts).toMatchObject({
    reportsOverdue: { value: 0 },
    openGrave: { value: 1 },
  })

  const fix = (example: string) =>
    ada.fixIncident({ params, body: { dataset: 'parcels', example, release: release.id } })
  await expect(fix('none')).rejects.toMatchObject({ code: 'governance.fix-not-shown' })
  await expect(fix('p4')).rejects.toThrow(/split build/)
  await expect(fix('p1')).rejects.toThrow(/Nobody has asked p1/)
  const started = await ada.createExperiment({ params: { id: release.id }, body: { suite: 'parcels' } })
  const { id } = started.body as { id: `exp_${string}` }
  await expect
    .poll(async () => (await ada.getExperiment({ params: { id } })).state, { timeout: 20_000, interval: 50 })
    .toBe('succeeded')
  expect((await fix('p1')).incident.fix).toMatchObject({ experiment: id, release: release.id })
  const closed = await move('close', 'The case is asked of every release.')
  expect(closed.incident).toMatchObject({ state: 'closed' })
  expect(closed.incident.timeline.map(({ kind }) => kind)).toEqual([
    'note',
    'contain',
    'note',
    'report',
    'fix',
    'close',
  ])
  expect((await ada.listIncidents({ query: { fixedBy: release.id } })).items).toHaveLength(1)
  expect((await newest('prod.incident'))?.facts).toMatchObject({ openGrave: { value: 0 } })
})

test('an incident cannot be known before it happened, nor tomorrow', async () => {
  const body = {
    application: 'parcels',
    title: 'Late',
    description: 'It was late again.',
    severity: 'low' as const,
    owner: 'Ada',
  }
  await expect(ada.openIncident({ body: { ...body, detectedAt: '2027-01-01T00:00:00.000Z' } })).rejects.toThrow(
    /lies ahead/,
  )
  await expect(
    ada.openIncident({ body: { ...body, detectedAt: clock(), occurredAt: '2026-12-30T00:00:00.000Z' } }),
  ).rejects.toThrow(/after detectedAt/)
  await expect(ada.openIncident({ body: { ...body, application: 'none' } })).rejects.toMatchObject({ status: 404 })
})

const form = (url: string) => url.split('#')[1] ?? ''

test('people answer a form without an account, once each, with consent, and may take it back', async () => {
  const { trial } = await ada.createTrial({
    params: { name: 'parcels' },
    body: {
      title: 'First look',
      consent: 'What you say is read by the team alone.',
      tasks: [{ id: 'read', text: 'Have a number read back' }],
      retentionDays: 30,
    },
  })
  const params = { id: trial.id }
  const { links } = await ada.createTrialLinks({
    params,
    body: { people: ['Uma User', 'Ugo User'], shared: { label: 'the poster', mostUses: 2 } },
  })
  const [uma, , poster] = links.map(({ url }) => form(url))
  expect(await airworthy.rowsOf(['trial_links'])).not.toContain(uma)
  const stranger = createClient({ baseUrl: airworthy.url, token: '' })
  const say = (token = '', rating = 5, comment: string | null = null) =>
    stranger.answerFeedbackForm({
      body: { token, rating, comment, consent: true, results: [{ task: 'read', outcome: 'done', minutes: 2 }] },
    })
  expect(await stranger.readFeedbackForm({ body: { token: uma ?? '' } })).toMatchObject({
    isShared: false,
    retentionDays: 30,
  })
  await expect(
    stranger.answerFeedbackForm({ body: { token: uma ?? '', rating: 5, consent: false as true } }),
  ).rejects.toThrow(/say yes/)
  await say(uma, 2, 'The number was wrong.')
  await expect(say(uma)).rejects.toMatchObject({ code: 'governance.form-gone' })
  await expect(say('made-up')).rejects.toMatchObject({ status: 404 })
  const { withdrawal } = await say(poster, 4, 'The number was right.')
  await say(poster, 5)
  await expect(say(poster)).rejects.toMatchObject({ code: 'governance.form-gone' })

  const whole = await ada.getTrial({ params })
  expect(whole.report).toMatchObject({ invited: 2, answeredOfInvited: 1, responseRate: 0.5, answers: 3, negative: 1 })
  expect(whole.answers.map(({ who }) => who)).toEqual(['Uma User', null, null])
  expect(whole.report.themes).toMatchObject([{ words: 'number', answers: 2, rating: 3 }])
  const shown = await airworthy.client.listTrials({ params: { name: 'parcels' } })
  expect(JSON.stringify(shown)).not.toContain('wrong.')

  await stranger.withdrawFeedback({ body: { withdrawal } })
  await expect(stranger.withdrawFeedback({ body: { withdrawal } })).rejects.toMatchObject({ status: 404 })
  expect((await ada.getTrial({ params })).answers).toHaveLength(2)
  await ada.closeTrial({ params })
  await expect(stranger.readFeedbackForm({ body: { token: form(links[1]?.url ?? '') } })).rejects.toThrow(/over/)
})

test('what people said is found and deleted with everything else about them', async () => {
  clock.advance(DAY)
  const copy = await client.exportPersonalData({ body: { identifiers: ['Uma User'] } })
  expect(await copy.text()).toContain('The number was wrong.')
})

test('the business owner signs the review over the figures of the day, and the calendar follows', async () => {
  const grace = await airworthy.person('Grace Owner', 'approver')
  const params = { name: 'parcels' }
  const sheet = await grace.getReviewSheet({ params })
  expect(sheet.figures.kpis).toEqual([expect.stringMatching(/misread numbers: never measured, from 0.2 to 0.05/)])
  const body = {
    notes: {
      kpis: 'Not measured yet.',
      risks: 'As before.',
      access: 'Two keys go.',
      waivers: 'None.',
      cost: 'Nothing.',
    },
    decision: 'change' as const,
    reasons: 'The KPI must be measured first.',
    people: ['Mary Risk'],
    actions: [{ text: 'Measure misread numbers', owner: 'Ada Builder', dueOn: '2026-12-20' }],
  }
  await expect(ada.holdReview({ params, body })).rejects.toMatchObject({ code: 'governance.review-not-yours' })
  const review = await grace.holdReview({ params, body })
  expect(review.sheet).toEqual(sheet)
  expect(await newest('prod.review')).toMatchObject({
    ...{ trust: 'attested', duty: 'business-owner', release: release.id },
    facts: { reviewed: { value: true }, decided: { value: true } },
  })
  const due = async () => (await ada.listUpkeep({ query: { application: 'parcels' } })).items.map(({ kind }) => kind)
  expect(await due()).toContain('action-due')
  await ada.finishReviewAction({ params: { id: review.id, action: 0 } })
  expect(await due()).not.toContain('action-due')

  const value = {
    triggers: ['x'],
    usersTold: 'x',
    dataDeleted: 'x',
    recordsKept: 'x',
    owner: 'x',
    endsOn: '2027-06-01',
  }
  await ada.putDocument({ params: { ...params, document: 'retirement' }, body: { value } })
  expect(await due()).toContain('application-ends')
  const file = await (await ada.exportUpkeep({ query: {} })).text()
  expect(file).toContain('DTSTART;VALUE=DATE:20270601')
})

test('a bias that pairs of cases show is a task, and ends with the release on which its re-test finds it gone', async () => {
  const cases = Array.from({ length: 120 }, (_, at) =>
    ['young', 'old'].map((age) => ({
      ...{ id: `c${at}-${age}`, cluster: `c${at}`, metadata: { age }, split: 'regress' },
      // The echo is right where the question is what is expected: for the young alone.
      ...{ input: age === 'young' ? 'Please call us.' : `Where do I go at ${at}?`, expected: 'Please call us.' },
    })),
  ).flat()
  const paired = {
    'datasets/paired.jsonl': cases.map((one) => JSON.stringify(one)).join('\n'),
    'evals/paired.yaml': JSON.stringify({
      dataset: 'paired',
      evaluators: ['token-f1'],
      primary: 'token-f1',
      slices: ['age'],
    }),
  }
  const name = 'fair'
  const measured = async (which: 'first' | 'worse') => {
    const { body } = await ada.freezeRelease({ params: { name }, body: {} })
    const run = await ada.createExperiment({ params: { id: body.id }, body: { suite: 'paired', against: null } })
    const id = 'id' in run.body ? run.body.id : expect.fail(`no experiment of ${which}`)
    await expect
      .poll(async () => (await ada.getExperiment({ params: { id } })).state, { timeout: 30_000 })
      .toBe('succeeded')
    const gate = await ada.runGate({ params: { id: body.id, stage: 'pilot' }, body: {} })
    if (gate.status === 202)
      await expect
        .poll(async () => (await ada.getJob({ params: { id: gate.body.job } })).state, { timeout: 60_000 })
        .toBe('succeeded')
    return body.id
  }
  const tasks = async () => (await ada.listMitigations({ params: { name } })).items

  await client.createApplication({ body: { name, files: echoApplication('first', paired) } })
  const biased = await measured('first')
  const [found] = await tasks()
  expect(found).toMatchObject({ finding: { release: biased }, isGone: false, retests: [], plan: null })
  expect(found?.finding.gap).toBeGreaterThan(0.5)
  const evidence = found?.finding.evidence ?? expect.fail('no bias was found')
  const plan = { owner: 'Ada Builder', plan: 'Answer everybody alike.', dueOn: '2026-12-24' }
  await ada.planMitigation({ params: { name, evidence }, body: plan })

  await client.putBlueprint({ params: { name }, body: { files: echoApplication('worse', paired) } })
  const mended = await measured('worse')
  expect(await tasks()).toMatchObject([
    { finding: { evidence }, isGone: true, plan, retests: [{ release: mended, isGone: true }] },
  ])
})
