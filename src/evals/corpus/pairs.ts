/**
 * The paired difference of two arms in each figure, over the examples that both answered. Pure; the same sums and seed say
 * the same.
 *
 * The verdict reads the interval of the jackknife. Beside it stand the two tests that the field reports: approximate
 * randomisation (Noreen 1989; Riezler & Maxwell 2005), which deals the two answers of a cluster between the arms by chance,
 * and paired bootstrap resampling (Koehn 2004), which draws clusters again.
 */
import { seededRandom } from '../../kernel/random.ts'
import { jackknifeDifference, meanSampleSize, normalQuantile } from '../../kernel/statistics/index.ts'
import { verdictOf } from '../comparison.ts'
import type { CorpusComparison } from './contract.ts'
import { FIGURES, type Figure, LEAST_CLUSTERS, LEVEL, readFigure } from './figures.ts'
import { addTo, type Sums, wholeZero, without } from './groups.ts'

/** As many as sacreBLEU takes. */
const SHUFFLES = 10_000
const RESAMPLES = 1_000
/** Sums in another order differ in their last digits. */
const ROUNDING = 1e-12
const Z = normalQuantile((1 + LEVEL) / 2)

type SumsAsk = {
  readonly first: Sums
  readonly second: Sums
  /** Examples that both answered. */
  readonly n: number
  readonly margin: number
  readonly seed: number
  readonly excluded: CorpusComparison['excluded']
}

/** First less second, by figure. */
export function compareSums(ask: SumsAsk): CorpusComparison[] {
  const pair = { all: [ask.first.all, ask.second.all], groups: [ask.first.groups(), ask.second.groups()] } as const
  const random = seededRandom(ask.seed)
  const isEmpty = ask.n === 0
  const shuffled = isEmpty ? [] : shuffledP(pair, random)
  const resampled = isEmpty ? [] : resampledOf(pair, random)
  return FIGURES.map((figure, at) =>
    comparisonOf([at, figure], pair, ask, { p: shuffled[at] ?? null, bootstrap: resampled[at] ?? null }),
  )
}

type Two<One> = readonly [One, One]
export type PairedSums = { readonly all: Two<Float64Array>; readonly groups: Two<readonly Float64Array[]> }

function comparisonOf(
  [at, { figure }]: readonly [number, Figure],
  pair: PairedSums,
  { n, margin, excluded }: SumsAsk,
  tests: { p: number | null; bootstrap: CorpusComparison['bootstrap'] },
): CorpusComparison {
  const difference = n === 0 ? null : differenceOf(at, pair.all)
  const found = intervalsOf(at, pair)
  const interval = found?.isSaid ? { low: found.low, high: found.high, ...AS } : null
  const verdict = verdictOf(interval, { better: 'higher', margin })
  return {
    evaluator: figure,
    n,
    clusters: pair.groups[0].length,
    difference,
    interval,
    verdict,
    nonInferior: found && interval ? nonInferiorOf({ interval, narrower: found.narrower, margin }) : null,
    margin,
    neededN:
      verdict === 'undecided' && found
        ? neededPairs({ error: found.standardError, n, margin, clusters: pair.groups[0].length })
        : null,
    discordant: null,
    pValue: tests.p,
    adjustedP: null,
    method: `${AS.method}; p by approximate randomisation, ${SHUFFLES} shuffles`,
    excluded,
    bootstrap: tests.bootstrap,
  }
}

const AS = { method: 'paired, wilson on the effective n of the jackknife', sides: 2 as const, level: LEVEL }

const differenceOf = (at: number, [first, second]: Two<Float64Array>): number => {
  const figure = FIGURES[at]
  return figure ? readFigure(figure, first) - readFigure(figure, second) : Number.NaN
}

/**
 * The interval of the difference and the narrower one of 90 %, in the figure at this place. `isSaid` is false where there
 * are too few clusters, or an arm's value is one of smoothing; null where nothing can be left out.
 */
export function intervalsOf(at: number, { all, groups }: PairedSums) {
  if (groups[0].length < 2) return null
  const left = groups[0].map((group, place) =>
    differenceOf(at, [without(all[0], group), without(all[1], groups[1][place] ?? group)]),
  )
  const given = { difference: differenceOf(at, all), without: left }
  return {
    ...jackknifeDifference({ ...given, confidence: LEVEL }),
    narrower: jackknifeDifference({ ...given, confidence: 2 * LEVEL - 1 }),
    isSaid: groups[0].length >= LEAST_CLUSTERS && !all.some((sums) => FIGURES[at]?.restsOnSmoothing?.(sums)),
  }
}

/** No worse than the margin, at 95 % on one side: the end of the 90 % interval that points to harm. */
export function nonInferiorOf(given: {
  readonly interval: { low: number; high: number }
  readonly narrower: { low: number }
  readonly margin: number
}): boolean | null {
  const { interval, narrower, margin } = given
  if (interval.high < -margin) return false
  return narrower.low > -margin ? true : null
}

/** Pairs that show a difference of the margin with 80 % power at the variance that was seen. */
export function neededPairs(given: {
  readonly error: number
  readonly n: number
  readonly margin: number
  readonly clusters: number
}): number | null {
  const { error, n, margin, clusters } = given
  if (margin <= 0) return null
  // In clusters of the size that was seen, so many pairs make the least of which anything is said.
  const least = Math.ceil((LEAST_CLUSTERS * n) / clusters)
  // Where no cluster moves it, n pairs leave z² / (n + z²) open, by Wilson.
  if (error === 0) return Math.max(least, Math.ceil((Z ** 2 * (1 - margin)) / margin))
  return Math.max(least, meanSampleSize({ difference: margin, standardDeviation: error * Math.sqrt(n) }).n)
}

/** Two-sided, by figure: (1 + as far or farther) / (1 + shuffles), which is never 0. */
export function shuffledP({ all, groups }: PairedSums, random: () => number, shuffles = SHUFFLES): number[] {
  const seen = FIGURES.map((_, at) => Math.abs(differenceOf(at, all)))
  const farther = FIGURES.map(() => 0)
  const apart = groups[0].map((group, place) => group.map((sum, at) => sum - (groups[1][place]?.[at] ?? 0)))
  const both = all[0].map((sum, at) => sum + (all[1][at] ?? 0))
  const dealt = new Float64Array(both.length)
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    dealt.fill(0)
    for (const difference of apart) addTo(dealt, difference, random() < 0.5 ? 1 : -1)
    const sides: Two<Float64Array> = [
      both.map((sum, at) => wholeZero((sum + (dealt[at] ?? 0)) / 2)),
      both.map((sum, at) => wholeZero((sum - (dealt[at] ?? 0)) / 2)),
    ]
    for (const [at, least] of seen.entries())
      if (Math.abs(differenceOf(at, sides)) >= least - ROUNDING) farther[at] = (farther[at] ?? 0) + 1
  }
  return farther.map((count) => (1 + count) / (1 + shuffles))
}

/** By figure: how often the first arm is ahead, and p as Moses and sacreBLEU take it from the same resamples. */
function resampledOf({ all, groups }: PairedSums, random: () => number): NonNullable<CorpusComparison['bootstrap']>[] {
  const count = groups[0].length
  const found = FIGURES.map(() => new Float64Array(RESAMPLES))
  for (let resample = 0; resample < RESAMPLES; resample++) {
    const times = new Uint16Array(count)
    for (let draw = 0; draw < count; draw++) {
      const at = Math.floor(random() * count)
      times[at] = (times[at] ?? 0) + 1
    }
    const sums: Two<Float64Array> = [new Float64Array(all[0].length), new Float64Array(all[1].length)]
    for (const side of [0, 1] as const)
      for (const [place, group] of groups[side].entries()) addTo(sums[side], group, times[place] ?? 0)
    for (const [at, values] of found.entries()) values[resample] = differenceOf(at, sums)
  }
  return found.map((values, at) => {
    const centre = values.reduce((sum, value) => sum + Math.abs(value), 0) / RESAMPLES
    const seen = Math.abs(differenceOf(at, all))
    const farther = values.filter((value) => Math.abs(value) - centre > seen).length
    return {
      resamples: RESAMPLES,
      ahead: values.filter((value) => value > 0).length / RESAMPLES,
      pValue: (1 + farther) / (1 + RESAMPLES),
    }
  })
}
