import { expect, test } from 'vitest'
import { seededRandom } from '../kernel/random.ts'
import { type OrderAsk, orderTargets, type Standing } from './route-order.ts'
import { createTargetHealth } from './target-health.ts'

const targets = ['a/m', 'b/m', 'c/m'].map((model) => ({ model, weight: 1 }))
const quiet: Standing = { underWay: 0, latencyMs: undefined, isResting: false }
const ask = (
  strategy: OrderAsk['route']['strategy'],
  standings: Record<string, Partial<Standing>> = {},
  more: Partial<OrderAsk> = {},
): OrderAsk => ({
  route: { strategy, targets },
  standingOf: (model) => ({ ...quiet, ...standings[model] }),
  priceOf: () => undefined,
  chance: seededRandom(1),
  ...more,
})

const orderedBy = (one: OrderAsk): string[] => orderTargets(one).map(({ model }) => model)

test('priority is the order as listed, and who rests comes last', () => {
  expect(orderedBy(ask('priority'))).toEqual(['a/m', 'b/m', 'c/m'])
  expect(orderedBy(ask('priority', { 'a/m': { isResting: true } }))).toEqual(['b/m', 'c/m', 'a/m'])
})

test('weights are shares of who is first', () => {
  const chance = seededRandom(7)
  const weighted = [
    { model: 'a/m', weight: 3 },
    { model: 'b/m', weight: 1 },
  ]
  const firsts = Array.from(
    { length: 4000 },
    () => orderedBy(ask('weighted', {}, { route: { strategy: 'weighted', targets: weighted }, chance }))[0],
  )
  expect(firsts.filter((model) => model === 'a/m').length / 4000).toBeCloseTo(0.75, 1)
})

test('least-load takes who has the fewest under way, cost who is cheapest and known', () => {
  expect(orderedBy(ask('least-load', { 'a/m': { underWay: 2 }, 'b/m': { underWay: 1 } }))[0]).toBe('c/m')
  const priceOf = (model: string) => ({ 'a/m': 5, 'b/m': 2 })[model]
  expect(orderedBy(ask('cost', {}, { priceOf }))).toEqual(['b/m', 'a/m', 'c/m'])
})

test('latency sends most to the quick, and some to others, so that they are known', () => {
  const chance = seededRandom(3)
  const standings = { 'a/m': { latencyMs: 900 }, 'b/m': { latencyMs: 100 }, 'c/m': { latencyMs: 300 } }
  const firsts = Array.from({ length: 3000 }, () => orderedBy(ask('latency', standings, { chance }))[0])
  const share = (model: string) => firsts.filter((one) => one === model).length / 3000
  expect(share('b/m')).toBeCloseTo(2 / 3, 1)
  expect(share('c/m')).toBeCloseTo(1 / 3, 1)
  expect(share('a/m')).toBe(0)
})

test('a target rests after three failures on end, one request probes it, and its success ends the rest', () => {
  let now = 0
  const health = createTargetHealth(() => now)
  const attempt = (failed: boolean) => {
    health.began('a/m')
    health.ended('a/m', { failed, ms: 100 })
  }
  attempt(true)
  attempt(true)
  expect(health.standingOf('a/m').isResting).toBe(false)
  attempt(true)
  expect(health.standingOf('a/m').isResting).toBe(true)
  now = 10_001
  expect(health.standingOf('a/m').isResting).toBe(false)
  health.began('a/m')
  expect(health.standingOf('a/m')).toMatchObject({ isResting: true, underWay: 1 })
  health.ended('a/m', { failed: false, ms: 300 })
  expect(health.standingOf('a/m')).toEqual({ isResting: false, underWay: 0, latencyMs: 300 })
  health.began('a/m')
  health.ended('a/m', { failed: true, ms: 5, retryAfterMs: 60_000 })
  expect(health.standingOf('a/m').isResting).toBe(true)
})

test('a target that asks for no patience rests all the same after three failures', () => {
  const health = createTargetHealth(() => 0)
  for (let n = 0; n < 3; n += 1) {
    health.began('a/m')
    health.ended('a/m', { failed: true, ms: 5, retryAfterMs: 0 })
  }
  expect(health.standingOf('a/m').isResting).toBe(true)
})
