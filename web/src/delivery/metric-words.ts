/** How the readings of a metric are said: events as shares, means in their unit, logarithms as ratios. */
import type { Metric, MetricReading } from '../../../sdk/index.ts'
import { differenceInUnit, inUnit, percent, plus } from '../data/format.ts'
import { say } from '../words/say.ts'

const unitOf = (name: string, kind: Metric['kind']): string =>
  kind === 'event' ? 'share' : name.endsWith('-ms') ? 'ms' : name.endsWith('micro-usd') ? 'micro-USD' : ''

export const valueWords = (reading: MetricReading, value: number | null): string =>
  value === null ? say('metric-words.too-little-yet') : inUnit(value, unitOf(reading.metric, reading.kind))

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
  'not-worse': { word: say('metric-words.not-worse'), verdict: 'PASS' },
  harm: { word: 'harm', verdict: 'FAIL' },
  undecided: { word: 'undecided', verdict: 'INCONCLUSIVE' },
} as const
