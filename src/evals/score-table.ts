/** Scores of one arm by example: repeats averaged first, and what has no score counted with its reason. */
import { seededRandom } from '../kernel/random.ts'
import type { EvaluatorInfo, IntervalMethod, RowOutcome, Score } from './experiment.ts'
import { reliabilityOf } from './reliability.ts'
import { intervalOf, meanOf } from './score-interval.ts'

export type SummaryRow = Pick<
  RowOutcome,
  'arm' | 'example' | 'repeat' | 'error' | 'scores' | 'latencyMs' | 'tokens' | 'costMicroUsd' | 'isReused'
>
export type Measure = Pick<EvaluatorInfo, 'version' | 'kind' | 'unit' | 'better'> & { readonly key: string }
/** An example as far as figures rest on it; one without a cluster is its own. */
export type SummaryExample = {
  readonly id: string
  readonly cluster?: string | undefined
  /** Values by which results are cut, by name. */
  readonly slices?: Readonly<Record<string, string>> | undefined
}

/** Scores of one example in one arm: all of its repeats, their mean, or why there is none. */
export type ExampleScore = {
  readonly score: number | null
  readonly repeats: readonly number[]
  readonly isError: boolean
}
export type ScoreTable = ReadonlyMap<string, ExampleScore>

export function scoreTable(rows: readonly SummaryRow[], key: string): ScoreTable {
  const byExample = Map.groupBy(rows, ({ example }) => example)
  return new Map(
    [...byExample].map(([example, all]) => {
      const repeats = all.map(({ scores }) => scores[key]?.score ?? null).filter((score) => score !== null)
      const isError = all.some(({ error, scores }) => error !== null || scores[key]?.error !== undefined)
      return [example, { score: meanOf(repeats), repeats, isError }]
    }),
  )
}

/** One evaluator over these examples of one arm. */
export function scoreOf(
  examples: readonly SummaryExample[],
  {
    measure: { key, version, kind, unit, better },
    table,
    intervals,
    seed,
  }: { measure: Measure; table: ScoreTable | undefined; intervals: IntervalMethod; seed: number },
): Score {
  const scored: ExampleScore[] = []
  const values: number[] = []
  const clusters: string[] = []
  let errors = 0
  let missing = 0
  for (const example of examples) {
    const found = table?.get(example.id)
    if (found?.score !== undefined && found.score !== null) {
      scored.push(found)
      values.push(found.score)
      clusters.push(clusterOf(example))
    } else if (found?.isError) errors++
    else missing++
  }
  return {
    evaluator: key,
    version,
    n: values.length,
    missing,
    errors,
    mean: meanOf(values),
    interval: intervalOf({ values, clusters }, { kind, unit, method: intervals, random: seededRandom(seed) }),
    kind,
    unit,
    better,
    reliability: kind === 'rate' ? reliabilityOf(scored, clusters) : [],
  }
}

export const clusterOf = ({ id, cluster }: SummaryExample): string =>
  // An example's own id may equal the name of somebody else's cluster.
  cluster === undefined ? `example ${id}` : `cluster ${cluster}`
