import { expect, test } from 'vitest'
import { joinFields, type ModelFacts } from '../cards/index.ts'
import { budgetVerdict, monthlyCostOf, Volume } from './budget.ts'
import { Criteria, judgeAll, type Known } from './criteria.ts'
import type { OwnFigures } from './own-figures.ts'

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

const interval = { low: 0.8, high: 0.9, method: 'wilson', sides: 2 as const, level: 0.95 }
const own = (more: Partial<OwnFigures> = {}): OwnFigures => ({
  ...{ evaluator: 'exact', better: 'higher', experiment: 'exp_1', quality: { value: 0.85, interval, n: 200 } },
  ...{ latencyMs: { value: 700, n: 200 }, costPerTaskMicroUsd: '52' as OwnFigures['costPerTaskMicroUsd'] },
  ...more,
})
const cases = { application: 'desk', suite: 'answers' }

test.for([
  ['a quality that it surely has', own(), { quality: 0.8 }, 'kept', ''],
  ['a quality that it may have', own(), { quality: 0.85 }, 'open', 'takes more cases'],
  ['a quality that it surely has not', own(), { quality: 0.95 }, 'eliminated', 'below 0.95'],
  ['a rate of errors that is too high', own({ better: 'lower' }), { quality: 0.5 }, 'eliminated', 'above 0.5'],
  [
    'a score without an interval',
    own({ quality: { value: 1, interval: null, n: 1 } }),
    { quality: 0.5 },
    'open',
    'n 1',
  ],
  ['a time that is short enough', own(), { latencyMsAtMost: 700 }, 'kept', ''],
  ['a time that is too long', own(), { latencyMsAtMost: 500 }, 'eliminated', '700 ms in the median (n 200)'],
  ['a time that nobody took', own({ latencyMs: null }), { latencyMsAtMost: 500 }, 'open', 'was not measured'],
  ['a cost that is too high', own(), { microUsdPerTaskAtMost: '51' }, 'eliminated', 'above 51'],
  ['a cost that nobody knows', own({ costPerTaskMicroUsd: null }), { microUsdPerTaskAtMost: '99' }, 'open', 'no price'],
  ['what was never measured', undefined, { latencyMsAtMost: 500 }, 'open', 'No experiment of desk measured it'],
  ['nothing, and is only looked at', undefined, {}, 'kept', ''],
] as const)('own figures decide for certain or not at all: %s', ([, figures, asked, outcome, why]) => {
  const measured = new Map(figures ? [['a/b', figures]] : [])
  const [found] = judgeAll([known('a/b', {})], Criteria.parse({ measured: { ...cases, ...asked } }), measured)
  expect([found?.outcome, found?.measured]).toEqual([outcome, figures ?? null])
  expect(found?.reasons.map((reason) => reason.why).join(' ')).toContain(why)
})

test('sorted by own figures, few cases lead nowhere, and what was not measured is last', () => {
  const few = { value: 1, interval: { ...interval, low: 0.2, high: 1 }, n: 1 }
  const measured = new Map([
    ['a/few', own({ quality: few, latencyMs: { value: 100, n: 1 } })],
    ['a/sure', own({ costPerTaskMicroUsd: null })],
  ])
  const all = ['a/none', 'a/few', 'a/sure'].map((model) => known(model, {}))
  const sorted = (sortBy: string) =>
    judgeAll(all, Criteria.parse({ measured: cases, sortBy }), measured).map(({ model }) => model.slice(2))
  expect(sorted('quality')).toEqual(['sure', 'few', 'none'])
  expect(sorted('latency')).toEqual(['few', 'sure', 'none'])
  expect(sorted('cost')).toEqual(['few', 'none', 'sure'])
  expect(() => Criteria.parse({ sortBy: 'quality' })).toThrow(/which application and suite/)
})
