import { expect, test } from 'vitest'
import type { Application } from '../../core/application.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { ProducerContext } from '../../core/producer.ts'
import type { Release } from '../../core/release.ts'
import { digestOf } from '../../kernel/digest.ts'
import { stoppedClock } from '../../kernel/time.ts'
import { createDocumentProducers, documentProblems } from './documents.ts'
import { SEED_RISKS } from './risks.ts'

const producers = createDocumentProducers({ clock: stoppedClock('2026-03-01T00:00:00.000Z') })
const digest = digestOf('x')
const ada = 'act_01k9zzzzzzzzzzzzzzzzzzzzzz' as const

const manifest: Manifest = {
  schema: 'airworthy.manifest/1',
  application: 'shop',
  prompts: [],
  models: [
    { name: 'answer', digest, model: 'openai/gpt', parameters: {}, mutable: 'an alias' },
    { name: 'reader', digest, model: 'local/extractive', parameters: {}, mutable: null },
  ],
  flow: { name: 'main', digest, steps: [{ id: 'call', use: 'call-target' }] },
  baseline: null,
  index: { name: 'knowledge', digest, file: digest, analyser: 'english', k1: 1.2, b: 0.75, passages: 1 },
  target: null,
  datasets: [{ name: 'questions', digest, file: digest, rows: 1, splits: {} }],
  suites: [],
  evaluators: [],
  priceBook: { name: 'p', digest },
  outside: [],
}

const documentsOf = (values: Record<string, unknown>): Application['documents'] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { digest: digestOf(value), value }]))

async function answer(check: string, values: Record<string, unknown>) {
  const context: ProducerContext = {
    release: { id: 'rel_01k9zzzzzzzzzzzzzzzzzzzzzz', application: 'shop', manifest } as Partial<Release> as Release,
    application: { name: 'shop', documents: documentsOf(values) } as Partial<Application> as Application,
    by: ada,
    signal: new AbortController().signal,
    checks: [],
  }
  const producer = producers.find(({ checks }) => checks.includes(check))
  const [draft] = (await producer?.run(context)) ?? []
  const facts = Object.fromEntries(Object.entries(draft?.facts ?? {}).map(([name, { value }]) => [name, value]))
  return { draft, facts }
}

const charter = {
  problem: 'People wait a day for an answer.',
  users: ['customers'],
  owner: 'Ada',
  nonGoals: ['refunds'],
  stopCriteria: ['wrong answers above 5 %'],
  kpis: [{ name: 'first answer', baseline: '24 h', target: '1 min' }],
}
const answers = Object.fromEntries(
  ['domainKnowledge', 'domainExperts', 'steps', 'variability', 'dataAvailable', 'dataPrivacy', 'reasoning'].map(
    (question) => [question, 'answered'],
  ),
)
const decision = {
  assessment: { ...answers, explanations: 'sources', deployment: { unknown: true, test: 'load test' } },
  chosen: { option: 'retrieval', reasons: ['documents change'] },
  rejected: [{ option: 'fine-tuning', reasons: ['30 examples'] }],
  baseline: 'first sentence',
}
const classification = {
  role: 'deployer',
  prohibitedPractices: [],
  riskClass: 'limited',
  reasons: 'a chatbot',
  transparencyDuties: ['say that it is a machine'],
  jurisdictions: ['EU'],
  sectorRules: [],
}
const risk = (category: string, more: object = {}) => ({
  id: category,
  title: category,
  category,
  owner: 'Ada',
  likelihood: 2,
  severity: 3,
  treatment: 'reduce',
  measures: ['review'],
  controls: ['data.quality'],
  ...more,
})
const seeds = Object.keys(SEED_RISKS)
const approval = { licence: 'MIT', useAllowed: true, dataUse: 'none', region: 'EU', card: 'card.md', approvedBy: 'Ada' }
const source = {
  name: 'help pages',
  covers: ['knowledge', 'questions'],
  origin: 'internal',
  owner: 'Ada',
  legalBasis: 'own texts',
  personalData: 'none',
  region: 'EU',
  retention: 'while it runs',
  refresh: 'monthly',
}

test.for([
  { check: 'biz.charter', documents: { charter }, facts: { complete: true, kpisWithBaselineAndTarget: 1, missing: 0 } },
  {
    check: 'biz.charter',
    documents: {
      charter: { ...charter, owner: 'TODO', nonGoals: [], kpis: [{ name: 'x', target: 1, baseline: '?' }] },
    },
    facts: { complete: false, kpisWithBaselineAndTarget: 0, missing: 2 },
  },
  { check: 'strat.decision', documents: { decision }, facts: { answered: 1, baselineNamed: true, rejectedOptions: 1 } },
  {
    check: 'strat.decision',
    documents: {
      decision: { ...decision, chosen: { option: 'retrieval' }, rejected: [{ option: 'x' }], baseline: '' },
    },
    facts: { answered: 0.99, baselineNamed: false, rejectedOptions: 0 },
  },
  { check: 'strat.decision', documents: { decision: { assessment: { steps: 1 } } }, facts: { answered: 1 / 9 } },
  {
    check: 'strat.decision',
    documents: {
      decision: { ...decision, assessment: { steps: 'two' }, dissent: 'A search would do.', revisitOn: '2027-01-01' },
      assessment: {
        answers: Object.fromEntries(
          [
            ...['domainDepth', 'expertHours', 'variability', 'labelledExamples'],
            ...['personalData', 'reasoning', 'explanations', 'deployment'],
          ].map((question) => [question, 'unknown']),
        ),
      },
    },
    facts: { answered: 1, dissentRecorded: true, revisitNamed: true },
  },
  {
    check: 'gov.classification',
    documents: { classification, profile: {} },
    facts: { answered: true, prohibited: false, riskClass: 'limited' },
  },
  {
    check: 'gov.classification',
    documents: { classification: { ...classification, sectorRules: null, role: 'unsure' } },
    facts: { answered: false, prohibited: false },
  },
  {
    check: 'gov.classification',
    documents: { classification: { ...classification, prohibitedPractices: ['social scoring'] } },
    facts: { prohibited: true },
  },
  {
    check: 'risk.register',
    documents: { risks: { risks: seeds.map((seed) => risk(seed)) } },
    facts: { risks: 6, unrated: 0, untreated: 0, aboveTolerance: 0, missingSeedRisks: 0 },
  },
  {
    check: 'risk.register',
    documents: {
      risks: {
        tolerance: 5,
        risks: [
          risk('cost', { severity: null }),
          risk('ethics', { controls: [], residualLikelihood: 1 }),
          risk('security'),
          risk('expertise', { acceptedBy: 'Ada', acceptedUntil: '2026-03-01' }),
          risk('data-bias', { acceptedBy: 'Ada', acceptedUntil: '2026-02-28' }),
        ],
      },
    },
    facts: { risks: 5, unrated: 1, untreated: 1, aboveTolerance: 2, missingSeedRisks: 1 },
  },
  {
    check: 'model.approved',
    documents: {
      approvals: {
        models: [
          { ...approval, model: 'openai/gpt', mutableAccepted: true },
          { ...approval, model: 'local/extractive' },
        ],
      },
    },
    facts: { unapproved: 0 },
  },
  {
    check: 'model.approved',
    documents: { approvals: { models: [{ ...approval, model: 'openai/gpt' }] } },
    facts: { unapproved: 2 },
  },
  { check: 'data.inventory', documents: { inventory: { sources: [source] } }, facts: { sources: 1, incomplete: 0 } },
  {
    check: 'data.inventory',
    documents: { inventory: { sources: [{ ...source, covers: ['knowledge'], personalData: 'unknown' }] } },
    facts: { sources: 1, incomplete: 2 },
  },
  {
    check: 'data.inventory',
    documents: { inventory: { sources: [{ ...source, origin: 'external', legalBasis: '', licence: 'TODO' }] } },
    facts: { sources: 1, incomplete: 1 },
  },
])('$check reads a document into $facts', async ({ check, documents, facts }) => {
  expect((await answer(check, documents)).facts).toMatchObject(facts)
})

test('a document that is absent yields nothing, so its check stays missing', async () => {
  for (const { run } of producers) expect(await run({ ...(await contextWithout()) })).toEqual([])
})

const contextWithout = async (): Promise<ProducerContext> => ({
  release: { id: 'rel_01k9zzzzzzzzzzzzzzzzzzzzzz', application: 'shop', manifest } as Partial<Release> as Release,
  application: { name: 'shop', documents: {} } as Partial<Application> as Application,
  by: ada,
  signal: new AbortController().signal,
  checks: [],
})

test.for([
  { check: 'gov.classification', documents: { classification, profile: {} }, inputs: ['classification', 'profile'] },
  { check: 'model.approved', documents: { approvals: { models: [] } }, inputs: ['approvals', 'answer', 'reader'] },
  {
    check: 'data.inventory',
    documents: { inventory: { sources: [] } },
    inputs: ['inventory', 'answer', 'knowledge', 'questions'],
  },
])('$check depends on $inputs', async ({ check, documents, inputs }) => {
  const { draft } = await answer(check, documents)
  expect(draft?.inputs.map(({ name }) => name)).toEqual(inputs)
  expect(draft).toMatchObject({ trust: 'attested', by: ada, example: false })
})

test('a document of example people says so in its evidence, under the duty that signs', async () => {
  expect((await answer('biz.charter', { charter: { ...charter, example: true } })).draft).toMatchObject({
    duty: 'business-owner',
    example: true,
  })
})

test('what has the wrong shape is told with file and field, for all documents at once', async () => {
  const documents = documentsOf({
    charter: { ...charter, kpi: [] },
    risks: { risks: [risk('cost'), risk('cost'), risk('weather', { likelihood: 9 })] },
    approvals: { models: 'all' },
    roadmap: { anything: true },
  })
  expect(documentProblems(documents).map(({ file, field }) => `${file} ${field}`)).toEqual([
    'charter.yaml ',
    'risks.yaml risks.2.category',
    'risks.yaml risks.2.likelihood',
    'approvals.yaml models',
  ])
  await expect(answer('biz.charter', { charter: 'none' })).rejects.toThrow(
    /^charter\.yaml, the whole: .* Mend the file/,
  )
})

const duties = { 'business-owner': 'Ada', 'technical-lead': 'Bo', security: 'Cy', operations: 'Bo' }
test.for([
  { duties, facts: { missingDuties: 0, forbiddenOverlaps: 0, solo: false } },
  { duties: {}, facts: { missingDuties: 4, forbiddenOverlaps: 0, solo: false } },
  { duties: { ...duties, security: ' bo ' }, facts: { missingDuties: 0, forbiddenOverlaps: 1 } },
  {
    duties: { ...duties, security: '', risk: 'Ada', operations: 'tbd' },
    facts: { missingDuties: 1, forbiddenOverlaps: 1 },
  },
  {
    duties: { 'business-owner': 'Ada', 'technical-lead': 'Ada', security: 'Ada', operations: 'ada' },
    facts: { missingDuties: 0, forbiddenOverlaps: 0, solo: true },
  },
])('duties $duties give $facts', async (row) => {
  const { draft, facts } = await answer('gov.owner', { duties: row.duties })
  expect(facts).toMatchObject(row.facts)
  expect(draft).toMatchObject({ trust: 'measured', inputs: [{ kind: 'document', name: 'duties' }] })
})
