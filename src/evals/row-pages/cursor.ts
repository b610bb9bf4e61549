/** Where a page begins: after a row, named by what rows are in order of. Pure. */
import { z } from 'zod'
import { Failure } from '../../kernel/failure.ts'
import { ArmName } from '../variant.ts'

/** A row among the rows of its experiment. `rank` is there where the worst come first. */
export type Place = {
  readonly rank?: number
  readonly exampleNumber: number
  readonly arm: ArmName
  readonly repeat: number
}
export type RowOrder = 'dataset' | 'worst-difference-first'

const BETWEEN = '~'
const Whole = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
const Rank = z
  .string()
  .min(1)
  .transform(Number)
  .refine((rank) => !Number.isNaN(rank))
const InDataset = z.tuple([Whole, ArmName, Whole])
const WorstFirst = z.tuple([Rank, Whole, ArmName, Whole])

export const cursorOf = ({ rank, exampleNumber, arm, repeat }: Required<Place>, order: RowOrder): string =>
  [...(order === 'dataset' ? [] : [rank]), exampleNumber, arm, repeat].join(BETWEEN)

/** Throws `evals.cursor-invalid` for a cursor of another order, or of none. */
export function placeOf(cursor: string, order: RowOrder): Place {
  const parts = cursor.split(BETWEEN)
  if (order === 'dataset') {
    const { data } = InDataset.safeParse(parts)
    if (data) return { exampleNumber: data[0], arm: data[1], repeat: data[2] }
  } else {
    const { data } = WorstFirst.safeParse(parts)
    if (data) return { rank: data[0], exampleNumber: data[1], arm: data[2], repeat: data[3] }
  }
  throw new Failure('invalid', 'evals.cursor-invalid', 'Use the `next` of the page before as the cursor.')
}
