/** S1.3.5d · Weights over what was compared: who leads, how surely, and what would turn it. */
import { expect, test } from 'vitest'
import { type Compared, type Weights, weigh } from './weighing.ts'

const model = (name: string, figures: Partial<Compared>): Compared => ({
  ...{ model: name, quality: { value: null, interval: null }, compliance: { approval: 'none' } },
  ...{ firstTokenMs: null, latencyMs: null, costPerTaskMicroUsd: null, effort: null },
  ...figures,
})
const quality = (value: number, half = 0) => ({
  quality: { value, interval: { low: value - half, high: value + half } },
})
const cost = (micro: string) => ({ costPerTaskMicroUsd: micro })
const large = model('acme/large', { ...quality(0.9), ...cost('1000') })
const small = model('acme/small', { ...quality(0.6), ...cost('100') })

test.for([
  [{ quality: 1 }, 'acme/large', [1, 2 / 3]],
  [{ cost: 1 }, 'acme/small', [1, 0.1]],
  // (3 × 1 + 1 × 0.1) / 4 beside (3 × 2/3 + 1 × 1) / 4.
  [{ quality: 3, cost: 1 }, 'acme/large', [0.775, 0.75]],
  [{ quality: 1, cost: 1 }, 'acme/small', [5 / 6, 0.55]],
] as [Weights, string, number[]][])('by %j %s leads', ([weights, leader, totals]) => {
  const { items, clear } = weigh([small, large], weights, 'higher')
  expect(items[0]?.model).toBe(leader)
  expect(clear).toBe(leader)
  expect(items.map(({ total }) => total)).toEqual(totals.map((total) => expect.closeTo(total, 10)))
})

test('a candidate that is added moves nobody else', () => {
  const poor = model('acme/poor', { ...quality(0.1), ...cost('90000') })
  const weights = { quality: 3, cost: 1 }
  const totals = weigh([small, large], weights, 'higher').items
  expect(weigh([poor, small, large], weights, 'higher').items.slice(0, 2)).toEqual(totals)
})

test('less is better where it is said', () => {
  expect(weigh([small, large], { quality: 1 }, 'lower').items[0]?.model).toBe('acme/small')
})

test('what is unknown, and how far the quality may lie, leave it open', () => {
  const unknown = model('acme/unknown', quality(0.8))
  const found = weigh([large, unknown], { quality: 1, cost: 1 }, 'higher')
  expect(found.items.find((one) => one.model === 'acme/unknown')).toMatchObject({
    total: expect.closeTo(0.8 / 0.9, 10),
    low: expect.closeTo(0.4 / 0.9, 10),
    high: expect.closeTo(0.4 / 0.9 + 0.5, 10),
  })
  expect(found.clear).toBeNull()
  const unsure = [model('a/b', quality(0.8, 0.1)), model('c/d', quality(0.7, 0.1))]
  expect(weigh(unsure, { quality: 1 }, 'higher').clear).toBeNull()
})

test('the weight at which another one leads is the one at which both are even', () => {
  const { turns } = weigh([small, large], { quality: 3, cost: 1 }, 'higher')
  expect(turns).toEqual([
    { criterion: 'cost', from: 1, to: expect.closeTo(10 / 9, 10), leads: 'acme/small' },
    { criterion: 'quality', from: 3, to: expect.closeTo(2.7, 10), leads: 'acme/small' },
  ])
  const even = weigh([small, large], { quality: 2.7, cost: 1 }, 'higher').items
  expect(even[0]?.total).toBeCloseTo(even[1]?.total ?? 0, 10)
})

test('nothing and no weight is no answer', () => {
  expect(weigh([], { quality: 1 }, 'higher')).toMatchObject({ items: [], clear: null, turns: [] })
  expect(weigh([model('a/b', {})], { effort: 2 }, 'higher').items).toMatchObject([{ total: null, low: 0, high: 1 }])
})
