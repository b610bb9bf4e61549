/** Which rows of an experiment are kept already: one bit for each, because there may be a million. */
import type { RowOutcome } from './experiment.ts'
import type { ExperimentPlan } from './experiment-plan.ts'

type Key = Pick<RowOutcome, 'arm' | 'exampleNumber' | 'repeat'>

export function createDoneRows({ arms, dataset }: Pick<ExperimentPlan, 'arms' | 'dataset'>, repeats: number) {
  const places = new Map(arms.map(({ arm }, at) => [arm, at]))
  const bits = new Uint8Array(Math.ceil((arms.length * repeats * (dataset.rows + 1)) / 8))
  const bitOf = ({ arm, exampleNumber, repeat }: Key) =>
    ((places.get(arm) ?? 0) * repeats + repeat - 1) * (dataset.rows + 1) + exampleNumber
  return {
    add(row: Key): void {
      const bit = bitOf(row)
      bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (1 << (bit & 7))
    },
    has: (row: Key): boolean => ((bits[bitOf(row) >> 3] ?? 0) & (1 << (bitOf(row) & 7))) !== 0,
  }
}
