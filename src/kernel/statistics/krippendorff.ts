/** Agreement of any number of raters with gaps: Krippendorff's alpha by the coincidence matrix. */
import { requireFinite, requireOpenFraction } from './argument.ts'
import type { Interval } from './interval.ts'
import { sortedQuantile } from './summary.ts'

/** What a difference of two ratings means: other, further in rank, further in number, further in proportion. */
export type RatingLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/** One unit's ratings, in any order; null is a rating that is not there. */
export type UnitRatings = readonly (number | null)[]

/**
 * Alpha = 1 - observed / expected disagreement (Krippendorff 2011, "Computing Krippendorff's alpha-reliability") over
 * units; each pair within a unit of m ratings weighs 1/(m - 1), and units with one rating are left out. `undefined` when
 * no unit has two ratings or all ratings are equal: then nothing could have disagreed.
 */
export function krippendorffAlpha(given: {
  units: readonly UnitRatings[]
  level: RatingLevel
}): { alpha: number; units: number; ratings: number } | undefined {
  const units = ratedTwice(given.units)
  const alpha = alphaOf(units, distanceOf(given.level, units))
  if (alpha === undefined) return undefined
  return { alpha, units: units.length, ratings: units.reduce((sum, unit) => sum + unit.length, 0) }
}

/**
 * Percentile bootstrap over whole units (1,000 resamples when not said), with the distances of the whole data: a unit is
 * what was sampled. Resamples in which nothing could disagree are left out, and counted.
 */
export function krippendorffInterval(given: {
  units: readonly UnitRatings[]
  level: RatingLevel
  random: () => number
  resamples?: number
  confidence?: number
}): (Interval & { resamples: number }) | undefined {
  const { level, random, resamples = 1000, confidence = 0.95 } = given
  requireOpenFraction('confidence', confidence)
  const units = ratedTwice(given.units)
  if (units.length < 2) return undefined
  const distance = distanceOf(level, units)
  const replicates = Array.from({ length: resamples }, () =>
    alphaOf(
      units.map((unit) => units[Math.floor(random() * units.length)] ?? unit),
      distance,
    ),
  ).filter((alpha) => alpha !== undefined)
  if (replicates.length === 0) return undefined
  const sorted = replicates.sort((one, other) => one - other)
  const error = (1 - confidence) / 2
  return { low: sortedQuantile(sorted, error), high: sortedQuantile(sorted, 1 - error), resamples: replicates.length }
}

const ratedTwice = (units: readonly UnitRatings[]): number[][] =>
  units
    .map((unit) => unit.filter((rating) => rating !== null))
    .map((unit, index) => {
      unit.forEach((rating, at) => {
        requireFinite(`units[${index}][${at}]`, rating)
      })
      return unit
    })
    .filter((unit) => unit.length >= 2)

type Distance = (one: number, other: number) => number

function alphaOf(units: readonly (readonly number[])[], distance: Distance): number | undefined {
  const totals = new Map<number, number>()
  let observed = 0
  let n = 0
  for (const unit of units) {
    n += unit.length
    const counts = new Map<number, number>()
    for (const rating of unit) counts.set(rating, (counts.get(rating) ?? 0) + 1)
    for (const [rating, count] of counts) totals.set(rating, (totals.get(rating) ?? 0) + count)
    observed += pairs(counts, distance) / (unit.length - 1)
  }
  const expected = pairs(totals, distance) / (n - 1)
  return expected > 0 ? 1 - observed / expected : undefined
}

/** Sum over ordered pairs of different ratings. */
function pairs(counts: ReadonlyMap<number, number>, distance: Distance): number {
  let sum = 0
  const entries = [...counts]
  for (const [one, a] of entries)
    for (const [other, b] of entries) if (one !== other) sum += a * b * distance(one, other)
  return sum
}

function distanceOf(level: RatingLevel, units: readonly (readonly number[])[]): Distance {
  if (level === 'nominal') return (one, other) => (one === other ? 0 : 1)
  if (level === 'interval') return (one, other) => (one - other) ** 2
  if (level === 'ratio') return (one, other) => (one + other === 0 ? 0 : ((one - other) / (one + other)) ** 2)
  // Ordinal: ratings between the two, and half of those at both ends.
  const counts = new Map<number, number>()
  for (const rating of units.flat()) counts.set(rating, (counts.get(rating) ?? 0) + 1)
  const sorted = [...counts.keys()].sort((one, other) => one - other)
  const upTo = new Map<number, number>()
  let running = 0
  for (const rating of sorted) {
    running += counts.get(rating) ?? 0
    upTo.set(rating, running - (counts.get(rating) ?? 0) / 2)
  }
  return (one, other) => ((upTo.get(one) ?? 0) - (upTo.get(other) ?? 0)) ** 2
}
