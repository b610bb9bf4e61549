/**
 * Means of resamples of many values, by drawing how often each value comes instead of the values themselves.
 *
 * The counts of a resample are multinomial, drawn as a chain of binomials. With few different values (rates, repeats)
 * that is the bootstrap exactly. Many different values are put into 256 bins of neighbours; the count of a bin is
 * drawn exactly, and the sum inside it from a normal with the bin's mean and variance, which is a share of the whole
 * variance below one in ten thousand for anything but a few far outliers, and those have bins of their own.
 */
import { binomialDraw } from './binomial-draw.ts'
import { standardNormal } from './normal.ts'

const BINS = 256
/** Values at each end that stand alone, so that no tail is smoothed away. */
const ENDS = 32

type Bin = { readonly size: number; readonly mean: number; readonly deviation: number }

/** `resamples` means, each of `values.length` draws. */
export function largeMeanReplicates({
  values,
  random,
  resamples,
}: {
  values: readonly number[]
  random: () => number
  resamples: number
}): number[] {
  const bins = binsOf(Float64Array.from(values).sort())
  return Array.from({ length: resamples }, () => resampledMean(bins, values.length, random))
}

function resampledMean(bins: readonly Bin[], n: number, random: () => number): number {
  let drawsLeft = n
  let valuesLeft = n
  let total = 0
  for (const { size, mean, deviation } of bins) {
    const count = size === valuesLeft ? drawsLeft : binomialDraw({ n: drawsLeft, p: size / valuesLeft, random })
    drawsLeft -= count
    valuesLeft -= size
    if (count === 0) continue
    total += count * mean + (deviation === 0 ? 0 : Math.sqrt(count) * deviation * standardNormal(random))
  }
  return total / n
}

function binsOf(sorted: Float64Array): Bin[] {
  const distinct = new Set(sorted)
  const bins: Bin[] = []
  if (distinct.size <= BINS) {
    for (let from = 0; from < sorted.length; ) {
      const value = sorted[from] ?? 0
      let to = from
      while (to < sorted.length && sorted[to] === value) to++
      bins.push({ size: to - from, mean: value, deviation: 0 })
      from = to
    }
    return bins
  }
  const inner = sorted.length - 2 * ENDS
  const edges = [
    ...Array.from({ length: ENDS }, (_, at) => at),
    ...Array.from({ length: BINS }, (_, at) => ENDS + Math.floor((inner * at) / BINS)),
    ...Array.from({ length: ENDS + 1 }, (_, at) => sorted.length - ENDS + at),
  ]
  for (let at = 0; at + 1 < edges.length; at++) {
    const part = sorted.subarray(edges[at], edges[at + 1])
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length
    const squares = part.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    bins.push({ size: part.length, mean, deviation: Math.sqrt(squares / part.length) })
  }
  return bins
}
