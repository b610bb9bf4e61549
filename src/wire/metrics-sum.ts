/** Metrics of several processes as those of one: samples of the same name and labels are added up. */
import type { HistogramValue, MetricFamily } from './metrics.ts'

/** Families in the order in which they first come. What is a fact and no number stays as it was first said. */
export function sumFamilies(lists: readonly (readonly MetricFamily[])[]): MetricFamily[] {
  const sums = new Map<string, MetricFamily>()
  for (const family of lists.flat()) {
    const there = sums.get(family.name)
    sums.set(family.name, there ? added(there, family) : family)
  }
  return [...sums.values()]
}

function added(one: MetricFamily, other: MetricFamily): MetricFamily {
  if (one.type === 'histogram' && other.type === 'histogram')
    return { ...one, samples: joined(one.samples, other.samples, addHistograms) }
  if ((one.type === 'counter' || one.type === 'gauge') && one.type === other.type)
    return { ...one, samples: joined(one.samples, other.samples, joinOf(one.name)) }
  return one
}

/** What is a state, or a time, is told by whoever is worst off. */
function joinOf(name: string): (one: number, other: number) => number {
  if (name.endsWith('_healthy')) return (one, other) => Math.min(one, other)
  if (/_(open|latency_seconds)$/.test(name)) return (one, other) => Math.max(one, other)
  return (one, other) => one + other
}

type Sample<Value> = { readonly labels: Readonly<Record<string, string>>; readonly value: Value }

function joined<Value>(
  ones: readonly Sample<Value>[],
  others: readonly Sample<Value>[],
  add: (one: Value, other: Value) => Value,
): Sample<Value>[] {
  const all = new Map(ones.map((sample) => [nameOf(sample), sample]))
  for (const sample of others) {
    const there = all.get(nameOf(sample))
    all.set(nameOf(sample), there ? { ...sample, value: add(there.value, sample.value) } : sample)
  }
  return [...all.values()]
}

const nameOf = ({ labels }: Pick<Sample<unknown>, 'labels'>): string => JSON.stringify(Object.entries(labels).sort())

/** Their bounds are the same, because they are made by the same code. */
const addHistograms = (one: HistogramValue, other: HistogramValue): HistogramValue => ({
  bounds: one.bounds,
  counts: one.counts.map((count, at) => count + (other.counts[at] ?? 0)),
  sum: one.sum + other.sum,
})
