/** Runs of every kind that figures differ by, made of seeded chance: what their summary says is kept to the digit. */
import { seededRandom } from '../kernel/random.ts'
import type { Measure } from './columns/index.ts'
import type { IntervalMethod } from './experiment.ts'
import type { RowNumbers } from './numbers/index.ts'

export const MEASURES: readonly Measure[] = [
  { key: 'right', version: 1, kind: 'rate', unit: 'share', better: 'higher' },
  { key: 'overlap', version: 2, kind: 'mean', unit: 'share', better: 'higher' },
  { key: 'latency', version: 1, kind: 'mean', unit: 'ms', better: 'lower' },
  { key: 'points', version: 1, kind: 'mean', unit: 'points', better: 'higher' },
]

export type SummaryCase = {
  readonly name: string
  readonly examples: number
  readonly arms: readonly string[]
  readonly repeats: number
  readonly intervals: IntervalMethod
  readonly clusters: 'own' | 'named' | 'mixed'
  /** Whether rows fail, lack scores, and are not all run. */
  readonly isWhole: boolean
  readonly isShuffled: boolean
  readonly slices: readonly string[]
}

const PLAIN: Omit<SummaryCase, 'name' | 'intervals' | 'isWhole'> = {
  ...{ examples: 700, arms: ['candidate', 'control'], repeats: 1 },
  ...{ clusters: 'own', isShuffled: false, slices: [] },
}

export const SUMMARY_CASES: readonly SummaryCase[] = [
  { ...PLAIN, name: 'nothing is missing', intervals: 'clustered-t', isWhole: true },
  { ...PLAIN, name: 'nothing is missing, resampled', intervals: 'bca-bootstrap', isWhole: true },
  { ...PLAIN, name: 'clusters', intervals: 'clustered-t', clusters: 'named', isWhole: true },
  // Of several blocks on disk, and of more than are at hand at a time.
  {
    ...{ ...PLAIN, name: 'many examples with gaps', examples: 5_000 },
    ...{ intervals: 'clustered-t', clusters: 'mixed', isWhole: false },
  },
  {
    ...{
      examples: 700,
      name: 'four arms with gaps, cut',
      arms: ['candidate', 'control', 'tuned', 'other'],
      repeats: 1,
    },
    ...{ intervals: 'clustered-t', clusters: 'mixed', isWhole: false, isShuffled: true, slices: ['kind'] },
  },
  {
    ...{ examples: 700, name: 'repeats with gaps', arms: ['candidate', 'control'], repeats: 3 },
    ...{ intervals: 'clustered-t', clusters: 'own', isWhole: false, isShuffled: true, slices: ['kind'] },
  },
  {
    ...{ examples: 700, name: 'one arm, clusters resampled', arms: ['candidate'], repeats: 2 },
    ...{ intervals: 'bca-bootstrap', clusters: 'mixed', isWhole: false, isShuffled: false, slices: [] },
  },
]

export function examplesOf({ clusters, examples }: SummaryCase) {
  const random = seededRandom(3)
  return Array.from({ length: examples }, (_, at) => {
    const isNamed = clusters === 'named' || (clusters === 'mixed' && random() < 0.6)
    const metadata = at % 11 === 0 ? {} : { kind: ['short', 'long', 'rare'][Math.floor(random() ** 3 * 3)] ?? 'rare' }
    return {
      ...{ id: `e${at}\n"${at}"`, split: 'regress' as const, metadata },
      ...(isNamed && { cluster: `c${Math.floor(random() * 90)}` }),
    }
  })
}

export function* rowsOf({ examples, arms, repeats, isWhole, isShuffled }: SummaryCase): Generator<RowNumbers> {
  const random = seededRandom(5)
  const numbers = Array.from({ length: examples }, (_, at) => at + 1)
  if (isShuffled)
    for (let last = examples - 1; last > 0; last--) {
      const drawn = Math.floor(random() * (last + 1))
      ;[numbers[last], numbers[drawn]] = [numbers[drawn] ?? 0, numbers[last] ?? 0]
    }
  for (let repeat = 1; repeat <= repeats; repeat++)
    for (const exampleNumber of isWhole ? numbers : numbers.slice(0, examples - 80))
      for (const [at, arm] of arms.entries()) {
        const chance = Array.from({ length: 8 }, () => random())
        const [right = 0, overlap = 0, latency = 0, points = 0, failed = 0, missing = 0, which = 0, broken = 0] = chance
        const isFailed = !isWhole && failed < 0.04
        const gap = !isWhole && missing < 0.05 ? Math.floor(which * MEASURES.length) : -1
        const scores = [
          Number(right < 0.7 - 0.05 * at),
          Math.round(overlap * 20) / 20,
          40 * -Math.log(1 - latency) + 10 * at,
          Math.round((points - 0.5) * 100) / 10 + at / 3,
        ]
        yield {
          ...{ exampleNumber, arm, repeat, isFailed, isReused: false },
          latencyMs: 1000 * latency,
          tokens: { input: 10, output: 5, estimated: false },
          costMicroUsd: null,
          scores: isFailed ? [] : scores.map((score, measure) => (measure === gap ? null : score)),
          hasFailed: scores.map((_, measure) => measure === gap && broken < 0.5),
        }
      }
}
