/** What a plan says of what people wrote: SMART, baselines, money, status and paper. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import { isCrossed, numberOf, smartOf } from '../charter/kpi.ts'
import { baselineFrom, KpiPack } from '../charter/presets.ts'
import { Resources, resourcePlan } from '../resources/resources.ts'
import { levelOf, RiskPack } from '../risks/register.ts'
import { RoadmapPack, type RoadmapRow } from '../roadmap/roadmap.ts'
import { liveRow } from '../roadmap/status.ts'
import type { PathStanding } from '../standing.ts'

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../packs/${path}`, import.meta.url), 'utf8'))
const kpis = KpiPack.parse(read('kpis/core.json'))
const riskPack = RiskPack.parse(read('risks/core.json'))
const roadmap = RoadmapPack.parse(read('roadmap/core.json'))

const smart = {
  name: 'minutes',
  baseline: 12,
  target: 6,
  targetDate: '2027-01-01',
  unit: 'minutes',
  source: 'log',
  owner: 'Ada',
  because: 'half of the cases repeat',
  family: 'efficiency' as const,
}
test.for([
  [{}, []],
  [{ owner: '' }, ['specific']],
  [{ baseline: null }, ['measurable']],
  [{ baseline: 'a day' }, ['measurable']],
  [{ because: 'tbd' }, ['achievable']],
  [{ target: 12 }, ['achievable']],
  [{ family: null }, ['relevant']],
  [{ targetDate: '2026-01-01' }, ['timeBound']],
] as const)('a KPI with %j lacks the points %j', ([change, lacks]) => {
  const points = smartOf({ ...smart, ...change }, '2026-12-01')
  expect(points.filter(({ holds }) => !holds).map(({ point }) => point)).toEqual(lacks)
  for (const { holds, says } of points) expect(says !== '').toBe(!holds)
})

test('numbers are read as people write them, and a line is crossed in the direction that is worse', () => {
  expect(['12', '1,5', '40 %', '24 h', '', 3].map(numberOf)).toEqual([12, 1.5, 0.4, null, null, 3])
  expect([5, 9, 11, 13].map((value) => isCrossed(smart, value, 11))).toEqual([false, false, true, true])
  expect(isCrossed({ ...smart, target: 20 }, 11, 11)).toBe(true)
})

const logs: Record<string, [string, number, number]> = {
  'handling-minutes': ['case,minutes\n1,10\n2,20\n3,\n', 15, 2],
  'solved-without-person': ['case,solved_by\n1,machine\n2,Ada\n3,Machine\n4,Bo\n', 0.5, 4],
  'cases-per-person': ['case,person\n1,Ada\n2,Ada\n3,Bo\n', 1.5, 3],
  'first-answer-minutes': ['case;wait_minutes\n1;1,5\n2;4\n3;90\n', 4, 3],
  'outside-spend': ['case,outside_cost\n1,10\n2,2.5\n', 12.5, 2],
}
test.for(Object.entries(logs))('the baseline of %s comes from a log', ([id, [csv, value, n]]) => {
  const preset = kpis.presets.find((one) => one.id === id)
  expect(preset && baselineFrom(preset, csv)).toMatchObject({ value, n })
})

test('each family has presets, each with an example of a log, and a log without the column is refused by name', () => {
  for (const { id } of kpis.families) expect(kpis.presets.filter(({ family }) => family === id)).toHaveLength(3)
  for (const preset of kpis.presets) {
    expect(preset.example.split(','), preset.id).toContain(preset.column)
    expect(() => baselineFrom(preset, 'a,b\n1,2\n')).toThrow(new RegExp(`no column ${preset.column}; it has a, b`))
    expect(() => baselineFrom(preset, `${preset.example}\n`)).toThrow(/no row has a usable value/)
  }
})

const row = (more: object) => Resources.shape.rows.parse([{ id: 'a', type: 'x', category: 'other', ...more }])
test.for([
  ['nothing planned', [], [], { cost: { likely: 0 }, roi: null, paysBackInMonths: null }],
  ['a month and a year', [{ cost: 100 }, { id: 'b', cost: 1200, period: 'year' }], [], { cost: { likely: 2400 } }],
  [
    'once',
    [{ cost: 600, period: 'once' }],
    [{ name: 'g', low: 100, high: 100 }],
    { roi: { low: 1, high: 1 }, paysBackInMonths: 6 },
  ],
  [
    'a range',
    [{ cost: 100, costLow: 50, costHigh: 200 }],
    [{ name: 'g', low: 100, high: 300 }],
    { roi: { low: -0.5, high: 5 } },
  ],
  ['an unknown cost', [{}], [], { unknown: ['a'], cost: { likely: 0 } }],
] as const)('a resource plan of %s', ([, rows, benefits, expected]) => {
  const resources = Resources.parse({ rows: rows.flatMap((one) => row(one)), benefits })
  expect(resourcePlan(resources, { spentThisMonthUsd: 3, priceFactor: 1, isKept: true })).toMatchObject(expected)
})

test('a change of the price of models changes those rows alone, and what was used stands beside them', () => {
  const resources = Resources.parse({
    rows: [...row({ cost: 10, category: 'model-api' }), ...row({ id: 'b', cost: 5 })],
  })
  const plan = resourcePlan(resources, { spentThisMonthUsd: 3, priceFactor: 2, isKept: true })
  expect(plan.rows.map(({ monthly, actualThisMonth }) => [monthly?.likely, actualThisMonth])).toEqual([
    [20, 3],
    [5, null],
  ])
})

const checks = (verdict: 'PASS' | 'FAIL' | 'MISSING') => [
  { check: 'biz.charter', title: 'Charter', verdict: 'PASS' as const },
  { check: 'eval.smoke', title: 'Smoke', verdict },
]
const standing = (stage: PathStanding['stage'], verdict: 'PASS' | 'FAIL' | 'MISSING'): PathStanding => ({
  release: 'rel_01k9zzzzzzzzzzzzzzzzzzzzzz',
  stage,
  gates: [{ into: 'poc', checks: checks(verdict) }],
})
const nowhere: PathStanding = { release: null, stage: null, gates: [] }
test.for<[PathStanding, Partial<RoadmapRow>, string, string]>([
  [standing('sandbox', 'MISSING'), {}, 'under-way', '1 of 2 checks pass.'],
  [standing('sandbox', 'FAIL'), {}, 'held', 'Held by eval.smoke.'],
  [standing('sandbox', 'PASS'), {}, 'under-way', 'The gate into poc is open: promote it.'],
  [standing('poc', 'PASS'), {}, 'done', 'It is live in poc.'],
  [nowhere, { checks: ['eval.smoke'] }, 'not-begun', 'Nothing was frozen yet.'],
  [standing('sandbox', 'PASS'), { gate: '', checks: ['eval.smoke'] }, 'done', 'All of its checks pass.'],
  [standing('sandbox', 'PASS'), { gate: '', done: true }, 'done', 'Said to be done.'],
  [standing('sandbox', 'PASS'), { gate: '' }, 'open', 'No check can tell; say so when it is done.'],
])('a row of the roadmap stands as its gate does: %#', ([where, change, state, says]) => {
  const [first] = roadmap.rows
  if (!first) throw new Error('no row')
  const risks = [
    { id: 'cost', controls: ['eval.smoke'] },
    { id: 'x', controls: [] },
  ]
  const live = liveRow({ ...first, end: '2026-01-01', ...change }, { standing: where, risks, today: '2026-12-01' })
  expect(live.status).toMatchObject({ state, says, isLate: state !== 'done' })
})

test('levels grow with the score, and the four phases of the module come first', () => {
  expect([null, 1, 4, 5, 9, 10, 16, 17, 25].map((score) => levelOf(score, riskPack))).toEqual([
    'unrated',
    'low',
    'low',
    'medium',
    'medium',
    'high',
    'high',
    'critical',
    'critical',
  ])
  expect(roadmap.rows.map(({ phase }) => phase)).toEqual([
    'Experimentation',
    'Proof of concept',
    'Pilot',
    'Production',
    'Monitor',
    'Update',
    'Scale',
    'Retire',
  ])
})

test('what people typed stays text on every paper', () => {
  const blocks = [
    { kind: 'text' as const, text: 'a\n# <script>' },
    { kind: 'table' as const, header: ['x', 'y'], rows: [['=1+1', 'a|b\n"c"']] },
  ]
  expect(markdownOf(blocks)).toBe('a # &lt;script&gt;\n\n| x | y |\n|---|---|\n| =1+1 | a\\|b "c" |\n')
  expect(htmlOf(blocks, { title: '<t>' })).not.toContain('<script>')
  expect(csvOf(blocks)).toBe('x,y\r\n\'=1+1,"a|b\n""c"""\r\n')
})
