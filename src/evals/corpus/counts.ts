/** What corpus figures count, over all answers of each arm and over the examples that two arms answered. Pure. */
import { type ClusterKey, jackknifeShare } from '../../kernel/statistics/index.ts'
import type { CorpusArm, CorpusComparison } from './contract.ts'
import {
  answerCounts,
  type CorpusAnswer,
  FIGURES,
  type Figure,
  LEAST_CLUSTERS,
  LEVEL,
  readFigure,
  SIZE,
} from './figures.ts'
import { createGroups, createSums, type Sums, without } from './groups.ts'
import { compareSums } from './pairs.ts'

export type CorpusRow = CorpusAnswer & {
  readonly arm: string
  readonly exampleNumber: number
  /** Whether the run failed. */
  readonly isFailed: boolean
  /** What belongs together is left out, drawn and shuffled together. */
  readonly cluster: ClusterKey
  /** The pairs of arms whose other arm answered this example too. */
  readonly pairs?: readonly number[]
  /** How much of its example's answer in this arm it is: an example with three answers weighs as much as one with two. */
  readonly share?: number
}

export type CorpusPlan = {
  readonly arms: readonly string[]
  readonly pairs: readonly { readonly arm: string; readonly to: string }[]
  /** Differences inside ± margin are equivalent. */
  readonly margin: number
  readonly seed: number
}
type Excluded = CorpusComparison['excluded']

/** @param ended what pairs leave out, in their order */
export type CorpusEnd = (excluded: readonly Excluded[]) => {
  readonly arms: CorpusArm[]
  readonly pairs: CorpusComparison[][]
}

export function createCorpusCounts({ arms, pairs, margin, seed }: CorpusPlan): {
  readonly add: (row: CorpusRow) => void
  readonly end: CorpusEnd
} {
  const groupOf = createGroups()
  const byArm = new Map(arms.map((arm) => [arm, armCounts()]))
  const byPair = pairs.map(({ arm }) => ({ arm, first: createSums(SIZE), second: createSums(SIZE), examples: 0 }))
  const lastOf = pairs.map(() => -1)
  return {
    /** Rows of one example and arm follow one another. */
    add(row) {
      const counts = byArm.get(row.arm)?.add(row, groupOf)
      if (!counts) return
      for (const at of row.pairs ?? []) {
        const pair = byPair[at]
        if (!pair) continue
        const isFirst = row.arm === pair.arm
        const sums = isFirst ? pair.first : pair.second
        sums.add(groupOf(row.cluster), counts, row.share)
        if (isFirst && lastOf[at] !== row.exampleNumber) pair.examples += 1
        if (isFirst) lastOf[at] = row.exampleNumber
      }
    },
    end: (excluded) => ({
      arms: [...byArm].map(([arm, counts]) => ({ arm, ...counts.end() })),
      pairs: byPair.map(({ first, second, examples }, at) =>
        compareSums({ first, second, n: examples, margin, seed, excluded: excluded[at] ?? { count: 0, examples: [] } }),
      ),
    }),
  }
}

function armCounts() {
  const sums = createSums(SIZE)
  let [n, examples, missing, errors, last] = [0, 0, 0, 0, -1]
  const references = new Set<number>()
  return {
    /** What was counted of the answer, where there is one with a reference. */
    add(row: CorpusRow, groupOf: (cluster: ClusterKey) => number): Float64Array | undefined {
      if (row.isFailed) errors += 1
      else if (row.references.length === 0) missing += 1
      if (row.isFailed || row.references.length === 0) return undefined
      const counts = answerCounts(row)
      n += 1
      if (row.exampleNumber !== last) examples += 1
      last = row.exampleNumber
      references.add(row.references.length)
      sums.add(groupOf(row.cluster), counts)
      return counts
    },
    end: (): Omit<CorpusArm, 'arm'> => ({
      n,
      examples,
      missing,
      errors,
      figures: FIGURES.map((one) => ({
        figure: one.figure,
        signature: one.signature(references.size === 1 ? String([...references][0]) : 'var'),
        value: n === 0 ? null : readFigure(one, sums.all),
        interval: intervalOf(one, sums),
      })),
    }),
  }
}

/** Null where there are too few clusters, or the value is one of smoothing. */
export function intervalOf(
  figure: Figure,
  { all, groups }: Pick<Sums, 'all' | 'groups'>,
): CorpusArm['figures'][number]['interval'] {
  const apart = groups()
  if (apart.length < LEAST_CLUSTERS || figure.restsOnSmoothing?.(all)) return null
  const { low, high } = jackknifeShare({
    share: readFigure(figure, all),
    without: apart.map((group) => readFigure(figure, without(all, group))),
    confidence: LEVEL,
  })
  return { low, high, method: 'wilson on the effective n of the jackknife', sides: 2, level: LEVEL }
}
