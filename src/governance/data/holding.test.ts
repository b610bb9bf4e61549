/** Rows, labels and form of what a source holds. */
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { holdingOf } from './holding.ts'

const rows = (count: number, more: object) =>
  Array.from({ length: count }, (_, at) => Example.parse({ id: `${JSON.stringify(more)}-${at}`, input: 'q', ...more }))
const talk = [
  { role: 'user', content: 'a' },
  { role: 'assistant', content: 'b' },
  { role: 'user', content: 'c' },
]

test.for([
  ['classes', [...rows(3, { expected: 'yes' }), ...rows(5, { expected: 'no' })], 8, 8, ['no 5', 'yes 3'], 'questions'],
  ['texts', [...rows(1, { expected: 'a' }), ...rows(1, { expected: 'b' })], 2, 2, [], 'questions'],
  ['some without a right answer', [...rows(4, { expected: 'yes' }), ...rows(6, {})], 10, 4, ['yes 4'], 'questions'],
  ['what must not be answered', rows(2, { unanswerable: true }), 2, 2, ['no answer 2'], 'questions'],
  ['conversations', rows(1, { input: talk }), 1, 0, [], 'conversations'],
  ['long texts', rows(4, { expected: 'x'.repeat(61) }), 4, 4, [], 'questions'],
] as const)('%s', ([, examples, count, labelled, labels, modality]) => {
  const found = holdingOf('cases', examples)
  expect(found).toMatchObject({ name: 'cases', rows: count, labelled, modality })
  expect(found.labels.map((one) => `${one.label} ${one.rows}`)).toEqual(labels)
})
