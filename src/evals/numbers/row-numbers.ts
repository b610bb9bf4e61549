/** What figures rest on of one row: its numbers, without a word of what was said. */
import type { MicroUsd } from '../../kernel/money.ts'
import type { RowOutcome } from '../experiment.ts'
import type { ArmName } from '../variant.ts'

export type RowNumbers = {
  readonly exampleNumber: number
  readonly arm: ArmName
  readonly repeat: number
  readonly isFailed: boolean
  readonly isReused: boolean
  readonly latencyMs: number
  readonly tokens: { readonly input: number; readonly output: number; readonly estimated: boolean }
  readonly costMicroUsd: MicroUsd | null
  /** In the order of the evaluators that were asked for; null where one gave none. */
  readonly scores: readonly (number | null)[]
  /** Whether the evaluator failed, in the same order. */
  readonly hasFailed: readonly boolean[]
}

/** Of a row as it was kept, which says of a number that is none what JSON says: null. */
export function numbersIn(row: RowOutcome, evaluators: readonly string[]): RowNumbers {
  const { exampleNumber, arm, repeat, isReused, latencyMs, tokens, costMicroUsd, error, scores } = row
  const given = evaluators.map((key) => scores[key])
  return {
    exampleNumber,
    arm,
    repeat,
    isFailed: error !== null,
    isReused,
    latencyMs,
    tokens,
    costMicroUsd,
    scores: given.map((one) => (Number.isFinite(one?.score) ? (one?.score ?? null) : null)),
    hasFailed: given.map((one) => one?.error !== undefined),
  }
}
