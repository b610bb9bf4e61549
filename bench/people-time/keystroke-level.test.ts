import { expect, test } from 'vitest'
import { type Counted, minutesOf, SLOW, USUAL } from './keystroke-level.ts'

const nothing: Counted = {
  ...{ words: 0, screens: 0, fields: 0, choices: 0, keys: 0, points: 0, homings: 0, decisions: 0 },
}

test.for<[string, Partial<Counted>, seconds: number]>([
  ['a minute of reading', { words: 238 }, 60],
  ['a choice: mind, point, press', { points: 1, decisions: 1 }, 2.65],
  ['a field of ten letters', { keys: 10, points: 1, homings: 1, decisions: 1 }, 5.85],
])('%s takes what the papers say', ([, counted, seconds]) => {
  expect(minutesOf({ ...nothing, ...counted }, USUAL).all * 60).toBeCloseTo(seconds, 6)
})

test('reading is told apart, and a slow person takes longer at each', () => {
  const counted = { ...nothing, words: 476, keys: 600 }
  expect(minutesOf(counted, USUAL)).toEqual({ reading: 2, all: expect.closeTo(4.8, 6) })
  expect(minutesOf(counted, SLOW).reading).toBeGreaterThan(2)
  expect(minutesOf(counted, SLOW).all).toBeGreaterThan(7)
})
