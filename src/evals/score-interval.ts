/**
 * Mean and interval of one evaluator over examples.
 *
 * Rates get Wilson's interval. Where examples come in clusters or repeats, and for means of shares, it rests on as many
 * trials as they are worth, so that it never leaves [0, 1]: of 30 scores that are nearly all 1, Student's interval held
 * the mean in 61 of 100 samples, this one in 95. Means of other units get a clustered mean (CR2 with Satterthwaite's
 * degrees of freedom; each example its own cluster where none is named), of its logarithm where no value is below zero, so
 * that no time is either; or BCa resampling of whole clusters when asked. Too little to say anything gives no interval, never a narrow one.
 */
import type { Interval } from '../core/evidence.ts'
import {
  bootstrap,
  type ClusterKeys,
  clusterCodes,
  clusteredAmount,
  clusteredMean,
  clusteredRate,
  mean,
  type Values,
  wilson,
} from '../kernel/statistics/index.ts'
import type { IntervalMethod, ScoreKind } from './experiment.ts'

export const LEVEL = 0.95

export type Scores = { readonly values: Values; readonly clusters: ClusterKeys }

export function intervalOf(
  { values, clusters: keys }: Scores,
  { kind, unit, method, random }: { kind: ScoreKind; unit: string; method: IntervalMethod; random: () => number },
): Interval | null {
  // Looked for once, however often they are asked for.
  const clusters = clusterCodes(keys)
  const groups = clusters.count
  if (values.length === 0) return null
  if (isRate(kind, values) && groups === values.length) {
    const successes = values.reduce((sum, value) => sum + Number(value === 1), 0)
    return { ...wilson({ successes, n: values.length, confidence: LEVEL }), method: 'wilson', sides: 2, level: LEVEL }
  }
  if (groups < 2 && !isAllAlike(values)) return null
  if (kind === 'mean' && method === 'bca-bootstrap')
    return groups < 2 ? null : bootstrapOf({ values, clusters }, random)
  if (isShare(unit, values)) {
    const { low, high } = clusteredRate({ scores: values, clusters, confidence: LEVEL })
    return { low, high, method: 'wilson on the effective n', sides: 2, level: LEVEL }
  }
  if (groups < 2) return null
  const isAmount = values.every((value) => value >= 0)
  const { low, high } = (isAmount ? clusteredAmount : clusteredMean)({ scores: values, clusters, confidence: LEVEL })
  const student = groups === values.length ? 'student-t' : 'clustered-t (CR2)'
  return { low, high, method: isAmount ? `${student} of the logarithm` : student, sides: 2, level: LEVEL }
}

/** BCa over whole clusters: what is drawn again is a cluster, and the statistic is the mean of all its scores. */
export function bootstrapOf({ values, clusters }: Scores, random: () => number): Interval {
  const { codes, count } = clusterCodes(clusters)
  const isPlain = count === values.length
  if (isPlain || count > MOST_DRAWN) {
    const { low, high } = bootstrap({
      values: isPlain ? Array.from(values) : linearised(values, codes, count),
      random,
      confidence: LEVEL,
    })
    return { low, high, method: isPlain ? 'bca-bootstrap' : 'bca-bootstrap of clusters', sides: 2, level: LEVEL }
  }
  const { totals, sizes } = sumsOf(values, codes, count)
  const { low, high } = bootstrap({
    values: Array.from({ length: count }, (_, at) => at),
    statistic: (drawn) => sumAt(totals, drawn) / sumAt(sizes, drawn),
    random,
    confidence: LEVEL,
  })
  return { low, high, method: 'bca-bootstrap of clusters', sides: 2, level: LEVEL }
}

/** Above so many clusters the mean is as good as linear in them, and means are drawn by counts and not one by one. */
const MOST_DRAWN = 5_000

/** The mean of all scores as a mean over clusters: what each moves it by (Taylor's first term of the ratio). */
function linearised(values: Values, codes: Values, count: number): number[] {
  const { totals, sizes } = sumsOf(values, codes, count)
  const centre = mean(values)
  const size = values.length / count
  return Array.from(totals, (total, at) => centre + (total - centre * (sizes[at] ?? 0)) / size)
}

function sumsOf(values: Values, codes: Values, count: number) {
  const totals = new Float64Array(count)
  const sizes = new Float64Array(count)
  for (let at = 0; at < values.length; at++) {
    const code = codes.at(at) ?? 0
    totals[code] = (totals[code] ?? 0) + (values.at(at) ?? 0)
    sizes[code] = (sizes[code] ?? 0) + 1
  }
  return { totals, sizes }
}

const sumAt = (sums: Float64Array, places: readonly number[]): number =>
  places.reduce((sum, place) => sum + (sums[place] ?? 0), 0)

export const meanOf = (values: Values): number | null => (values.length === 0 ? null : mean(values))

/** With repeats a rate becomes a mean of shares, whose number of trials is another. */
export const isRate = (kind: ScoreKind, values: Values): boolean =>
  kind === 'rate' && values.every((value) => value === 0 || value === 1)

/** Scores that lie between 0 and 1 by what they are. */
export const isShare = (unit: string, values: Values): boolean =>
  unit === 'share' && values.every((value) => value >= 0 && value <= 1)

const isAllAlike = (values: Values): boolean =>
  values.every((value) => value === 0) || values.every((value) => value === 1)
