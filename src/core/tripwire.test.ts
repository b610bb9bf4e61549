import { expect, test } from 'vitest'
import { isMeant } from './audience.ts'
import { type Metric, type MetricSums, RolloutPlan } from './rollout.ts'
import { incidentOf, nextMarks } from './rollout-incident.ts'
import { tripOf } from './tripwire.ts'

const ERROR: Metric = { name: 'error', kind: 'event', scale: 'linear', margin: 0.02, critical: false }
const plan = RolloutPlan.parse({ metrics: [ERROR] })
const events = (units: number, count: number): MetricSums => ({ units, events: count, sum: count, sumOfSquares: count })
const amounts = (units: number, mean: number, spread = 1): MetricSums => ({
  units,
  events: 0,
  sum: units * mean,
  sumOfSquares: units * (mean ** 2 + spread ** 2),
})
const COST: Metric = { ...ERROR, name: 'cost-micro-usd', kind: 'mean', ceiling: 100 }

test.for<[string, Metric, MetricSums, MetricSums, RegExp | undefined]>([
  ['three critical events against none', { ...ERROR, critical: true }, events(50, 0), events(50, 3), /tripwire/],
  ['two critical events', { ...ERROR, critical: true }, events(50, 0), events(50, 2), undefined],
  ['three with less of the control', { ...ERROR, critical: true }, events(20, 0), events(50, 3), undefined],
  ['one leak, whatever the control did', { ...ERROR, tripwire: 1 }, events(50, 4), events(50, 1), /1 is the tripwire/],
  ['five of five', ERROR, events(50, 1), events(5, 5), /every one of the first 5/],
  ['five of five while the control fails as well', ERROR, events(50, 40), events(5, 5), undefined],
  ['a rate above its ceiling', { ...ERROR, ceiling: 0.05 }, events(0, 0), events(100, 30), /above the ceiling of 5 %/],
  ['a rate that may be chance', { ...ERROR, ceiling: 0.05 }, events(0, 0), events(20, 2), undefined],
  ['a mean above its ceiling', COST, amounts(0, 0), amounts(50, 130), /ceiling is 100/],
  ['a mean of few units', COST, amounts(0, 0), amounts(10, 130), undefined],
])('%s', ([, metric, control, candidate, why]) => {
  const trip = tripOf({ metric, plan, control, candidate })
  if (why) expect(trip).toMatch(why)
  else expect(trip).toBeUndefined()
})

const mark = (units: number, count: number) => ({ error: { units, events: count } })

test('the control is held against itself a little while ago', () => {
  let marks = nextMarks([], mark(0, 0))
  for (let units = 10; units <= 200; units += 10) marks = nextMarks(marks, mark(units, Math.floor(units / 50)))
  expect(marks).toHaveLength(2)
  expect(incidentOf(marks, mark(240, 5))).toBeNull()
  expect(incidentOf(marks, mark(240, 40))).toMatch(/incident of a provider/)
  expect(incidentOf([mark(0, 0)], mark(60, 50))).toBeNull()
})

test.for([
  ['ada', {}, true],
  ['tom', { department: 'sales' }, true],
  ['tom', { department: 'law' }, false],
  ['tom', {}, false],
] as const)('%s with %o is meant: %s', ([subject, metadata, meant]) => {
  expect(isMeant({ users: ['ada'], groups: { department: ['sales'] } }, subject, metadata)).toBe(meant)
})
