import { expect, test } from 'vitest'
import { clusterFailures, type FailedCase } from './index.ts'

const failed = (example: string, question: string, more: Partial<FailedCase> = {}): FailedCase => ({
  example,
  question,
  error: null,
  abstained: false,
  detail: 'differs',
  ...more,
})

test('failures are put together by kind and by words, whatever their order', () => {
  const cases = [
    failed('a1', 'How do I return a broken toaster?'),
    failed('a2', 'Can I return the toaster without a receipt?'),
    failed('b1', 'Which train goes to Vienna at night?'),
    failed('b2', 'Does the night train to Vienna have beds?'),
    failed('c1', 'Where is my parcel?', { abstained: true }),
    failed('e1', 'x', { error: 'openai failed (503) after 1200 ms for "req_1"' }),
    failed('e2', 'y', { error: 'openai failed (503) after 87 ms for "req_2"' }),
  ]
  const clusters = clusterFailures(cases)
  expect(clusters.map(({ kind, examples }) => [kind, examples.join(' ')]).sort()).toEqual([
    ['abstained', 'c1'],
    ['error', 'e1 e2'],
    ['wrong', 'a1 a2'],
    ['wrong', 'b1 b2'],
  ])
  expect(clusters.find(({ examples }) => examples.includes('a1'))?.terms).toContain('toaster')
  expect(clusters.find(({ kind }) => kind === 'error')?.label).toBe('openai failed (#) after # ms for …')
  expect(clusterFailures(cases.toReversed())).toEqual(clusters)
})

test('cases that are like no other stand in one group, and none fails means none', () => {
  const clusters = clusterFailures([failed('a', 'apples'), failed('b', 'trains'), failed('c', 'parcels')])
  expect(clusters).toMatchObject([
    { label: expect.stringContaining('each unlike the others'), examples: ['a', 'b', 'c'] },
  ])
  expect(clusterFailures([])).toEqual([])
})
