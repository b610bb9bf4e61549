import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { createSample, type SampleAsk } from './sample.ts'

const placesOf = (ask: Omit<SampleAsk, 'rows'>, rows: readonly string[]) => {
  const sample = createSample({ ...ask, rows: rows.length })
  for (const [at, input] of rows.entries()) sample.add(at, Example.parse({ id: `${at}`, input }))
  return sample.end().map(({ id }) => Number(id))
}
const questions = (count: number) => Array.from({ length: count }, (_, at) => `question ${at % 10}`)

test('as many rows are taken as are asked for, evenly', () => {
  expect(placesOf({ most: 5 }, questions(5))).toEqual([0, 1, 2, 3, 4])
  expect(placesOf({ most: 4 }, questions(12))).toEqual([0, 3, 6, 9])
})

test('where rows are long, every second one that was taken is let go, as often as it takes', () => {
  const { length } = JSON.stringify(Example.parse({ id: '1', input: 'question 1' }))
  expect(placesOf({ most: 100, characters: 4 * length }, questions(10))).toEqual([0, 4, 8])
  expect(placesOf({ most: 100, characters: 4 }, questions(3))).toEqual([0])
})
