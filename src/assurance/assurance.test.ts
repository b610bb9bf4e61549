import { expect, test } from 'vitest'
import type { Application } from '../core/application.ts'
import type { Manifest } from '../core/manifest.ts'
import type { ProducerContext } from '../core/producer.ts'
import type { Release } from '../core/release.ts'
import { digestOf } from '../kernel/digest.ts'
import type { MicroUsd } from '../kernel/money.ts'
import { type BudgetCapDeps, createBudgetCap } from './budget-cap.ts'
import { createDataQuality } from './data-quality/index.ts'
import type { PassageText } from './material.ts'
import { createSecretScan } from './secret-scan.ts'

const digest = digestOf('x')

function contextOf(more: Partial<Manifest> = {}, documents: Record<string, unknown> = {}): ProducerContext {
  const manifest: Manifest = {
    schema: 'airworthy.manifest/1',
    application: 'shop',
    prompts: [],
    models: [],
    flow: { name: 'main', digest, steps: [{ id: 'call', use: 'call-target' }] },
    baseline: null,
    index: null,
    target: null,
    datasets: [],
    suites: [],
    evaluators: [],
    priceBook: { name: 'p', digest },
    outside: [],
    ...more,
  }
  const valued = Object.entries(documents).map(([name, value]) => [name, { digest: digestOf(value), value }])
  return {
    release: { id: 'rel_01k9zzzzzzzzzzzzzzzzzzzzzz', application: 'shop', manifest } as Partial<Release> as Release,
    application: { name: 'shop', documents: Object.fromEntries(valued) } as Application,
    by: 'act_01k9zzzzzzzzzzzzzzzzzzzzzz',
    signal: new AbortController().signal,
    checks: [],
  }
}

const dataset = (name: string) => ({ name, digest, file: digest, rows: 0, splits: {} })
const INDEX = { name: 'knowledge', digest, file: digest, analyser: 'english', k1: 1.2, b: 0.75, passages: 1 }
const material = (rows: unknown[], passages: PassageText[] = []) => ({
  examplesOf: {
    async *pieces() {
      yield rows
    },
  },
  passagesOf: async () => passages,
})
const facts = (drafts: readonly { facts: Record<string, { value: unknown }> }[]) =>
  Object.fromEntries(Object.entries(drafts[0]?.facts ?? {}).map(([name, { value }]) => [name, value]))

test('data quality counts rows out of shape, duplicates, overlaps, strangers among the contexts and personal data', async () => {
  const rows = [
    { id: '1', input: 'How long is delivery?', split: 'build' },
    { id: '2', input: 'how long is DELIVERY', split: 'holdout', contexts: ['known', 'unknown'] },
    { id: '3', input: 'Can I return a gift card?', split: 'regress' },
    { id: '3', input: 'Who is ada@example.com?', split: 'regress' },
    { id: '5', input: '', split: 'regress' },
  ]
  const prompts = [{ name: 'answer', digest, frontMatter: {}, body: 'Q: can i return a gift-card\nA: no' }]
  const passage = { id: 'known', title: '', text: 'Card 4111 1111 1111 1111, call (020) 7946 0000' }
  const context = contextOf({ datasets: [dataset('questions')], index: INDEX, prompts }, { profile: {} })
  const drafts = await createDataQuality(material(rows, [passage])).run(context)

  expect(facts(drafts)).toMatchObject({
    schemaValid: 0.6,
    duplicateShare: 0.2,
    overlap: 2,
    personalData: 3,
    unknownContexts: 1,
    passages: 1,
  })
  expect(JSON.stringify(drafts)).not.toContain('ada@example.com')
  expect(drafts[0]?.inputs.map(({ kind }) => kind)).toEqual(['prompt', 'index', 'dataset', 'document'])
})

test.for([
  { personalData: 'none', unexpected: 3 },
  { personalData: 'unknown', unexpected: 3 },
  { personalData: 'contact', unexpected: 1 },
  { personalData: 'sensitive', unexpected: 1 },
])('a profile that says $personalData leaves $unexpected pieces unexpected', async ({ personalData, unexpected }) => {
  const rows = [{ id: '1', input: 'a@b.example, (020) 7946 0000, 378282246310005', split: 'build' }]
  const context = contextOf({ datasets: [dataset('questions')] }, { profile: { personalData } })
  expect(facts(await createDataQuality(material(rows)).run(context))).toMatchObject({
    personalData: unexpected,
    personalDataAnnounced: 3 - unexpected,
  })
})

test('where there is neither dataset nor index, data quality says nothing rather than "perfect"', async () => {
  expect(await createDataQuality(material([])).run(contextOf())).toEqual([])
})

test('the secret scan reads manifest, prompts, datasets and passages, and shows no secret', async () => {
  const key = `sk-${'aB3dE5gH7jK9mN1pQ4rS6tU8'}`
  const context = contextOf({
    prompts: [{ name: 'answer', digest, frontMatter: {}, body: `Authorization: ${key}` }],
    models: [{ name: 'm', digest, model: 'a/b', parameters: { header: key }, mutable: null }],
    datasets: [dataset('questions')],
    index: INDEX,
  })
  const passages = [{ id: 'p', title: 'Setup', text: `Use ${key}` }]
  const drafts = await createSecretScan(material([{ id: '1', input: `why ${key}` }], passages)).run(context)
  expect(facts(drafts)).toMatchObject({ secrets: 4, scanned: 4 })
  expect(JSON.stringify(drafts)).not.toContain(key)
  expect(drafts[0]?.inputs).toMatchObject([{ kind: 'release', name: 'shop' }])
  expect(facts(await createSecretScan(material([])).run(contextOf()))).toEqual({ secrets: 0, scanned: 1 })
})

test('a long scan lets others work in between and stops when it is told to', async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => ({ id: String(at), input: `Question ${at}?` }))
  const abort = new AbortController()
  setImmediate(() => abort.abort(new Error('enough')))
  const context = { ...contextOf({ datasets: [dataset('questions')] }), signal: abort.signal }
  await expect(createSecretScan(material(rows)).run(context)).rejects.toThrow('enough')
})

const cap = (answers: readonly (string | null)[], more: Partial<BudgetCapDeps> = {}) => {
  const state = { asked: 0, closed: 0 }
  const producer = createBudgetCap({
    capsOf: async () => ({ requestsPerMinute: 60, usdPerMonth: '50' }),
    costOfOneAnswer: async () => '12' as MicroUsd,
    openProbe: async () => ({
      ask: async () => {
        const refusedBy = answers[state.asked++] ?? null
        return { status: refusedBy ? 429 : 200, refusedBy }
      },
      close: async () => {
        state.closed += 1
      },
    }),
    ...more,
  })
  return { producer, state }
}

test('a cap that refuses the probe is tested; the probe is closed and the evidence hangs on the limits', async () => {
  const { producer, state } = cap([null, 'gateway.limit-requests-per-minute', 'gateway.limit-cost-per-month'])
  const drafts = await producer.run(contextOf({}, { limits: {} }))
  expect(facts(drafts)).toMatchObject({ capSet: true, refusalTested: true, moneyRefusalTested: true })
  expect(state).toEqual({ asked: 3, closed: 2 })
  expect(drafts[0]).toMatchObject({ trust: 'measured', inputs: [{ kind: 'document', name: 'limits' }] })
  expect(await producer.quote(contextOf())).toEqual({ calls: 1, costMicroUsd: '12', minutes: 1 })
})

test('a gateway that never refuses, and a cap that is not set, are said as they are', async () => {
  expect(facts(await cap([]).producer.run(contextOf()))).toMatchObject({ capSet: true, refusalTested: false })
  const { producer } = cap([null, 'gateway.limit-requests-per-minute', 'gateway.limit-cost-per-month'], {
    capsOf: async () => ({ requestsPerMinute: 60, usdPerMonth: null }),
  })
  expect(facts(await producer.run(contextOf()))).toMatchObject({ capSet: false, refusalTested: true })
})

test.for([
  [
    'a release that costs nothing cannot be refused for money',
    '0',
    [null, 'gateway.limit-requests-per-minute', null],
    true,
  ],
  ['one that costs something must be', '12', [null, 'gateway.limit-requests-per-minute', null], false],
  [
    'an unknown price is refused for money alone',
    '0',
    ['gateway.price-unknown', 'gateway.price-unknown', null, null, 'gateway.price-unknown'],
    false,
  ],
] as const)('%s', async ([, cost, answers, isTested]) => {
  const { producer } = cap(answers, { costOfOneAnswer: async () => cost as MicroUsd })
  expect(facts(await producer.run(contextOf()))).toMatchObject({ refusalTested: isTested })
})
