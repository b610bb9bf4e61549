/**
 * The primary score of each arm by the number of its example, kept as a blob when an experiment ends, with the clusters of
 * the examples: arms of two experiments are held against each other without a look at their rows.
 *
 * Invariant: what is kept is what the rows say, repeats averaged; of an experiment that succeeded it never changes. A blob
 * has eight bytes for each example of the dataset in its order, the low one first, not a number where it has no score;
 * behind them four for the cluster of each, equal ones for one cluster, unless each example is its own.
 */
import type { Blobs } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import { type Cases, type Places, type ScoreColumn, scoreAt } from '../columns/index.ts'
import type { Experiment, ExperimentId } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import { findFile, replaceFile } from './store.ts'

/** Examples that are written together. */
const AT_ONCE = 16_384
const SCORE_BYTES = 8
const CLUSTER_BYTES = 4

export type ArmScores = {
  /** By the number of the example less one; NaN where it has none. */
  readonly scores: Float64Array
  readonly clusters: Int32Array
}
type KeepDeps = { readonly db: Database; readonly blobs: Pick<Blobs, 'putPieces'> }
type Draft = {
  readonly experiment: Pick<Experiment, 'id' | 'organisation'>
  readonly columns: ReadonlyMap<ArmName, ScoreColumn>
  readonly cases: Pick<Cases, 'clusters' | 'count'>
  readonly places: Places
  /** Of the dataset. */
  readonly rows: number
}

export async function keepScores({ db, blobs }: KeepDeps, { experiment, columns, ...of }: Draft): Promise<void> {
  const { id, organisation } = experiment
  for (const [arm, column] of columns) {
    const file = await blobs.putPieces(piecesOf(of, column))
    await replaceFile(db, { experiment: id, organisation, arm, file })
  }
}

async function* piecesOf({ cases, places, rows }: Pick<Draft, 'cases' | 'places' | 'rows'>, column: ScoreColumn) {
  const placesFrom = (from: number) =>
    Array.from({ length: Math.min(AT_ONCE, rows - from) }, (_, at) => places.placeOf(from + at + 1))
  for (let from = 0; from < rows; from += AT_ONCE) {
    const scores = Float64Array.from(placesFrom(from), (place) => (place < 0 ? Number.NaN : scoreAt(column, place)))
    yield new Uint8Array(scores.buffer)
  }
  const isClustered = cases.clusters.some((cluster) => cluster >= cases.count)
  for (let from = 0; from < rows && isClustered; from += AT_ONCE) {
    const clusters = Int32Array.from(placesFrom(from), (place, at) =>
      clusterOf(cases, { place, number: from + at, rows }),
    )
    yield new Uint8Array(clusters.buffer)
  }
}

/** An example of its own has its own number, and names of clusters come behind all numbers. */
function clusterOf(
  { clusters, count }: Draft['cases'],
  { place, number, rows }: { place: number; number: number; rows: number },
): number {
  const cluster = clusters[place] ?? 0
  return place < 0 || cluster < count ? number : cluster - count + rows
}

/** Undefined where none are kept: the experiment ended before they were. */
export async function keptScores(
  { db, blobs }: { db: Database; blobs: Pick<Blobs, 'get'> },
  { experiment, arm, rows }: { experiment: ExperimentId; arm: ArmName; rows: number },
): Promise<ArmScores | undefined> {
  const found = await findFile(db, { experiment, arm })
  if (!found) return undefined
  const { buffer } = new Uint8Array(await blobs.get(found.file))
  const isClustered = buffer.byteLength === rows * (SCORE_BYTES + CLUSTER_BYTES)
  if (!isClustered && buffer.byteLength !== rows * SCORE_BYTES) return undefined
  return {
    scores: new Float64Array(buffer, 0, rows),
    clusters: isClustered
      ? new Int32Array(buffer, rows * SCORE_BYTES, rows)
      : Int32Array.from({ length: rows }, (_, number) => number),
  }
}
