/**
 * The primary score of each arm by the number of its example, kept when an experiment ends, with the clusters of the
 * examples: arms of two experiments are held against each other without a look at their rows.
 *
 * Invariant: what is kept is what the rows say, repeats averaged; of an experiment that succeeded it never changes.
 */
import type { Database } from '../../store/database.ts'
import { type Cases, type ScoreColumn, scoreAt } from '../columns/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import { listScores, replaceScores } from './store.ts'

const PART = 16_384

export type ArmScores = {
  /** By the number of the example less one; NaN where it has none. */
  readonly scores: Float64Array
  readonly clusters: Int32Array
}
export type ScoresDraft = {
  readonly experiment: Pick<Experiment, 'id' | 'organisation'>
  readonly columns: ReadonlyMap<ArmName, ScoreColumn>
  readonly cases: Pick<Cases, 'clusters' | 'count'>
  /** The place of an example among the cases, by its number; -1 where it is none of them. */
  readonly placeOf: Int32Array
}

export async function keepScores(db: Database, { columns, ...of }: ScoresDraft): Promise<void> {
  for (const [arm, column] of columns) for (const part of partsOf(of, arm, column)) await replaceScores(db, part)
}

function* partsOf(
  { experiment: { id, organisation }, cases, placeOf }: Omit<ScoresDraft, 'columns'>,
  arm: ArmName,
  column: ScoreColumn,
) {
  const of = { experiment: id, organisation, arm }
  const rows = placeOf.length - 1
  const isClustered = cases.clusters.some((cluster) => cluster >= cases.count)
  for (let from = 0; from < rows; from += PART) {
    const places = placeOf.subarray(from + 1, Math.min(from + PART, rows) + 1)
    const scores = Float64Array.from(places, (place) => (place < 0 ? Number.NaN : scoreAt(column, place)))
    const clusters = Int32Array.from(places, (place, at) => clusterOf(cases, { place, number: from + at, rows }))
    yield {
      ...of,
      part: from / PART,
      scores: new Uint8Array(scores.buffer),
      clusters: isClustered ? new Uint8Array(clusters.buffer) : null,
    }
  }
}

/** An example of its own has its own number, and names of clusters come behind all numbers. */
function clusterOf(
  { clusters, count }: ScoresDraft['cases'],
  { place, number, rows }: { place: number; number: number; rows: number },
): number {
  const cluster = clusters[place] ?? 0
  return place < 0 || cluster < count ? number : cluster - count + rows
}

/** Undefined where none are kept of all examples: the experiment ended before they were. */
export async function keptScores(
  db: Database,
  { experiment, arm, rows }: { experiment: ExperimentId; arm: ArmName; rows: number },
): Promise<ArmScores | undefined> {
  const parts = await listScores(db, { experiment, arm })
  const scores = new Float64Array(rows)
  const clusters = Int32Array.from({ length: rows }, (_, number) => number)
  let at = 0
  for (const part of parts) {
    const some = new Float64Array(new Uint8Array(part.scores).buffer)
    if (at + some.length > rows) return undefined
    scores.set(some, at)
    if (part.clusters) clusters.set(new Int32Array(new Uint8Array(part.clusters).buffer), at)
    at += some.length
  }
  return at === rows ? { scores, clusters } : undefined
}
