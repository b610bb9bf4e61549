import { expect, test } from 'vitest'
import { createRetryBudget } from './retry-budget.ts'

/** So many requests a second at a provider that is down, each of which would be asked again three times. */
function storm({ perSecond, seconds }: { perSecond: number; seconds: number }) {
  let now = 0
  const budget = createRetryBudget({ nowMs: () => now })
  let again = 0
  for (let second = 0; second < seconds; second += 1)
    for (let n = 0; n < perSecond; n += 1) {
      now = second * 1000 + (n * 1000) / perSecond
      budget.asked('down')
      for (let retry = 0; retry < 3; retry += 1) if (budget.take('down')) again += 1
    }
  return { again, figures: budget.figures() }
}

test('a provider that is down gets a fifth more than its usual traffic, not four times as much', () => {
  const { again, figures } = storm({ perSecond: 100, seconds: 60 })
  expect(again / 6000).toBeGreaterThan(0.19)
  expect(again / 6000).toBeLessThan(0.23)
  expect(figures).toEqual([{ provider: 'down', asked: 6000, again, refused: 18_000 - again }])
})

test('a little traffic may be asked again whatever its share', () => {
  expect(storm({ perSecond: 1, seconds: 3 }).again).toBe(9)
})

test('what was long ago counts no more, and each provider has its own', () => {
  let now = 0
  const budget = createRetryBudget({ nowMs: () => now })
  const taken = (provider: string) => Array.from({ length: 50 }, () => budget.take(provider)).filter(Boolean).length
  expect([taken('a'), taken('a'), taken('b')]).toEqual([10, 0, 10])
  now = 9_000
  expect(taken('a')).toBe(0)
  now = 11_000
  expect(taken('a')).toBe(10)
})
