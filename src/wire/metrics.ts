/**
 * Metrics as text for Prometheus: its own format 0.0.4 and OpenMetrics 1.0, whichever the client asks for.
 * A family is a name with a type and its samples; whoever counts makes families, and this file writes them.
 */

export type Labels = Readonly<Record<string, string>>

export type HistogramValue = {
  /** Upper bounds in rising order, without the last one, which is infinite. */
  readonly bounds: readonly number[]
  /** How many fell under each bound and above the one before; one longer than `bounds`. */
  readonly counts: readonly number[]
  readonly sum: number
}

export type MetricFamily = {
  /** snake_case with its unit at the end; a counter without `_total`, which is added. */
  readonly name: string
  readonly help: string
} & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly { labels: Labels; value: number }[] }
  /** Facts as labels; the value is always 1 and `_info` is added to the name. */
  | { readonly type: 'info'; readonly samples: readonly { labels: Labels }[] }
  | { readonly type: 'histogram'; readonly samples: readonly { labels: Labels; value: HistogramValue }[] }
)

export type MetricsFormat = 'prometheus' | 'openmetrics'

export const METRICS_TYPES: Readonly<Record<MetricsFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

/** What the client prefers of the two; Prometheus' own format when it does not say. */
export function metricsFormatOf(accept: string | null): MetricsFormat {
  const weights = new Map(
    (accept ?? '').split(',').map((part) => {
      const [type = '', ...parameters] = part.split(';').map((text) => text.trim())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return [type, quality === undefined ? 1 : Number(quality.slice(2))] as const
    }),
  )
  const openMetrics = weights.get('application/openmetrics-text') ?? 0
  return openMetrics > 0 && openMetrics >= (weights.get('text/plain') ?? 0) ? 'openmetrics' : 'prometheus'
}

/** The whole text, families in the order given; one without samples is left out. */
export function metricsText(families: readonly MetricFamily[], format: MetricsFormat): string {
  const lines = families.filter(({ samples }) => samples.length > 0).flatMap((family) => linesOf(family, format))
  return `${[...lines, ...(format === 'openmetrics' ? ['# EOF'] : [])].join('\n')}\n`
}

const SUFFIX = { counter: '_total', info: '_info', gauge: '', histogram: '' } as const

function linesOf(family: MetricFamily, format: MetricsFormat): string[] {
  const isOpen = format === 'openmetrics'
  const sampled = `${family.name}${SUFFIX[family.type]}`
  // The older format knows no suffixes: there the sample's own name is declared, and facts are a gauge.
  const declared = isOpen ? family.name : sampled
  const type = family.type === 'info' && !isOpen ? 'gauge' : family.type
  return [
    `# HELP ${declared} ${isOpen ? escaped(family.help) : withoutBreaks(family.help)}`,
    `# TYPE ${declared} ${type}`,
    ...samplesOf(family, sampled, isOpen),
  ]
}

function samplesOf(family: MetricFamily, name: string, isOpen: boolean): string[] {
  if (family.type === 'histogram')
    return family.samples.flatMap(({ labels, value }) => histogramLines(name, labels, value, isOpen))
  if (family.type === 'info') return family.samples.map(({ labels }) => `${name}${labelsOf(labels)} 1`)
  return family.samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${numberOf(value)}`)
}

function histogramLines(name: string, labels: Labels, { bounds, counts, sum }: HistogramValue, isOpen: boolean) {
  let running = 0
  const buckets = counts.map((count, at) => {
    running += count
    const bound = bounds[at]
    const le = bound === undefined ? '+Inf' : isOpen && Number.isInteger(bound) ? `${bound}.0` : String(bound)
    return `${name}_bucket${labelsOf({ ...labels, le })} ${running}`
  })
  return [...buckets, `${name}_sum${labelsOf(labels)} ${numberOf(sum)}`, `${name}_count${labelsOf(labels)} ${running}`]
}

const labelsOf = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (text: string): string => withoutBreaks(text).replaceAll('"', '\\"')

const withoutBreaks = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')

const numberOf = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value)
