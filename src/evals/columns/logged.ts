/**
 * Reads numbers that were logged: one score of all arms as columns, or the times of one arm. In any thread of the process,
 * and at once, because a column is added up where nothing else waits.
 */
import { readSync } from 'node:fs'
import type { MicroUsd } from '../../kernel/money.ts'
import type { ArmName } from '../variant.ts'
import { BLOCK_ROWS, blockBytes, headsIn, latenciesIn, measureIn, PARTS, type Part } from './block.ts'
import { createScoreColumn, type ScoreColumn } from './columns.ts'

/** What the runs of an arm took together. */
export type ArmTotals = {
  readonly arm: ArmName
  readonly rows: number
  readonly failed: number
  readonly reused: number
  /** Null where a run did not fail and its cost is not known. */
  readonly costMicroUsd: MicroUsd | null
  readonly tokens: { readonly input: number; readonly output: number; readonly estimated: boolean }
  /** Of the runs that did not fail. */
  readonly seconds: number
}

/** All numbers that were added so far, as another thread can read them too. */
export type Logged = {
  readonly arms: readonly ArmTotals[]
  readonly measures: number
  readonly examples: number
  readonly repeats: number
  /** Of the file; null while it has no block. */
  readonly descriptor: number | null
  /** Full ones, one behind the other in the file. */
  readonly blocks: number
  /** The block that is not full yet. */
  readonly last: { readonly bytes: Uint8Array; readonly rows: number }
}

/** One measure by its place, over each arm. */
export function readScores(logged: Logged, at: number): ReadonlyMap<ArmName, ScoreColumn> {
  const columns = logged.arms.map(() => createScoreColumn(logged))
  for (const { rows, part } of blocksOf(logged)) {
    const { places, arms } = headsIn(part(PARTS.heads))
    const { scores, errors } = measureIn(part(PARTS.measure(at)))
    for (let row = 0; row < rows; row++)
      columns[arms[row] ?? 0]?.add(places[row] ?? -1, scores[row] ?? Number.NaN, errors[row] === 1)
  }
  return new Map(logged.arms.map(({ arm }, place) => [arm, (columns[place] ?? createScoreColumn(logged)).end()]))
}

/** Of the runs of an arm that did not fail, by the arm's place, in the order in which they were added. */
export function readLatencies(logged: Logged, at: number): Float64Array {
  const { rows: all = 0, failed = 0 } = logged.arms[at] ?? {}
  const found = new Float64Array(all - failed)
  let count = 0
  for (const { rows, part } of blocksOf(logged)) {
    const { arms } = headsIn(part(PARTS.heads))
    const latencies = latenciesIn(part(PARTS.latencies))
    for (let row = 0; row < rows; row++) {
      const latency = latencies[row] ?? Number.NaN
      if (arms[row] === at && !Number.isNaN(latency)) found[count++] = latency
    }
  }
  return found
}

/** A part that was given is overwritten by the same part of the next block. */
function* blocksOf({ descriptor, blocks, measures, last }: Logged) {
  const bytes = blockBytes(measures)
  const held = new Map<number, Uint8Array>()
  for (let block = 0; block < blocks && descriptor !== null; block++) {
    const part = ({ from, bytes: length }: Part): Uint8Array => {
      const into = held.get(from) ?? new Uint8Array(length)
      held.set(from, into)
      readWhole(descriptor, into, block * bytes + from)
      return into
    }
    yield { rows: BLOCK_ROWS, part }
  }
  yield { rows: last.rows, part: ({ from, bytes: length }: Part) => last.bytes.subarray(from, from + length) }
}

function readWhole(descriptor: number, into: Uint8Array, from: number): void {
  for (let read = 0; read < into.length; ) {
    const got = readSync(descriptor, into, read, into.length - read, from + read)
    if (got === 0) throw new Error('The numbers of an experiment end before they should.')
    read += got
  }
}
