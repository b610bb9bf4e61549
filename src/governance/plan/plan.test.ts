/** What a plan says of what people wrote: SMART, baselines, money, status and paper. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { csvOf, htmlOf, markdownOf } from '../../kernel/paper.ts'
import type { Instant } from '../../kernel/time.ts'
import { isCrossed, numberOf, smartOf } from '../charter/kpi.ts'
import { readKpis } from '../charter/kpi-evidence.ts'
import { baselineFrom, KpiPack } from '../charter/presets.ts'
import { readKpiValues } from '../charter/read-kpi-values.ts'
import { meteredReturnsOf } from '../compass/compass.ts'
import { meteredMonth } from '../forecast/metered-month.ts'
import { hostingView } from '../hosting/hosting.ts'
import { Resources, resourcePlan } from '../resources/resources.ts'
import { levelOf, RiskPack } from '../risks/register.ts'
import { RoadmapPack, type RoadmapRow } from '../roadmap/roadmap.ts'
import { liveRows } from '../roadmap/status.ts'
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

const NOTHING_SPENT = { spentThisMonthUsd: 0, isKept: true, kpis: [] }
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
  expect(resourcePlan(resources, { spentThisMonthUsd: 3, priceFactor: 1, isKept: true, kpis: [] })).toMatchObject(
    expected,
  )
})

test('a change of the price of models changes those rows alone, and what was used stands beside them', () => {
  const resources = Resources.parse({
    rows: [...row({ cost: 10, category: 'model-api' }), ...row({ id: 'b', cost: 5 })],
  })
  const plan = resourcePlan(resources, { spentThisMonthUsd: 3, priceFactor: 2, isKept: true, kpis: [] })
  expect(plan.rows.map(({ monthly, actualThisMonth }) => [monthly?.likely, actualThisMonth])).toEqual([
    [20, 3],
    [5, null],
  ])
})

const resources = Resources.parse({
  rows: [...row({ cost: 10, category: 'model-api' }), ...row({ id: 'b', cost: 5 })],
  benefits: [{ name: 'g', low: 60, high: 60 }],
})
const days = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, at) => ({
    day: `2026-03-${at + 10}`,
    requests: 10,
    costUsd: 1,
    unpriced: 0,
    ...more,
  }))
test.for([
  [
    'the meter in the place of what the plan says of models',
    days(14),
    1,
    { low: 35 * 12, likely: 35 * 12 },
    60 / 35 - 1,
  ],
  ['twice the price', days(14), 2, { likely: 65 * 12 }, 60 / 65 - 1],
  ['a reason where there are too few days', days(3), 1, /3 whole days with 30 requests are too few/, null],
  [
    'a reason where a price is not known',
    days(14, { unpriced: 1 }),
    1,
    /14 of 140 metered requests have no known price/,
    null,
  ],
  ['a reason where nobody asked', [], 1, /Nothing was metered yet/, null],
] as const)('the return beside the planned one rests on %s', ([, metered, priceFactor, cost, roi]) => {
  const month = meteredMonth(metered)
  const plan = resourcePlan(resources, { ...NOTHING_SPENT, priceFactor, metered: month })
  expect(plan.roi?.low).toBeCloseTo(60 / (5 + 10 * priceFactor) - 1)
  if (cost instanceof RegExp)
    expect(plan.metered).toMatchObject({ cost: null, roi: null, says: expect.stringMatching(cost) })
  else expect(plan.metered).toMatchObject({ cost, planned: { likely: 10 * priceFactor } })
  if (roi !== null) expect(plan.metered?.roi?.high).toBeCloseTo(roi)
  expect(meteredReturnsOf(plan)).toEqual({ range: plan.metered?.roi, months: 12, says: plan.metered?.says })
})

test.for([
  ['nothing is gained', { benefits: [] }, 1, /names no benefit/],
  ['nothing is paid', { rows: [] }, 0, /costs nothing/],
] as const)('there is no return by the meter where %s', ([, change, costUsd, says]) => {
  const metered = meteredMonth(days(14, { costUsd }))
  const plan = resourcePlan(Resources.parse({ ...resources, ...change }), { ...NOTHING_SPENT, priceFactor: 1, metered })
  expect(meteredReturnsOf(plan)).toMatchObject({ range: null, says: expect.stringMatching(says) })
})

test('days that jump make the return by the meter a range', () => {
  const jumping = days(28).map((day, at) => ({ ...day, costUsd: at % 5 === 0 ? 5 : 0 }))
  const { metered } = resourcePlan(resources, { ...NOTHING_SPENT, priceFactor: 1, metered: meteredMonth(jumping) })
  expect((metered?.roi?.high ?? 0) - (metered?.roi?.low ?? 0)).toBeGreaterThan(0.1)
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
  [nowhere, {}, 'not-begun', 'Nothing was frozen yet.'],
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
  const given = { ...first, end: '2026-01-01', ...change }
  const [live] = liveRows([given], { standing: where, risks, today: '2026-12-01' })
  expect(live?.status).toMatchObject({ state, says, isLate: state !== 'done' })
})

test.for([
  ['pilot', ['not-begun', 'It begins when it is live in production.']],
  ['production', ['under-way', 'It is live in production. Say so when it is done.']],
] as const)('what follows the launch stands by the stage: live in %s', ([stage, expected]) => {
  const [, , , ...after] = liveRows(roadmap.rows, { standing: standing(stage, 'PASS'), risks: [], today: '2026-12-01' })
  expect(after.map(({ status }) => [status.state, status.says])).toEqual(after.map(() => expected))
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

const rate = { name: 'solved', unit: 'share', baseline: 0.4, baselineN: 200, target: 0.6, floor: 0.5 }
const NOW = '2026-12-01T00:00:00.000Z' as Instant
const on = (day: string) => `${day}T00:00:00.000Z` as Instant
test.for([
  ['reached for certain', {}, { value: 0.6, n: 400 }, true, true],
  ['reached by chance perhaps', {}, { value: 0.55, n: 40 }, false, true],
  ['a share without its cases', {}, { value: 0.9, n: null }, false, true],
  ['a minute for itself', { unit: 'minutes', baseline: 12, target: 6, floor: 8 }, { value: 7, n: null }, true, true],
  ['less is better, and more came', { baseline: 0.3, target: 0.1, floor: 0.2 }, { value: 0.25, n: 900 }, false, true],
  ['a baseline that nobody measured', { baselineN: null }, { value: 0.7, n: 400 }, true, false],
  ['a value whose time is over', { everyDays: 7 }, { value: 0.7, n: 400, measuredAt: on('2026-11-15') }, false, true],
] as const)('the main KPI: %s', ([, change, value, isMet, isMeasured]) => {
  const values = [{ kpi: 'solved', measuredAt: on('2026-11-28'), ...value }]
  const reading = readKpis([{ name: 'words only' }, { ...rate, ...change }], { values, now: NOW })
  expect(reading?.facts).toMatchObject({
    floorMetOrOverruled: { value: isMet },
    baselineMeasured: { value: isMeasured },
  })
})

test('without a value or without a figure to hold it against there is nothing to say', () => {
  expect(readKpis([rate], { values: [], now: NOW })).toBeUndefined()
  const values = [{ kpi: 'solved', value: 1, n: 1, measuredAt: NOW }]
  expect(readKpis([{ name: 'solved' }], { values, now: NOW })).toBeUndefined()
})

test('values of KPIs come as a table, and every bad row is told with its line', () => {
  expect(readKpiValues('kpi;value;n;measuredAt\nsolved;0,5;40;2026-03-01\n')).toEqual([
    { kpi: 'solved', value: 0.5, n: 40, measuredAt: '2026-03-01T00:00:00.000Z', source: 'a table' },
  ])
  expect(() => readKpiValues('kpi,amount\n')).toThrow(/no column value.*Begin with kpi,value/)
  expect(() => readKpiValues('kpi,value,n,measuredAt\nsolved,much,1.5,yesterday\n')).toThrow(
    /Line 2, value: “much” is no number.* 2 more/,
  )
})

test('a way to run models is ranked by weights, and one of its own pays from a volume', () => {
  const marks = {
    api: { cost: 3, control: 2, privacy: 2, effort: 5, speed: 4 },
    'self-hosted': { cost: 3, control: 5, privacy: 5, effort: 1, speed: 3 },
  } as const
  const facts = { apiUsdPerMillionTokens: 2, tokensPerMonth: 100_000_000 }
  const view = hostingView({ chosen: 'api', marks, weights: { privacy: 3 }, selfHostedUsdPerMonth: 600 }, facts)
  expect(view.ranking.map(({ option, score }) => [option, score])).toEqual([
    ['self-hosted', 27 / 7],
    ['api', 20 / 7],
    ['cloud', null],
  ])
  expect(view.ranking[0]).toMatchObject({ usdPerMonth: 600, breakEvenTokensPerMonth: 300_000_000 })
  expect(view.ranking[1]?.usdPerMonth).toBe(200)
  expect(view.says).toMatch(/self-hosted comes first; chosen was api\. .* from 300 million tokens .* not reached\./)
  expect(hostingView(null, facts).says).toMatch(/Nobody gave marks/)
})
