import { expect, test } from 'vitest'
import type { Baseline } from './feasibility.ts'
import { RolloutPlan } from './rollout.ts'
import { forecast } from './rollout-feasibility.ts'

const planOf = (more: Record<string, unknown> = {}) =>
  RolloutPlan.parse({
    steps: [0.5, 1],
    metrics: [{ name: 'error', kind: 'event', margin: 0.02 }],
    ...more,
  })
const rate = (value: number): Baseline => ({ metric: 'error', value, spread: 0, source: 'measured' })
const at = (unitsPerDay: number, more = {}, baseline = 0.02) =>
  forecast({ plan: planOf(more), unitsPerDay, trafficSource: 'stated', baselines: [rate(baseline)] })

test('an application with much traffic is through in hours and would see a small harm', () => {
  const found = at(20_000)
  expect(found).toMatchObject({ isFeasible: true, alternatives: [] })
  expect(found.days).toBeLessThan(1)
  expect(found.metrics[0]?.detectable).toBeLessThan(0.06)
  expect(found.words[0]).toMatch(/20,000 users a day \(as stated\).*through in about/)
})

// Per arm, of the published simulation: 2 % with a margin of 2 points 800 in the middle and 1,500 for nine of ten.
test.for([
  { baseline: 0.02, margin: 0.02, from: 800, to: 1500 },
  { baseline: 0.05, margin: 0.02, from: 1500, to: 3500 },
  { baseline: 0.01, margin: 0.01, from: 1200, to: 2800 },
])('the users that a step needs lie between the median and nine in ten: $baseline, margin $margin', (row) => {
  const metrics = [{ name: 'error', kind: 'event', margin: row.margin }]
  const [step] = at(20_000, { metrics, plannedUnits: 5000 }, row.baseline).steps
  const perArm = (step?.units ?? 0) / 2
  expect(perArm).toBeGreaterThan(row.from)
  expect(perArm).toBeLessThan(row.to)
})

test('a small one is told so, with what to do instead', () => {
  const found = at(20)
  expect(found).toMatchObject({ isFeasible: false, days: null })
  expect(found.words[0]).toMatch(/cannot decide/)
  expect(found.alternatives.join(' ')).toMatch(/same cases.*Or let it hold/)
})

test('unknown traffic is never feasible', () => {
  const found = forecast({ plan: planOf(), unitsPerDay: 0, trafficSource: 'unknown', baselines: [] })
  expect(found).toMatchObject({ isFeasible: false, metrics: [{ baselineSource: 'assumed' }] })
  expect(found.words[0]).toMatch(/No traffic is known/)
})

test('a switch says that nothing is compared', () => {
  expect(at(1000, { steps: [1] }).words[0]).toMatch(/nothing is compared/)
})

test('a gross harm is found soon at the first share', () => {
  const [metric] = at(1000).metrics
  expect(metric?.gross?.units).toBeLessThan(300)
})

test('a shadow is through in as many days as its sample takes, two counts a user', () => {
  const shadow = (sample: number) => at(2000, { strategy: 'shadow', shadow: { sample, usd: '5' } })
  const [tenth, all] = [shadow(0.1).steps[0], shadow(1).steps[0]]
  expect(tenth?.units).toBe(all?.units)
  expect((tenth?.days ?? 0) / (all?.days ?? 1)).toBeCloseTo(10)
  expect(all?.days).toBeCloseTo((at(2000).steps[0]?.days ?? 0) / 2)
})

test('a score that is sampled takes more users than one of all', () => {
  const scored = (sample: number) =>
    at(2000, {
      metrics: [{ name: 'shortfall.refusal', kind: 'event', margin: 0.05 }],
      scores: { suite: 'answers', sample, usd: '5' },
    }).steps[0]?.units ?? 0
  expect(scored(0.1)).toBeGreaterThan(scored(1) * 8)
})
