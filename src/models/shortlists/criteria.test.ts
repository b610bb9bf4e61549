import { expect, test } from 'vitest'
import { joinFields, type ModelFacts } from '../cards/index.ts'
import { budgetVerdict, monthlyCostOf, Volume } from './budget.ts'
import { Criteria, judgeAll, type Known } from './criteria.ts'

const known = (model: string, facts: ModelFacts, more: Partial<Known> = {}): Known => ({
  model,
  servingMode: 'api',
  fields: joinFields([
    {
      organisation: 'org',
      model,
      kind: 'own',
      place: 'a test',
      facts,
      verified: {},
      recordedAt: '2026-01-01T00:00:00.000Z' as never,
      recordedBy: null,
    },
  ]),
  approval: { state: 'none', stages: [] },
  completeness: { known: 1, of: 18 },
  findings: [],
  ...more,
})
const judge = (facts: ModelFacts, criteria: object, more: Partial<Known> = {}) =>
  judgeAll([known('a/b', facts, more)], Criteria.parse(criteria))[0]

test.for([
  ['takes', { modalitiesIn: ['text'] }, { takes: ['image'] }, 'eliminated', 'without image'],
  ['takes', { modalitiesIn: ['text', 'image'] }, { takes: ['image'] }, 'kept', ''],
  ['takes', {}, { takes: ['image'] }, 'open', 'Nobody says'],
  ['context', { contextTokens: 8000 }, { contextAtLeast: 32000 }, 'eliminated', 'less than 32000'],
  ['a must', { tools: false }, { must: ['tools'] }, 'eliminated', 'tools is no'],
  ['a must', {}, { must: ['tools'] }, 'open', 'Nobody says its tools'],
  [
    'licence',
    { licence: 'CC-BY-NC-4.0' },
    { licences: ['Apache-2.0', 'MIT'] },
    'eliminated',
    'licence is CC-BY-NC-4.0',
  ],
  ['licence', { licence: 'CC-BY-4.0' }, { licences: ['CC-*'] }, 'kept', ''],
  ['how it is served', {}, { servingModes: ['self-hosted'] }, 'eliminated', 'served as api'],
  ['approval', {}, { approvedOnly: true }, 'eliminated', 'not approved'],
] as const)('%s decides, and says why', ([, facts, criteria, outcome, why]) => {
  const found = judge(structuredClone(facts) as ModelFacts, criteria)
  expect(found?.outcome).toBe(outcome)
  expect(found?.reasons.map((reason) => reason.why).join(' ')).toContain(why)
})

const volume = Volume.parse({
  requestsPerMonth: { low: 10_000, high: 30_000 },
  inputTokens: { low: 500, high: 1000 },
  outputTokens: { low: 100, high: 200 },
})

test('what a month takes lies between the least and the most of what is expected, exactly', () => {
  // 10,000 × (500 × $0.15 + 100 × $0.60) / million = $1.35; 30,000 × (1000 × 0.15 + 200 × 0.60) / million = $8.10
  expect(monthlyCostOf(volume, { input: '0.15', output: '0.6' })).toEqual({ low: '1.35', high: '8.10' })
  expect(monthlyCostOf(volume, { input: '0', output: '0' })).toEqual({ low: '0.00', high: '0.00' })
  expect(monthlyCostOf(volume, { input: '0.15', output: null }), 'half a price is none').toBeNull()
})

test.for([
  ['10', 'fits', 'kept'],
  ['8.1', 'fits', 'kept'],
  ['5', 'depends', 'open'],
  ['1.34', 'exceeds', 'eliminated'],
] as const)('a budget of $%s %s, so the model is %s', ([dollarsPerMonth, verdict, outcome]) => {
  expect(budgetVerdict({ dollarsPerMonth, volume }, { low: '1.35', high: '8.10' })).toBe(verdict)
  const found = judge({ priceInput: '0.15', priceOutput: '0.6' }, { budget: { dollarsPerMonth, volume } })
  expect(found).toMatchObject({ outcome, monthly: { low: '1.35', high: '8.10' } })
})

test('a price that nobody knows fits no budget, and rules out none', () => {
  expect(judge({}, { budget: { dollarsPerMonth: '1000000', volume } })).toMatchObject({
    outcome: 'open',
    monthly: null,
  })
})

test('those that are left come first, the cheapest before, and nobody vanishes', () => {
  const all = [
    known('a/dear', { priceInput: '10', priceOutput: '10' }),
    known('a/unknown', {}),
    known('a/cheap', { priceInput: '0.1', priceOutput: '0.1' }),
    known('a/middle', { priceInput: '0.2', priceOutput: '0.2' }),
  ]
  const found = judgeAll(all, Criteria.parse({ budget: { dollarsPerMonth: '20', volume } }))
  expect(found.map(({ model }) => model)).toEqual(['a/cheap', 'a/middle', 'a/unknown', 'a/dear'])
})
