/** How the readings of a metric are said: events as shares, means in their unit, logarithms as ratios. */
import type { Metric, MetricReading } from '../../../sdk/index.ts'
import { differenceInUnit, inUnit, number, percent, plus } from '../data/format.ts'

const LABELS: Readonly<Record<string, string>> = {
  error: 'errors',
  'abstained-on-answerable': 'refused although answerable',
  'low-token-f1': 'answers far from the reference',
  'invalid-citation': 'invalid citations',
  unhelpful: 'unhelpful',
  'latency-ms': 'latency',
  'cost-micro-usd': 'cost',
}

/** Metrics from feedback carry that as a prefix; people know them by the rest. */
export function metricLabel(name: string): string {
  const bare = name.replace(/^feedback\./, '')
  return LABELS[bare] ?? bare.replaceAll('-', ' ')
}

/** A reason with the metrics as people know them and powers of ten as numbers. */
export const reasonWords = (why: string, metrics: readonly Pick<Metric, 'name'>[]): string =>
  metrics
    .toSorted((a, b) => b.name.length - a.name.length)
    .reduce((text, { name }) => text.replace(`${name}:`, `${metricLabel(name)}:`), why)
    .replace(/10\^(-?[\d.]+\d)/g, (_, power: string) => number(Math.round(10 ** Number(power))))

const unitOf = (name: string, kind: Metric['kind']): string =>
  kind === 'event' ? 'share' : name.endsWith('-ms') ? 'ms' : name.endsWith('micro-usd') ? 'micro-USD' : ''

export const valueWords = (reading: MetricReading, value: number | null): string =>
  value === null ? 'too little yet' : inUnit(value, unitOf(reading.metric, reading.kind))

/** A difference, a limit or a margin. Means on a logarithmic scale are ratios less one. */
export function differenceWords(
  reading: Pick<MetricReading, 'metric' | 'kind'>,
  scale: Metric['scale'],
  value: number,
): string {
  if (reading.kind === 'mean' && scale === 'log') return plus(percent(value))
  return differenceInUnit(value, unitOf(reading.metric, reading.kind))
}

/** A margin has no sign: it is a width. */
export const marginWords = (metric: Pick<Metric, 'name' | 'kind' | 'scale' | 'margin'>): string =>
  differenceWords({ metric: metric.name, kind: metric.kind }, metric.scale, metric.margin).replace('+', '')

export const VERDICT_OF_METRIC = {
  'not-worse': { word: 'not worse', verdict: 'PASS' },
  harm: { word: 'harm', verdict: 'FAIL' },
  undecided: { word: 'undecided', verdict: 'INCONCLUSIVE' },
} as const
