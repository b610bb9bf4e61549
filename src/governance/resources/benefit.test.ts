/** What a benefit comes to by what its KPI became, and why it is only expected where it is. */
import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/time.ts'
import { type Benefit, benefitOf, type MeasuredKpi } from './benefit.ts'

const benefit: Benefit = {
  ...{ name: 'less work', low: 100, high: 300, period: 'month', kpi: 'minutes', usdPerUnit: 0.5, casesPerMonth: 1000 },
}
const actual = { value: 9, n: 40, low: 8, high: 10, measuredAt: '2026-11-01T00:00:00.000Z' as Instant, source: 'log' }
const kpi: MeasuredKpi = { name: 'minutes', baseline: 12, target: 6, unit: 'minutes', state: 'on-its-way', actual }
const share = {
  ...kpi,
  baseline: '40 %',
  target: '60 %',
  actual: { ...actual, value: 0.5, n: 100, low: null, high: null },
}

test.for([
  ['fewer minutes', {}, {}, [1000, 1500, 2000]],
  ['more minutes are a loss', {}, { actual: { ...actual, value: 14, low: 13, high: 15 } }, [-1500, -1000, -500]],
  ['a sum of a month', { casesPerMonth: null }, {}, [1, 1.5, 2]],
  ['a figure without an interval', {}, { actual: { ...actual, low: null, high: null } }, [1500, 1500, 1500]],
] as const)('%s', ([, change, became, [low, likely, high]]) => {
  const found = benefitOf({ ...benefit, ...change }, [{ ...kpi, ...became }], 1)
  expect(found).toMatchObject({ basis: 'measured', measuredAt: actual.measuredAt, monthly: { low, likely, high } })
})

test('a share is as sure as its cases', () => {
  const { low, likely, high } = benefitOf(benefit, [share], 1).monthly
  expect(likely).toBeCloseTo(50)
  expect([low < 5, high > 95]).toEqual([true, true])
})

test.for([
  ['no KPI is named', { kpi: null }, {}, /Name the KPI/],
  ['the charter has another', { kpi: 'hours' }, {}, /no KPI “hours”/],
  ['nobody said what it is worth', { usdPerUnit: null }, {}, /nobody said what one unit/],
  ['the baseline is no number', {}, { baseline: 'long' }, /needs a baseline/],
  ['nobody measured', {}, { actual: null }, /not measured yet/],
  ['the value is too old', {}, { state: 'old' }, /too old/],
] as const)('it is as expected where %s', ([, change, became, says]) => {
  const found = benefitOf({ ...benefit, ...change }, [{ ...kpi, ...became }], 0.5)
  expect(found).toMatchObject({ basis: 'expected', measuredAt: null, monthly: { low: 50, likely: 100, high: 150 } })
  expect(found.says).toMatch(says)
})
