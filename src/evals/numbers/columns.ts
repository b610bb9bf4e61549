/**
 * The numbers of an experiment as columns: one place for each example, so that a million rows take what their numbers
 * take. Columns lie in shared memory, because a thread of its own adds them up.
 *
 * Invariant: of a score nine bytes are held for each example and arm (thirteen where examples run several times), of a
 * row eight for its time. Repeats are added up as they come, in any order.
 */
import { type MicroUsd, microUsd, picoOf } from '../../kernel/money.ts'
import type { EvaluatorInfo } from '../experiment.ts'
import type { ArmName } from '../variant.ts'
import type { RowNumbers } from './row-numbers.ts'
import { floats, halves, octets } from './shared-memory.ts'

export type Measure = Pick<EvaluatorInfo, 'version' | 'kind' | 'unit' | 'better'> & { readonly key: string }

/** What figures need of evaluators, and nothing that a thread could not be given. */
export const measuresOf = (
  evaluators: readonly { readonly key: string; readonly evaluator: EvaluatorInfo }[],
): Measure[] =>
  evaluators.map(({ key, evaluator: { version, kind, unit, better } }) => ({ key, version, kind, unit, better }))

/** One evaluator over one arm, by the place of the example. */
export type ScoreColumn = {
  /** Sum over the repeats that have a score; NaN where none has. */
  readonly sums: Float64Array
  /** 1 where a run or the evaluator failed. */
  readonly errors: Uint8Array
  /** Repeats with a score, and those of them that were 1; absent where each example runs once. */
  readonly tries: { readonly counts: Uint16Array; readonly right: Uint16Array } | undefined
  /** Whether every score was 0 or 1. */
  readonly isBinary: boolean
}

export type ArmColumns = {
  readonly arm: ArmName
  readonly rows: number
  readonly failed: number
  readonly reused: number
  /** Of the runs that did not fail. */
  readonly latencies: Float64Array
  /** Null where a run did not fail and its cost is not known. */
  readonly costMicroUsd: MicroUsd | null
  readonly tokens: { readonly input: number; readonly output: number; readonly estimated: boolean }
  /** In the order of the measures. */
  readonly scores: readonly ScoreColumn[]
}

export const scoreAt = ({ sums, tries }: ScoreColumn, place: number): number => {
  const sum = sums[place] ?? Number.NaN
  return tries ? sum / (tries.counts[place] ?? 0) : sum
}

export type ColumnsAsk = {
  readonly arms: readonly ArmName[]
  readonly measures: readonly Measure[]
  readonly examples: number
  /** Runs of one example at most, over all experiments that are added up. */
  readonly repeats: number
}

/** Adds up rows, which come in any order. */
export function createColumns({ arms, measures, examples, repeats }: ColumnsAsk) {
  const byArm = new Map(arms.map((arm) => [arm, armColumns(measures.length, examples, repeats)]))
  return {
    /** @param place of the example among those of the experiment; rows of other arms are left out. */
    add(place: number, row: RowNumbers, arm: ArmName = row.arm): void {
      byArm.get(arm)?.add(place, row)
    },
    end: (): ArmColumns[] => [...byArm].map(([arm, columns]) => ({ arm, ...columns.end() })),
  }
}

function armColumns(measures: number, examples: number, repeats: number) {
  const scores = Array.from({ length: measures }, () => scoreColumn(examples, repeats))
  const latencies = floats(examples * repeats)
  let [rows, failed, reused, ran] = [0, 0, 0, 0]
  let [input, output, estimated] = [0, 0, false]
  let [pico, isCostKnown] = [0n, true]
  return {
    add(place: number, row: RowNumbers): void {
      rows += 1
      if (row.isReused) reused += 1
      input += row.tokens.input
      output += row.tokens.output
      estimated ||= row.tokens.estimated
      if (row.costMicroUsd !== null) pico += picoOf(row.costMicroUsd)
      else if (!row.isFailed) isCostKnown = false
      if (row.isFailed) failed += 1
      else latencies[ran++] = row.latencyMs
      scores.forEach((column, at) => {
        column.add(place, row.scores[at] ?? null, row.isFailed || row.hasFailed[at] === true)
      })
    },
    end: (): Omit<ArmColumns, 'arm'> => ({
      rows,
      failed,
      reused,
      latencies: latencies.subarray(0, ran),
      costMicroUsd: isCostKnown ? microUsd(pico) : null,
      tokens: { input, output, estimated },
      scores: scores.map((column) => column.end()),
    }),
  }
}

function scoreColumn(examples: number, repeats: number) {
  const sums = floats(examples).fill(Number.NaN)
  const errors = octets(examples)
  const tries = repeats > 1 ? { counts: halves(examples), right: halves(examples) } : undefined
  let isBinary = true
  return {
    add(place: number, score: number | null, isError: boolean): void {
      if (isError) errors[place] = 1
      if (score === null) return
      const before = sums[place] ?? Number.NaN
      sums[place] = Number.isNaN(before) ? score : before + score
      isBinary &&= score === 0 || score === 1
      if (!tries) return
      tries.counts[place] = (tries.counts[place] ?? 0) + 1
      if (score === 1) tries.right[place] = (tries.right[place] ?? 0) + 1
    },
    end: (): ScoreColumn => ({ sums, errors, tries, isBinary }),
  }
}
