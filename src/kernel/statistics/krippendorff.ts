/** Agreement of any number of raters with gaps: Krippendorff's alpha by the coincidence matrix. */
import { requireFinite, requireOpenFraction, requireSameLength } from './argument.ts'
import { binomialDraw } from './binomial-draw.ts'
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
export function krippendorffAlpha(
  given: Rated & { level: RatingLevel },
): { alpha: number; units: number; ratings: number } | undefined {
  const units = ratedTwice(given)
  const alpha = alphaOf(counted(units, distanceOf(given.level, units)))
  if (alpha === undefined) return undefined
  return {
    alpha,
    units: sumOf(units, ({ count }) => count),
    ratings: sumOf(units, ({ ratings, count }) => count * ratings.length),
  }
}

/** Units, and how many are like each of them; each is one when `counts` is left out. */
type Rated = { units: readonly UnitRatings[]; counts?: readonly number[] }

/**
 * Percentile bootstrap over whole units (1,000 resamples when not said), with the distances of the whole data: a unit is
 * what was sampled. Resamples in which nothing could disagree are left out, and counted. With `counts`, how often units
 * like each come is drawn instead of the units: a multinomial, so that it is the same bootstrap whatever their number.
 */
export function krippendorffInterval(
  given: Rated & { level: RatingLevel; random: () => number; resamples?: number; confidence?: number },
): (Interval & { resamples: number }) | undefined {
  const { level, random, resamples = 1000, confidence = 0.95 } = given
  requireOpenFraction('confidence', confidence)
  const units = ratedTwice(given)
  if (sumOf(units, ({ count }) => count) < 2) return undefined
  const all = counted(units, distanceOf(level, units))
  const resampled = given.counts
    ? () => countsDrawn(all.units, random)
    : () => all.units.map((unit) => all.units[Math.floor(random() * units.length)] ?? unit)
  const replicates = Array.from({ length: resamples }, () => alphaOf({ ...all, units: resampled() })).filter(
    (alpha) => alpha !== undefined,
  )
  if (replicates.length === 0) return undefined
  const sorted = replicates.sort((one, other) => one - other)
  const error = (1 - confidence) / 2
  return { low: sortedQuantile(sorted, error), high: sortedQuantile(sorted, 1 - error), resamples: replicates.length }
}

type RatedUnit = { readonly ratings: readonly number[]; readonly count: number }

function ratedTwice({ units, counts }: Rated): RatedUnit[] {
  if (counts) requireSameLength({ name: 'units', values: units }, { name: 'counts', values: counts })
  return units
    .map((unit, index) => {
      const ratings = unit.filter((rating) => rating !== null)
      ratings.forEach((rating, at) => {
        requireFinite(`units[${index}][${at}]`, rating)
      })
      return { ratings, count: counts?.[index] ?? 1 }
    })
    .filter(({ ratings, count }) => ratings.length >= 2 && count > 0)
}

type Distance = (one: number, other: number) => number

type Counted = {
  /** The distinct ratings. */
  readonly ratings: readonly number[]
  readonly distance: Distance
  /** Of each unit: where its ratings stand among the distinct ones, and how far they disagree. */
  readonly units: readonly CountedUnit[]
}
type CountedUnit = { readonly at: readonly number[]; readonly disagreement: number; readonly count: number }

/** What a unit adds does not depend on the others, so that a resample of 100,000 units takes a millisecond or two. */
function counted(units: readonly RatedUnit[], distance: Distance): Counted {
  const place = new Map<number, number>()
  const placeOf = (rating: number): number => {
    const known = place.get(rating)
    if (known === undefined) place.set(rating, place.size)
    return known ?? place.size - 1
  }
  const all = units.map(({ ratings, count }) => {
    const counts = new Map<number, number>()
    for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + 1)
    return { at: ratings.map(placeOf), disagreement: pairs(counts, distance) / (ratings.length - 1), count }
  })
  return { ratings: [...place.keys()], distance, units: all }
}

/** One resample as counts of the units that are alike: each a binomial of what is left. */
function countsDrawn(units: readonly CountedUnit[], random: () => number): CountedUnit[] {
  let drawsLeft = sumOf(units, ({ count }) => count)
  let unitsLeft = drawsLeft
  return units.map((unit) => {
    const count = binomialDraw({ n: drawsLeft, p: unit.count / unitsLeft, random })
    drawsLeft -= count
    unitsLeft -= unit.count
    return { ...unit, count }
  })
}

function alphaOf({ ratings, distance, units }: Counted): number | undefined {
  const totals = new Array<number>(ratings.length).fill(0)
  let observed = 0
  let n = 0
  for (const { at, disagreement, count } of units) {
    n += count * at.length
    for (const place of at) totals[place] = (totals[place] ?? 0) + count
    observed += count * disagreement
  }
  const expected = pairs(new Map(ratings.map((rating, at) => [rating, totals[at] ?? 0])), distance) / (n - 1)
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

function distanceOf(level: RatingLevel, units: readonly RatedUnit[]): Distance {
  if (level === 'nominal') return (one, other) => (one === other ? 0 : 1)
  if (level === 'interval') return (one, other) => (one - other) ** 2
  if (level === 'ratio') return (one, other) => (one + other === 0 ? 0 : ((one - other) / (one + other)) ** 2)
  // Ordinal: ratings between the two, and half of those at both ends.
  const counts = new Map<number, number>()
  for (const { ratings, count } of units)
    for (const rating of ratings) counts.set(rating, (counts.get(rating) ?? 0) + count)
  const sorted = [...counts.keys()].sort((one, other) => one - other)
  const upTo = new Map<number, number>()
  let running = 0
  for (const rating of sorted) {
    running += counts.get(rating) ?? 0
    upTo.set(rating, running - (counts.get(rating) ?? 0) / 2)
  }
  return (one, other) => ((upTo.get(one) ?? 0) - (upTo.get(other) ?? 0)) ** 2
}

const sumOf = <Unit>(units: readonly Unit[], of: (unit: Unit) => number): number =>
  units.reduce((sum, unit) => sum + of(unit), 0)
