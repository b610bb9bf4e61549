import { expect, test } from 'vitest'
import { readMetrics } from '../testing/metrics-parser.ts'
import { type MetricFamily, metricsFormatOf, metricsText } from './metrics.ts'

const nasty = 'a "quote", a \\ and\na break'
const families: MetricFamily[] = [
  { name: 'jobs_done', type: 'counter', help: nasty, samples: [{ labels: { kind: nasty }, value: 3 }] },
  { name: 'queue_length', type: 'gauge', help: 'Waiting.', samples: [{ labels: {}, value: Number.NaN }] },
  { name: 'build', type: 'info', help: 'What runs.', samples: [{ labels: { version: '1' } }] },
  { name: 'nothing_here', type: 'gauge', help: 'Left out.', samples: [] },
  {
    name: 'wait_seconds',
    type: 'histogram',
    help: 'How long.',
    samples: [{ labels: { kind: 'a' }, value: { bounds: [0.5, 1], counts: [1, 0, 2], sum: 9.25 } }],
  },
]

test.for(['prometheus', 'openmetrics'] as const)('%s: a strict reader reads back what was written', (format) => {
  const read = readMetrics(metricsText(families, format), format)
  const isOpen = format === 'openmetrics'
  expect([...read.keys()]).toEqual([
    isOpen ? 'jobs_done' : 'jobs_done_total',
    'queue_length',
    isOpen ? 'build' : 'build_info',
    'wait_seconds',
  ])
  expect(read.get(isOpen ? 'jobs_done' : 'jobs_done_total')?.samples).toEqual([
    { name: 'jobs_done_total', labels: { kind: nasty }, value: 3 },
  ])
  expect(read.get(isOpen ? 'build' : 'build_info')?.type).toBe(isOpen ? 'info' : 'gauge')
  expect(read.get('wait_seconds')?.samples.map(({ labels, value }) => [labels.le, value])).toEqual([
    ['0.5', 1],
    [isOpen ? '1.0' : '1', 1],
    ['+Inf', 3],
    [undefined, 9.25],
    [undefined, 3],
  ])
})

test.for([
  [null, 'prometheus'],
  ['*/*', 'prometheus'],
  ['text/plain;version=0.0.4', 'prometheus'],
  ['application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2', 'openmetrics'],
  ['application/openmetrics-text;q=0.2,text/plain;q=0.9', 'prometheus'],
] as const)('a client that accepts %s gets %s', ([accept, format]) => {
  expect(metricsFormatOf(accept)).toBe(format)
})

test.for([
  ['no break at the end', '# HELP a b\n# TYPE a gauge\na 1'],
  ['a sample of another family', '# HELP a b\n# TYPE a gauge\nc 1\n'],
  ['the same sample twice', '# HELP a b\n# TYPE a gauge\na 1\na 2\n'],
  ['a raw quote in a label', '# HELP a b\n# TYPE a gauge\na{l="""} 1\n'],
] as const)('the strict reader refuses %s', ([, text]) => {
  expect(() => readMetrics(text, 'prometheus')).toThrow(Error)
})
