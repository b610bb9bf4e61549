/**
 * Sums of what corpus figures count, over all answers of an arm, and over as many resamples of its examples. Pure.
 *
 * Invariant: what is held does not grow with the answers. Each example has a Poisson(1) weight in each resample, drawn from
 * its cluster and the seed alone (the Poisson bootstrap of Hanley & MacGibbon 2006, Chamandy et al. 2012), so that its
 * repeats, and examples of one cluster, stay together, and rows may come one by one.
 */
import { hash } from 'node:crypto'
import { seededRandom } from '../../kernel/random.ts'
import { sortedQuantile } from '../../kernel/statistics/index.ts'
import type { CorpusArm } from './contract.ts'
import { answerCounts, type CorpusAnswer, FIGURES } from './figures.ts'

const RESAMPLES = 1_000
/** Percentiles over fewer clusters are too narrow; an example without a cluster is its own. */
const LEAST_CLUSTERS = 30
const LEVEL = 0.95

export type CorpusRow = CorpusAnswer & {
  readonly arm: string
  readonly exampleNumber: number
  /** Whether the run failed. */
  readonly isFailed: boolean
  /** Examples of one cluster are drawn together. */
  readonly cluster: string
}

export function createCorpusCounts({ arms, seed }: { arms: readonly string[]; seed: number }) {
  const byArm = new Map(arms.map((arm) => [arm, armCounts(seed)]))
  return {
    add: (row: CorpusRow): void => byArm.get(row.arm)?.add(row),
    end: (): CorpusArm[] => [...byArm].map(([arm, counts]) => ({ arm, ...counts.end() })),
  }
}

function armCounts(seed: number) {
  let all: Float64Array | undefined
  let resampled: Float64Array[] = []
  let [n, examples, missing, errors, last] = [0, 0, 0, 0, -1]
  const references = new Set<number>()
  // As many as are asked for; that there are more changes nothing.
  const clusters = new Set<string>()
  return {
    /** Rows of one example follow one another. */
    add(row: CorpusRow): void {
      if (row.isFailed) errors += 1
      else if (row.references.length === 0) missing += 1
      if (row.isFailed || row.references.length === 0) return
      const counts = answerCounts(row)
      all ??= new Float64Array(counts.length)
      if (resampled.length === 0) resampled = Array.from({ length: RESAMPLES }, () => new Float64Array(counts.length))
      n += 1
      if (row.exampleNumber !== last) examples += 1
      last = row.exampleNumber
      references.add(row.references.length)
      if (clusters.size < LEAST_CLUSTERS) clusters.add(row.cluster)
      addTo(all, counts, 1)
      const draw = poisson(seededRandom(seed ^ Number.parseInt(hash('sha256', row.cluster, 'hex').slice(0, 8), 16)))
      for (const sums of resampled) addTo(sums, counts, draw())
    },
    end: (): Omit<CorpusArm, 'arm'> => ({
      n,
      examples,
      missing,
      errors,
      figures: FIGURES.map(({ figure, signature, of }) => ({
        figure,
        signature: signature(references.size === 1 ? String([...references][0]) : 'var'),
        value: all ? of(all) : null,
        interval: clusters.size < LEAST_CLUSTERS ? null : intervalOf(resampled.map(of)),
      })),
    }),
  }
}

function intervalOf(values: readonly number[]) {
  const sorted = Float64Array.from(values).sort()
  const tail = (1 - LEVEL) / 2
  return {
    low: sortedQuantile(sorted, tail),
    high: sortedQuantile(sorted, 1 - tail),
    method: `poisson-bootstrap, ${RESAMPLES} resamples, percentile`,
    sides: 2 as const,
    level: LEVEL,
  }
}

function addTo(sums: Float64Array, counts: Float64Array, weight: number): void {
  if (weight === 0) return
  for (let at = 0; at < counts.length; at++) sums[at] = (sums[at] ?? 0) + weight * (counts[at] ?? 0)
}

/** Draws from Poisson(1) by its distribution, one number of chance each. */
function poisson(random: () => number): () => number {
  return () => {
    const chance = random()
    let [count, density, below] = [0, Math.exp(-1), Math.exp(-1)]
    while (chance >= below && count < 20) {
      count += 1
      density /= count
      below += density
    }
    return count
  }
}
