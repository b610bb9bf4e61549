/** Law and policy through the front door: what laws ask, what people are told, and what is recorded of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ask, createClient, type Evidence } from '../../sdk/index.ts'
import { ROOT, testAirworthy } from '../testing/airworthy.ts'

const airworthy = await testAirworthy()
const { client, options } = airworthy
afterAll(() => airworthy.close())

const name = 'shop'
const TOLD = 'A machine answers here. Ask for a person at any time.'
await client.createApplication({ body: { name, template: 'support-assistant' } })
const fileOf = async (path: string) => String((await client.getBlueprint({ params: { name } })).files[path])
const put = (path: string, file: string) => client.putBlueprintFile({ params: { name, path }, body: file })
const documentOf = async (document: 'classification' | 'dpia') =>
  (await client.getDocument({ params: { name, document } })).value

const evidenceFor = async (check: string): Promise<Evidence | undefined> =>
  (await client.listEvidence({ query: { application: name, check, limit: 1 } })).items[0]

test('answers stand in classification.yaml, beside what was there, and change what laws ask', async () => {
  const before = await client.getLaw({ params: { name } })
  expect(before.laws.map(({ law, state }) => [law, state])).toEqual([
    ['eu-ai-act', 'may-apply'],
    ['gdpr', 'does-not-apply'],
    ['ccpa', 'does-not-apply'],
  ])
  const after = await client.answerLaw({
    params: { name },
    body: { answers: { aiRole: 'provider', aiTalks: 'yes', aiArea: 'unknown' } },
  })
  expect(after.unanswered).toBe(before.unanswered - 3)
  const told = after.laws[0]?.obligations.find(({ id }) => id === 'ai-50-1')
  expect(told).toMatchObject({ state: 'applies', from: '2026-08-02', relevant: [{ check: 'legal.transparency' }] })
  expect(await fileOf('classification.yaml')).toContain('# What follows from a chatbot')
  expect(await documentOf('classification')).toMatchObject({ riskClass: 'limited', answers: { aiArea: 'unknown' } })
  await client.answerLaw({ params: { name }, body: { answers: { aiArea: null } } })
  expect(Object.keys((await documentOf('classification'))?.answers as object)).toEqual(['aiRole', 'aiTalks'])
})

test.for([
  [{ aiRole: 'boss' }, /answers\.aiRole: “boss” is no answer; choose one of provider, deployer/],
  [{ colour: 'red' }, /answers\.colour: there is no such question/],
])('the answer %j is refused by name', async ([answers, message]) => {
  await expect(
    client.answerLaw({ params: { name }, body: { answers: answers as Record<string, string> } }),
  ).rejects.toThrow(message as RegExp)
})

test('what laws ask is taken away on paper, with the caution on it and without a claim that it is met', async () => {
  for (const format of ['markdown', 'html', 'csv'] as const) {
    const text = await (await client.exportLaw({ params: { name }, query: { format } })).text()
    expect(text).toContain('Art 50(1)')
    expect(text.toLowerCase()).not.toContain('compliant')
    if (format !== 'csv') expect(text).toContain('This is no legal advice.')
  }
})

test('people are told what the release says: in a header, in their language, in the API, and a probe finds it', async () => {
  const settings = await fileOf('airworthy.yaml')
  await expect(put('airworthy.yaml', `${settings}\ndisclosure: { text: "AI" }\n`)).rejects.toThrow(
    /at least 10 characters/,
  )
  const marks = 'synthetic: [{ kind: text, marking: said at the top of each answer }, { kind: image }]'
  await put(
    'airworthy.yaml',
    `${settings}\ndisclosure: { text: "${TOLD}", translations: { de: Hier antwortet eine Maschine. }, ${marks} }\n`,
  )
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  const question = { model: name, messages: [{ role: 'user' as const, content: 'How long may I return it?' }] }
  expect((await ask(options, question)).disclosure).toBe(TOLD)
  const streamed = await fetch(`${options.baseUrl}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.token}`,
      'content-type': 'application/json',
      'accept-language': 'de-AT',
    },
    body: JSON.stringify({ ...question, stream: true }),
  })
  await streamed.text()
  expect(decodeURIComponent(streamed.headers.get('airworthy-disclosure') ?? '')).toBe('Hier antwortet eine Maschine.')
  const { secret } = await client.createKey({ body: { name: 'page', role: 'builder', application: name } })
  const page = createClient({ ...options, token: secret })
  expect(await page.getDisclosure({ params: { name } })).toMatchObject({
    declared: { text: TOLD },
    live: [{ stage: 'sandbox', release: release.id, isAsDeclared: true }],
  })
})

test('a screening is answered once, and says whether an assessment is due', async () => {
  const settings = await fileOf('airworthy.yaml')
  await put('airworthy.yaml', settings.replace('personalData: none', 'personalData: contact'))
  const { items } = await client.listLaws()
  const screening = items.flatMap(({ questions }) => questions.filter(({ group }) => group === 'screening'))
  const answers = Object.fromEntries(
    screening.map(({ id }) => [id, ['dpiaNew', 'dpiaScale'].includes(id) ? 'yes' : 'no']),
  )
  const { laws } = await client.answerLaw({ params: { name }, body: { answers } })
  expect(laws[1]).toMatchObject({ law: 'gdpr', state: 'applies', screening: { due: 'yes', open: [] } })
  const value = {
    screenedBy: 'Ada',
    screenedOn: '2026-11-20',
    risks: [{ harm: 'told to others', likelihood: 2, severity: 3 }],
  }
  await client.putDocument({ params: { name, document: 'dpia' }, body: { value } })
  const rest = {
    description: 'questions of customers',
    necessity: 'to answer',
    rights: 'told on the page',
    consulted: 'the officer agrees',
  }
  const approved = { ...value, ...rest, approvedBy: 'Bo', approvedOn: '2026-11-21' }
  await client.putDocument({ params: { name, document: 'dpia' }, body: { value: approved } })
})

test('cards say of each field where it comes from, and hold what was claimed against the evidence', async () => {
  const card = {
    limitations: ['It knows the help pages alone.'],
    recommendations: ['Ask a person about orders.'],
    contact: 'help@alder.example',
    oversight: 'Bo reads twenty answers a week and may stop it.',
    claims: [{ check: 'eval.smoke', fact: 'cases', value: 100_000 }],
  }
  await client.putDocument({ params: { name, document: 'card' }, body: { value: card } })
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  const system = await client.getReleaseCard({ params: { id: release.id, card: 'system' } })
  const fields = Object.fromEntries(system.sections.flatMap((one) => one.fields).map((one) => [one.label, one]))
  expect(fields.Limitations).toMatchObject({ origin: 'authored', lines: card.limitations })
  expect(fields.Models).toMatchObject({ origin: 'computed', from: 'manifest' })
  expect(fields['Risk class']).toMatchObject({ origin: 'referenced', lines: ['limited'] })
  expect(fields['People are told']?.lines).toEqual([TOLD])
  expect(system.empty).toContain('People: Who answers for it')
  const models = await client.getReleaseCard({ params: { id: release.id, card: 'models' } })
  expect(models.sections.map(({ title }) => title)).toContain('local/extractive')
  const annex = await client.getReleaseCard({ params: { id: release.id, card: 'annex-iv' } })
  expect(annex.sections.map(({ title }) => title[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
  for (const format of ['markdown', 'html'] as const) {
    const params = { id: release.id, card: 'data' as const }
    const text = await (await client.exportReleaseCard({ params, query: { format } })).text()
    expect(text).toContain('53 ')
    expect(text).toContain('referenced')
  }
})

test('coverage says where evidence is, and an update of a pack says whom it touches', async () => {
  const { frameworks } = await client.getControlCoverage({ params: { name } })
  const rmf = frameworks.find(({ framework }) => framework === 'nist-ai-rmf')
  expect(Object.values(rmf?.counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(72)
  expect(rmf?.counts['no-check']).toBeGreaterThan(0)
  const csv = await (await client.exportControlCoverage({ params: { name }, query: { format: 'csv' } })).text()
  expect(csv).toContain('ISO/IEC 42001,A.6.2.4,')

  const act = JSON.parse(readFileSync(join(ROOT, 'packs', 'law', 'eu-ai-act.json'), 'utf8'))
  const obligations = act.obligations.map((one: { id: string }) =>
    one.id === 'ai-50-1' ? { ...one, says: 'Otherwise.' } : one,
  )
  const changes = await client.comparePack({ body: { kind: 'law', pack: { ...act, version: '1.2.0', obligations } } })
  expect(changes).toMatchObject({
    before: { version: '1.1.0' },
    after: { version: '1.2.0' },
    items: [{ id: 'ai-50-1', change: 'changed', checks: ['legal.transparency'] }],
    checks: ['legal.transparency'],
    applications: [{ application: name }],
  })
  expect((await client.comparePack({ body: { kind: 'law', pack: act } })).applications).toEqual([])
  await expect(client.comparePack({ body: { kind: 'crosswalk', pack: { title: 'x' } } })).rejects.toThrow(
    /pack\.framework/,
  )
})

test('what comes from outside without a licence stays in the sandbox, and so does what its owner did not permit', async () => {
  const inventory = (more: object) => ({
    sources: [
      { name: 'pages', covers: ['knowledge'], origin: 'internal', licence: 'ours', ...more },
      { name: 'cases', covers: ['questions', 'questions-bias'], origin: 'internal', licence: 'ours' },
    ],
  })
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  const into = async (more: object) => {
    await client.putDocument({ params: { name, document: 'inventory' }, body: { value: inventory(more) } })
    return client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
  }
  await expect(into({ origin: 'public', licence: '' })).rejects.toThrow(/pages comes from outside and has no licence/)
  await expect(into({ permittedStages: ['sandbox'] })).rejects.toThrow(/pages may be used in sandbox, not in poc/)
  expect(await into({ origin: 'public', licence: 'CC-BY-4.0' })).toMatchObject({ status: 409, body: { kind: 'held' } })
  const steps = [{ name: 'extract-text', version: '1.4', detail: '' }]
  await into({ freshnessDays: 30, refreshedOn: '2026-01-01', steps })
  const { sources, uncovered } = await client.getDataGovernance({ params: { name } })
  expect(sources[0]).toMatchObject({ dueOn: '2026-01-31', isOverdue: true, refusedIn: [], steps })
  expect(sources[0]?.missing).toContain('owner')
  expect(uncovered).toEqual([])
})

test('what a class keeps from a role is refused at every door that gives it out, and the refusal is on record', async () => {
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  await client.createDataset({ body: { name: 'kept', application: name } })
  const rows = Uint8Array.from(Buffer.from('{"id":"a","input":"Where?","split":"build"}\n'))
  const query = { reason: 'to be read', file: 'rows.jsonl' }
  await client.importRows({ params: { dataset: 'kept' }, query, body: rows })
  const said = (documents: object, datasets: object) =>
    client.putDocument({
      params: { name, document: 'inventory' },
      body: {
        value: {
          sources: [
            { name: 'pages', covers: ['knowledge'], ...documents },
            { name: 'cases', covers: ['questions', 'questions-bias', 'kept'], ...datasets },
          ],
        },
      },
    })
  const { trace } = await ask(options, { model: `${name}@sandbox`, messages: [{ role: 'user', content: 'A parcel?' }] })
  const measured = await client.createExperiment({ params: { id: release.id }, body: { suite: 'questions' } })
  const experiment = 'id' in measured.body ? measured.body.id : expect.fail('a quote came')
  const roles = ['viewer', 'builder', 'auditor', 'owner'] as const
  const people = await Promise.all(
    roles.map(async (role) => [role, await airworthy.person(`Data ${role}`, role)] as const),
  )
  type Person = (typeof people)[number][1]
  const doors: Readonly<Record<string, (of: Person) => Promise<unknown>>> = {
    search: (of) => of.searchPassages({ params: { id: release.id }, query: { q: 'parcel' } }),
    examples: (of) => of.listExamples({ params: { name, dataset: 'questions' }, query: {} }),
    rows: (of) => of.listDatasetRows({ params: { dataset: 'kept' }, query: {} }),
    files: (of) => of.getBlueprint({ params: { name } }),
    explanation: (of) => of.explainAnswer({ params: { id: trace } }),
    trace: (of) => of.getTrace({ params: { id: trace } }),
    'experiment rows': (of) => of.listExperimentRows({ params: { id: experiment }, query: {} }),
    report: (of) => of.getExperimentReport({ params: { id: experiment }, query: { format: 'promptfoo' } }),
    failures: (of) => of.listFailureClusters({ params: { id: experiment } }),
    exit: (of) => of.exportExit({ params: { id: release.id } }),
  }
  await expect
    .poll(async () => (await client.getExperiment({ params: { id: experiment } })).state, { timeout: 30_000 })
    .toBe('succeeded')
  const asked = { application: name, name: 'Is it right?', data: 'answers', guidelines: 'By the passages.' }
  const choices = ['right', 'wrong'].map((value) => ({ value, isGood: value === 'right' }))
  const body = { ...asked, choices, from: { experiment } }
  const { id: queue } = await client.createAnnotationQueue({ body })
  const { task } = await client.nextAnnotation({ params: { id: queue } })
  const params = { id: task?.item.id ?? '' }
  const builderDoors: typeof doors = {
    next: (of) => of.nextAnnotation({ params: { id: queue } }),
    item: (of) => of.getAnnotationTask({ params }),
    items: (of) => of.listAnnotationItems({ params: { id: queue } }),
    disputes: (of) => of.listDisputes({ params: { id: queue } }),
    label: (of) => of.labelAnnotation({ params, body: { value: 'right' } }),
    examples: (of) => of.exportAnnotations({ params: { id: queue } }),
    stability: (of) => of.writeStabilitySuite({ params: { name }, body: { suite: 'questions', dryRun: true } }),
    bias: (of) => of.writeBiasSuite({ params: { name }, body: { suite: 'questions', dryRun: true } }),
  }
  const refusedTo = async (through = doors, readers = people) => {
    const refused: Record<string, string[]> = {}
    for (const [door, read] of Object.entries(through)) {
      refused[door] = []
      for (const [role, person] of readers)
        await read(person).catch(({ code }: { code: string }) => {
          expect(code).toBe('governance.data-closed')
          refused[door]?.push(role)
        })
    }
    return refused
  }
  await said({}, { class: 'internal' })
  expect(await refusedTo()).toEqual(Object.fromEntries(Object.keys(doors).map((door) => [door, []])))
  const ofBuilder = (roles: string[]) => Object.fromEntries(Object.keys(builderDoors).map((door) => [door, roles]))
  expect(await refusedTo(builderDoors, people.slice(1, 2))).toEqual(ofBuilder([]))
  await said({ class: 'confidential' }, { class: 'restricted' })
  expect(await refusedTo(builderDoors, people.slice(1, 2))).toEqual(ofBuilder(['builder']))
  const [viewer, builder] = ['viewer', 'builder']
  const [ofDocuments, ofDatasets] = [[viewer], [viewer, builder]]
  expect(await refusedTo()).toEqual({
    ...{ search: ofDocuments, explanation: ofDocuments, trace: ofDocuments },
    examples: ofDatasets,
    rows: ofDatasets,
    'experiment rows': ofDatasets,
    report: ofDatasets,
    failures: ofDatasets,
    exit: ofDatasets,
    files: ofDatasets,
  })
  await said({ class: 'public', readers: ['auditor'] }, { class: 'restricted', readers: ['builder'] })
  const readsDatasets = { ...ofBuilder([builder]), stability: [], bias: [] }
  expect(await refusedTo(builderDoors, people.slice(1, 2))).toEqual(readsDatasets)
  expect(await refusedTo()).toMatchObject({ search: [viewer, builder], rows: [viewer, 'auditor'] })
  const { items } = await client.listAudit({ query: { action: 'governance.refuse-data' } })
  expect(items[0]).toMatchObject({ subject: name, detail: { source: expect.any(String), role: expect.any(String) } })
  await said({}, {})
})

test('a data gap leads to a request, and closes when the dataset is registered', async () => {
  const gap = await client.addDataGap({ params: { name }, body: { title: 'French', reason: 'a fifth write French' } })
  expect(gap.state).toBe('open')
  const params = { name, gap: gap.id }
  const asked = await client.requestDataset({ params, body: { dataset: 'french', askedOf: 'Ada' } })
  expect(asked).toMatchObject({ state: 'requested', dataset: 'french', closedBy: null })
  await client.createDataset({ body: { name: 'french' } })
  await client.importRows({
    params: { dataset: 'french' },
    query: { reason: 'asked of Ada', file: 'rows.jsonl' },
    body: Uint8Array.from(Buffer.from('{"id":"a","input":"Bonjour ?","split":"build"}\n')),
  })
  const { gaps } = await client.getDataGovernance({ params: { name } })
  expect(gaps).toMatchObject([{ id: gap.id, state: 'closed', closedBy: { version: 1 } }])
  await expect(
    client.requestDataset({ params: { name: 'other', gap: gap.id }, body: { dataset: 'x', askedOf: 'y' } }),
  ).rejects.toThrow(/no data gap/)
})

test('a policy is acknowledged by version; a new version makes it stale and holds the freeze', async () => {
  const publish = (text: string) =>
    client.publishPolicy({
      params: { policy: 'use-of-ai' },
      body: { title: 'Use of AI', text, isRequired: true, checks: ['gov.owner'] },
    })
  expect(await publish('We ask a person first.')).toMatchObject({ version: 1, mine: 'missing' })
  expect(await publish('We ask a person first.')).toMatchObject({ version: 1 })
  await client.acknowledgePolicy({ params: { policy: 'use-of-ai' }, body: { version: 1 } })
  expect((await client.listPolicies()).items).toMatchObject([{ mine: 'acknowledged', people: [{ version: 1 }] }])
  await publish('We ask two people first.')
  expect((await client.listPolicies()).items).toMatchObject([
    { version: 2, mine: 'stale', people: [{ standing: 'stale' }] },
  ])
  await put(
    'airworthy.yaml',
    `${await fileOf('airworthy.yaml')}# a change\n`.replace('usdPerMonth: "50"', 'usdPerMonth: "49"'),
  )
  await put('prompts/other.prompt', 'Say {{question}}')
  await expect(client.freezeRelease({ params: { name }, body: {} })).rejects.toThrow(
    /acknowledge use-of-ai \(version 2\)/,
  )
  await expect(client.acknowledgePolicy({ params: { policy: 'use-of-ai' }, body: { version: 1 } })).rejects.toThrow(
    /at version 2/,
  )
  await client.acknowledgePolicy({ params: { policy: 'use-of-ai' }, body: { version: 2 } })
  await expect(
    publish('x'.repeat(3)).then(() =>
      client.publishPolicy({ params: { policy: 'x' }, body: { title: 'x', text: 'x', checks: ['eval.luck'] } }),
    ),
  ).rejects.toThrow(/no check eval\.luck/)
  await client.acknowledgePolicy({ params: { policy: 'use-of-ai' }, body: { version: 3 } })
  expect(await client.freezeRelease({ params: { name }, body: {} })).toMatchObject({ status: 201 })
})

test('new applications inherit the standards, and a freeze refuses what they do not allow', async () => {
  const told = { text: 'Alder & Wren: a machine answers here.' }
  const defaults = { disclosure: told, privacy: { retention: { tracesDays: 90 } } }
  await client.putStandards({
    body: { models: ['local/extractive'], templates: ['support-assistant'], fixed: ['disclosure'], defaults },
  })
  await client.createApplication({ body: { name: 'second', template: 'support-assistant' } })
  const { declared } = await client.getDisclosure({ params: { name: 'second' } })
  expect(declared).toMatchObject(told)
  await expect(client.freezeRelease({ params: { name: 'second' }, body: {} })).rejects.toThrow(
    /local\/first-sentence is not among the allowed models/,
  )
  await client.putStandards({ body: { models: ['local/*'], fixed: ['disclosure'], defaults } })
  expect(await client.freezeRelease({ params: { name: 'second' }, body: {} })).toMatchObject({ status: 201 })
  const settings = String((await client.getBlueprint({ params: { name: 'second' } })).files['airworthy.yaml'])
  expect(settings).toContain('tracesDays: 90')
  await client.putBlueprintFile({
    params: { name: 'second', path: 'airworthy.yaml' },
    body: settings.replace(told.text, 'Nobody answers here.'),
  })
  await expect(client.freezeRelease({ params: { name: 'second' }, body: {} })).rejects.toThrow(
    /disclosure must be as the standards/,
  )
  await client.putStandards({ body: {} })
})

test('one run of the gate records what was measured and read', async () => {
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  const run = await client.runGate({ params: { id: release.id, stage: 'production' }, body: {} })
  if (run.status !== 202) throw new Error(`The gate did not run: ${run.body.kind}`)
  const { job } = run.body
  await expect
    .poll(async () => (await client.getJob({ params: { id: job as never } })).state, { timeout: 30_000, interval: 100 })
    .toBe('succeeded')
  expect(await evidenceFor('legal.transparency')).toMatchObject({
    trust: 'measured',
    facts: { disclosureShown: { value: true }, unmarkedContent: { value: 1, n: 2 } },
  })
  expect(await evidenceFor('priv.dpia')).toMatchObject({
    trust: 'attested',
    duty: 'privacy',
    facts: { screened: { value: true }, openAssessment: { value: false }, residualAboveTolerance: { value: 0, n: 1 } },
  })
  expect(await evidenceFor('docs.card')).toMatchObject({
    duty: 'technical-lead',
    facts: { factsThatDiffer: { value: 1, n: 1 }, limitationsByPerson: { value: true } },
  })
  expect(await evidenceFor('legal.techdoc')).toMatchObject({ facts: { missingReferences: { value: 0 } } })
  expect(await evidenceFor('data.lineage')).toMatchObject({
    trust: 'measured',
    facts: { deletionReached: { value: true }, untraceableAnswers: { n: 3 } },
  })
  expect(await evidenceFor('gov.classification')).toMatchObject({ facts: { answered: { value: false } } })
})
