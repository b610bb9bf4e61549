/** What a forecast says of days that were and of volumes that are expected. */
import { expect, test } from 'vitest'
import { type DayOfUse, forecastOf, missedBy } from './forecast.ts'
import { bySaving, judgedSaving, type SavingQuality } from './saving.ts'

/** Days from 1 March on; a weekend is a tenth of a working day. */
const daysOf = (count: number, costUsd: (i: number) => number, requests = 100): DayOfUse[] =>
  Array.from({ length: count }, (_, i) => ({
    day: `2026-03-${String(i + 1).padStart(2, '0')}`,
    requests,
    costUsd: costUsd(i),
    unpriced: 0,
  }))
const steady = daysOf(28, () => 2)
const weekly = daysOf(28, (i) => (i % 7 < 5 ? 2 : 0.2))
const answer = { usd: 0.01, from: 'estimated' as const }
const made = (given: Partial<Parameters<typeof forecastOf>[0]>) =>
  forecastOf({ days: [], volumes: null, answer, priceFactor: 1, ...given })

test('equal days come to thirty of them, and the forecast of the last third was right', () => {
  const { basis, p50Usd, p90Usd, error } = made({ days: steady })
  expect([basis, p50Usd, p90Usd]).toEqual(['metered', 60, 60])
  expect(error).toMatchObject({ days: 9, forecastUsd: 18, actualUsd: 18, share: 0, isWithinP90: true })
})

test('weeks are drawn whole, so that weekends do not widen the bad case, and days that jump do', () => {
  const calm = made({ days: weekly })
  const wild = made({ days: daysOf(28, (i) => (i % 5 === 0 ? 7.43 : 0)) })
  expect(Math.abs((calm.p50Usd ?? 0) - 44.6)).toBeLessThan(2)
  expect((calm.p90Usd ?? 0) / (calm.p50Usd ?? 1)).toBeLessThan(1.15)
  expect((wild.p90Usd ?? 0) / (wild.p50Usd ?? 1)).toBeGreaterThan(1.15)
  expect(made({ days: weekly })).toEqual(calm)
})

test.for([
  ['prices that double', { days: steady, priceFactor: 2 }, 120],
  ['a tenth more each month', { days: steady, volumes: { growthPerMonth: 0.1 } }, 60 * 1.1 ** (29 / 30)],
  ['stated volumes', { volumes: { requestsPerDay: 100 } }, 30],
  ['too few days', { days: steady.slice(0, 3), volumes: { requestsPerDay: 100 } }, 30],
  ['requests without a price', { days: steady.map((day) => ({ ...day, unpriced: 1 })) }, null],
  ['neither days nor volumes', {}, null],
  ['an answer whose price nobody knows', { volumes: { requestsPerDay: 100 }, answer: null }, null],
] as const)('%s', ([, given, p50]) => {
  const { p50Usd, p90Usd, basis, says } = made(given)
  if (p50 === null) expect([p50Usd, p90Usd, basis]).toEqual([null, null, 'none'])
  else expect(p50Usd).toBeCloseTo(p50, 6)
  expect(says).not.toBe('')
})

test('a stated range becomes the bad case; without one it is from half to double', () => {
  const narrow = made({ volumes: { requestsPerDay: 100, requestsPerDayLow: 90, requestsPerDayHigh: 110 } })
  const guessed = made({ volumes: { requestsPerDay: 100 } })
  expect(narrow.p90Usd).toBeCloseTo(32.4, 1)
  expect(guessed.p90Usd).toBeCloseTo(51.5, 1)
  expect(guessed.says).toContain('between half and double')
})

test('a forecast that was recorded is held against what was metered since', () => {
  const missed = missedBy({ p50Usd: 30, p90Usd: 45 }, steady.slice(0, 10))
  expect(missed).toMatchObject({ days: 10, forecastUsd: 10, actualUsd: 20, share: 0.5, isWithinP90: false })
  expect(missedBy({ p50Usd: 30, p90Usd: 45 }, steady.slice(0, 6))).toBeNull()
})

const said = { part: 'answer', from: 'dear', to: 'thrifty', monthlyUsd: 10, prove: 'airworthy eval shop' }
const interval = { low: -0.04, high: 0.02, method: 'newcombe-paired', sides: 2 as const, level: 0.95 }
const found = {
  ...{ experiment: 'exp_1', difference: -0.01, interval, n: 400, verdict: 'equivalent' as const, nonInferior: true },
  errors: { cheaper: 0, present: 0 },
}
const suiteWith = (measured: SavingQuality['measured'], neededN: number | null = null): SavingQuality => ({
  ...{ suite: 'answers', evaluator: 'exact', margin: 0.05, cases: 400, measured, neededN },
})

test.for([
  ['equivalent', [suiteWith(found)], true, '-0.01 (-0.04 to 0.02) in exact over 400 cases, equivalent within 0.05.'],
  ['no suite at all', [], false, undefined],
  ['another suite was not asked', [suiteWith(found), suiteWith(null, 700)], false, 'equivalent within 0.05'],
  ['undecided', [suiteWith({ ...found, verdict: 'undecided', nonInferior: null }, 900)], false, 'undecided. About 900'],
  ['worse', [suiteWith({ ...found, verdict: 'worse', nonInferior: false })], false, 'over 400 cases, worse.'],
  [
    'cases that it could not answer are in no pair',
    [suiteWith({ ...found, errors: { cheaper: 9, present: 1 } })],
    false,
    'It left 9 cases without a score, the present one 1.',
  ],
] as const)('a saving is proven by every suite or not at all: %s', ([, quality, isProven, says]) => {
  const saving = judgedSaving(said, quality)
  expect(saving.isProven).toBe(isProven)
  if (says !== undefined) expect(saving.quality[0]?.says).toContain(says)
})

test('what is proven comes first, and what was measured as worse last', () => {
  const [open, worse] = [suiteWith(null), suiteWith({ ...found, verdict: 'worse', nonInferior: false })]
  const savings = [
    judgedSaving({ ...said, to: 'worse', monthlyUsd: 30 }, [worse]),
    judgedSaving({ ...said, to: 'small', monthlyUsd: 5 }, [open]),
    judgedSaving({ ...said, to: 'large', monthlyUsd: 20 }, [open]),
    judgedSaving({ ...said, to: 'proven', monthlyUsd: 1 }, [suiteWith(found)]),
  ]
  expect(savings.sort(bySaving).map(({ to }) => to)).toEqual(['proven', 'large', 'small', 'worse'])
})
