/**
 * Reads numbers that were logged: one score of all arms as columns of some thousand examples, or the times of one arm. In
 * any thread of the process, and at once, because a column is added up where nothing else waits.
 */
import type { MicroUsd } from '../../kernel/money.ts'
import type { ArmName } from '../variant.ts'
import { BLOCK_ROWS, blockBytes, headsIn, latenciesIn, measureIn, PARTS, type Part } from './block.ts'
import { createScoreColumn, type HeldColumn } from './columns.ts'
import { readWhole } from './positioned.ts'

/** Columns of so many examples are in memory together: some megabytes, whatever the experiment has. */
export const EXAMPLES_AT_ONCE = 65_536

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
  /** Of each full block the first and the last place in it, in the order of places; most blocks are passed over by them. */
  readonly ranges: Int32Array
  /** The block that is not full yet. */
  readonly last: { readonly bytes: Uint8Array; readonly rows: number }
}

/** Of the examples from a place on. */
export type ScoreWindow = { readonly from: number; readonly columns: ReadonlyMap<ArmName, HeldColumn> }

/** One measure by its place, over each arm, as many examples at a time. */
export function* scoreWindows(logged: Logged, at: number, examplesAtOnce = EXAMPLES_AT_ONCE): Generator<ScoreWindow> {
  for (let from = 0; from === 0 || from < logged.examples; from += examplesAtOnce) {
    const examples = Math.min(examplesAtOnce, logged.examples - from)
    const columns = logged.arms.map(() => createScoreColumn({ examples, repeats: logged.repeats }))
    for (const { rows, part } of blocksOf(logged, { from, to: from + examples })) {
      const { places, arms } = headsIn(part(PARTS.heads))
      const { scores, errors } = measureIn(part(PARTS.measure(at)))
      for (let row = 0; row < rows; row++) {
        const place = (places[row] ?? -1) - from
        if (place >= 0 && place < examples)
          columns[arms[row] ?? 0]?.add(place, scores[row] ?? Number.NaN, errors[row] === 1)
      }
    }
    yield { from, columns: new Map(columns.map((column, arm) => [logged.arms[arm]?.arm ?? '', column.end()])) }
  }
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
function* blocksOf({ descriptor, blocks, ranges, measures, last }: Logged, { from, to } = ALL_PLACES) {
  const bytes = blockBytes(measures)
  const held = new Map<number, Uint8Array>()
  for (let block = 0; block < blocks && descriptor !== null; block++) {
    const [least = 0, most = 0] = ranges.subarray(2 * block)
    if (most < from || least >= to) continue
    const part = ({ from: start, bytes: length }: Part): Uint8Array => {
      const into = held.get(start) ?? new Uint8Array(length)
      held.set(start, into)
      readWhole(descriptor, into, block * bytes + start)
      return into
    }
    yield { rows: BLOCK_ROWS, part }
  }
  yield { rows: last.rows, part: ({ from: start, bytes: length }: Part) => last.bytes.subarray(start, start + length) }
}

const ALL_PLACES = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
