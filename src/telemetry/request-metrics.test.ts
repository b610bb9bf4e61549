import { expect, test } from 'vitest'
import { createRequestMetrics } from './request-metrics.ts'
import { example } from './settled.example.ts'

test('labels are bounded: what comes after is counted as other, and nothing is lost', () => {
  const metrics = createRequestMetrics({ mostSeries: 3 })
  for (let n = 0; n < 10; n += 1) metrics.observe(example({ application: `app-${n}` }))
  const requests = metrics.families(null)[0]
  const samples = requests?.type === 'counter' ? requests.samples : []
  expect(samples.map(({ labels, value }) => [labels.application, value])).toEqual([
    ['app-0', 1],
    ['app-1', 1],
    ['app-2', 1],
    ['other', 7],
  ])
})
