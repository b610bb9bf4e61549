/** What sums of labels say, each with its interval by the jackknife over clusters. Pure. */
import type { Interval } from '../../core/evidence.ts'
import { seededRandom } from '../../kernel/random.ts'
import {
  calibrationInterval,
  calibrationOf,
  jackknifeShare,
  type LabelFigures,
  labelFigures,
} from '../../kernel/statistics/index.ts'
import { type createSums, LEAST_CLUSTERS, LEVEL } from '../corpus/index.ts'
import { type Cells, type Margins, marginsOf, marginsWithout } from './cells.ts'
import type { ClassArm, ClassFigure } from './contract.ts'

/** Answers that expect a label, from which figures that rest on the rarest label have an interval. */
const LEAST_SUPPORT = 5
/** The same of two labels, where the rarer one weighs half. */
const LEAST_OF_TWO = 8

type Figure = {
  readonly figure: ClassFigure['figure']
  readonly of: (figures: LabelFigures) => number
  /** Least value that it can have; the greatest is 1. */
  readonly least: 0 | -1
}

export const FIGURES: readonly Figure[] = [
  { figure: 'accuracy', of: ({ accuracy }) => accuracy, least: 0 },
  { figure: 'micro-f1', of: ({ microF1 }) => microF1, least: 0 },
  { figure: 'macro-f1', of: ({ macroF1 }) => macroF1, least: 0 },
  { figure: 'mcc', of: ({ mcc }) => mcc, least: -1 },
]

/** As a share of what it can be, whose intervals are known. Rounding may lead a last digit beyond. */
export const shareOf = ({ of, least }: Figure, figures: LabelFigures): number =>
  Math.min(1, Math.max(0, (of(figures) - least) / (1 - least)))

export function figuresOf(cells: Cells): ClassFigure[] {
  const margins = marginsOf(cells)
  if (cells.all.size === 0)
    return FIGURES.map(({ figure }) => ({ figure, value: null, interval: null, noIntervalFor: null }))
  const whole = labelFigures(margins)
  const left = leftOf(cells, margins)
  return FIGURES.map((one) => {
    const { figure, least } = one
    const found = intervalOf(
      { share: shareOf(one, whole), without: left.map((figures) => shareOf(one, figures)) },
      least,
    )
    const isKept = found !== null && isHeldBack(figure, cells, margins)
    return {
      figure,
      value: one.of(whole),
      interval: isKept ? null : found,
      noIntervalFor: isKept ? 'rare-label' : found ? null : 'few-clusters',
    }
  })
}

/**
 * Below five answers that expect the rarest label the intervals of what rests on it held the truth in 0.86 to 0.90 of
 * draws, and those of a paired difference in 0.915; of two labels with 0.9 of the answers right in 0.87 from five on
 * (`bench/statistics/labels.ts`).
 */
export const isHeldBack = (figure: ClassFigure['figure'], { count }: Cells, margins: Margins): boolean =>
  (figure === 'macro-f1' || (figure === 'mcc' && count === 2)) && isRare(margins, count)

const isRare = ({ support }: Margins, count: number): boolean =>
  support.some((answers) => answers < (count === 2 ? LEAST_OF_TWO : LEAST_SUPPORT))

/** The figures without each group; none where too few are left to say anything. */
export function leftOf(cells: Cells, margins: Margins): LabelFigures[] {
  const groups = cells.groups()
  if (groups.size < LEAST_CLUSTERS) return []
  const without = onceForEach((group: Group) => labelFigures(marginsWithout(margins, group)))
  return [...groups.values()].map((group) => without(group))
}

export type Group = ReadonlyMap<number, number>

/** Most groups are one answer of a few kinds: those that hold the same are reckoned once. */
export function onceForEach<Groups extends readonly Group[], Found>(
  reckon: (...groups: Groups) => Found,
): (...groups: Groups) => Found {
  const known = new Map<string, Found>()
  return (...groups) => {
    const key = groups.map((group) => [...group].join(' ')).join(';')
    const found = known.get(key) ?? reckon(...groups)
    known.set(key, found)
    return found
  }
}

/** Null below twenty clusters. */
export function intervalOf(given: { share: number; without: readonly number[] }, least: 0 | -1 = 0): Interval | null {
  if (given.without.length < LEAST_CLUSTERS) return null
  const { low, high } = jackknifeShare({ ...given, confidence: LEVEL })
  const unscaled = (share: number) => least + share * (1 - least)
  return {
    low: unscaled(low),
    high: unscaled(high),
    method: 'wilson on the effective n of the jackknife',
    sides: 2,
    level: LEVEL,
  }
}

/** The same every time. */
const SEED = 1

/** How far named probabilities are from what came true; null where no answer names one, no interval below twenty clusters. */
export function calibratedOf(sums: Pick<ReturnType<typeof createSums>, 'all' | 'groups'>): ClassArm['calibration'] {
  const { all } = sums
  const found = calibrationOf(all)
  if (!found) return null
  const groups = sums.groups()
  const limits =
    groups.length < LEAST_CLUSTERS
      ? undefined
      : calibrationInterval({ all, groups, random: seededRandom(SEED), confidence: LEVEL })
  const interval = limits
    ? { ...limits, method: 'normal errors of the bins, folded below', sides: 2 as const, level: LEVEL }
    : null
  return { n: found.n, error: found.ece, interval, bins: found.bins }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Precision, recall and F1 of each label. Only clusters in which it is expected or told say anything of it. */
export function classesOf(cells: Cells, names: readonly string[], shown: number): ClassArm['classes'] {
  const { hits, support, told } = marginsOf(cells)
  const groups = [...cells.groups().values()].map((all) => marginsOfGroup(all, cells.count))
  return names.map((label, at) => {
    const all = { hits: hits[at] ?? 0, support: support[at] ?? 0, told: told[at] ?? 0 }
    const own = at < shown ? groups.flatMap((group) => group.get(at) ?? []) : []
    const score = (wholeOf: (one: OfLabel) => number, by: number) => ({
      value: ratio(by * all.hits, wholeOf(all)),
      interval: intervalOf({
        share: ratio(by * all.hits, wholeOf(all)),
        without: own
          .filter((one) => wholeOf(one) > 0)
          .map((one) => ratio(by * (all.hits - one.hits), wholeOf(all) - wholeOf(one))),
      }),
    })
    return {
      label,
      support: all.support,
      told: all.told,
      precision: score((one) => one.told, 1),
      recall: score((one) => one.support, 1),
      f1: score((one) => one.support + one.told, 2),
    }
  })
}

type OfLabel = { hits: number; support: number; told: number }

/** Of the labels that a group has alone, because a group has few of many. */
function marginsOfGroup(group: ReadonlyMap<number, number>, count: number): Map<number, OfLabel> {
  const found = new Map<number, OfLabel>()
  const add = (at: number, more: Partial<OfLabel>) => {
    const { hits, support, told } = found.get(at) ?? { hits: 0, support: 0, told: 0 }
    const { hits: hit = 0, support: had = 0, told: named = 0 } = more
    found.set(at, { hits: hits + hit, support: support + had, told: told + named })
  }
  for (const [cell, n] of group) {
    const [expected, named] = [Math.floor(cell / (count + 1)), cell % (count + 1)]
    add(expected, { support: n, hits: named === expected ? n : 0 })
    if (named < count) add(named, { told: n })
  }
  return found
}

/** The labels that are shown, then all others together, then (as told) none of them. */
export function confusionOf({ all, count }: Cells, shown: number): number[][] {
  const rows = count > shown ? shown + 1 : shown
  const found = Array.from({ length: rows }, () => new Array<number>(rows + 1).fill(0))
  for (const [cell, n] of all) {
    const [expected, told] = [Math.floor(cell / (count + 1)), cell % (count + 1)]
    const row = found[Math.min(expected, shown)]
    const column = told === count ? rows : Math.min(told, shown)
    if (row) row[column] = (row[column] ?? 0) + n
  }
  return found
}
