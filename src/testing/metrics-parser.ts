/**
 * A strict reader of Prometheus' text format 0.0.4 and of OpenMetrics 1.0: it throws where a lenient one would
 * guess, so that a test which reads metrics with it has also proved their form.
 */

export type ReadFamily = {
  readonly type: string
  readonly help: string
  readonly samples: { name: string; labels: Record<string, string>; value: number }[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`)
const NUMBER = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|[+-]Inf|NaN)$/
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total'],
  gauge: [''],
  info: ['_info'],
  histogram: ['_bucket', '_sum', '_count'],
}

export function readMetrics(text: string, format: 'prometheus' | 'openmetrics'): Map<string, ReadFamily> {
  if (!text.endsWith('\n') || text.includes('\r')) throw new Error('lines end with \\n, the last one too')
  const lines = text.slice(0, -1).split('\n')
  if (format === 'openmetrics' && lines.pop() !== '# EOF') throw new Error('the text ends with # EOF')
  const families = new Map<string, ReadFamily>()
  const seen = new Set<string>()
  let name = ''
  let help: string | undefined
  for (const line of lines) {
    const declared = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line)
    if (declared) {
      const [, what, subject = '', rest = ''] = declared
      if (!new RegExp(`^${NAME}$`).test(subject)) throw new Error(`bad name: ${line}`)
      if (what === 'HELP') {
        if (families.has(subject)) throw new Error(`${subject} is split in two`)
        help = rest
        name = subject
        continue
      }
      if (subject !== name || help === undefined) throw new Error(`TYPE without its HELP: ${line}`)
      const types =
        format === 'openmetrics' ? ['counter', 'gauge', 'histogram', 'info'] : ['counter', 'gauge', 'histogram']
      if (!types.includes(rest)) throw new Error(`unknown type: ${line}`)
      families.set(name, { type: rest, help, samples: [] })
      help = undefined
      continue
    }
    const family = families.get(name)
    const [, sample = '', inner, number = ''] = SAMPLE.exec(line) ?? []
    if (!family || sample === '') throw new Error(`not a sample: ${line}`)
    const endings =
      format === 'openmetrics'
        ? (SUFFIXES[family.type] ?? [])
        : family.type === 'histogram'
          ? (SUFFIXES.histogram ?? [])
          : ['']
    if (!endings.some((ending) => sample === name + ending)) throw new Error(`${sample} does not belong to ${name}`)
    if (!NUMBER.test(number)) throw new Error(`bad number: ${line}`)
    const labels = labelsOf(inner ?? '', line)
    const key = `${sample}{${JSON.stringify(Object.entries(labels).sort())}}`
    if (seen.has(key)) throw new Error(`twice: ${key}`)
    seen.add(key)
    const value = Number(number.replace('Inf', 'Infinity'))
    if (family.type === 'counter' && !(value >= 0)) throw new Error(`a counter is not negative: ${line}`)
    family.samples.push({ name: sample, labels, value })
  }
  for (const [of, family] of families) {
    if (family.samples.length === 0) throw new Error(`${of} has no samples`)
    if (family.type === 'histogram') demandHistogram(of, family)
  }
  return families
}

function labelsOf(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {}
  let rest = text
  while (rest !== '') {
    const [whole, name = '', value = ''] =
      /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=.)|$)/.exec(rest) ?? []
    if (whole === undefined || name in labels) throw new Error(`bad labels: ${line}`)
    labels[name] = value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
    rest = rest.slice(whole.length)
  }
  return labels
}

/** Buckets rise, end with +Inf, and the last one is the count. */
function demandHistogram(name: string, { samples }: ReadFamily): void {
  const bySeries = Map.groupBy(samples, ({ labels: { le: _, ...labels } }) => JSON.stringify(labels))
  for (const [series, all] of bySeries) {
    const buckets = all.filter((sample) => sample.name === `${name}_bucket`)
    const bounds = buckets.map(({ labels }) => Number((labels.le ?? '').replace('Inf', 'Infinity')))
    const counts = buckets.map(({ value }) => value)
    const rises = (numbers: number[]) => numbers.every((number, at) => at === 0 || number >= (numbers[at - 1] ?? 0))
    const count = all.find((sample) => sample.name === `${name}_count`)?.value
    if (!rises(bounds) || !rises(counts) || bounds.at(-1) !== Infinity || counts.at(-1) !== count)
      throw new Error(`${name} ${series} is no histogram`)
    if (!all.some((sample) => sample.name === `${name}_sum`)) throw new Error(`${name} ${series} has no sum`)
  }
}
