/** Some of the examples, such as those of a slice that have a score: what is looked at of their columns is not copied. */
import { AT_ONCE, longValues, type Values } from '../../kernel/statistics/index.ts'

/** Places of examples in their order; all of them when not said. */
export type Members = Int32Array | undefined

export type Selection = {
  /** How many were chosen. */
  readonly length: number
  /** Of a column of all examples the values of those. */
  of(column: Values): Values
}

export function select(
  { count, members }: { count: number; members: Members },
  isChosen: (place: number) => boolean,
): Selection {
  const all = members?.length ?? count
  const placeAt = (at: number) => (members ? (members[at] ?? 0) : at)
  /** Where every so many of them begin. */
  const begins: number[] = []
  let length = 0
  for (let at = 0; at < all; at++) if (isChosen(placeAt(at)) && length++ % AT_ONCE === 0) begins.push(at)
  if (length === count) return { length, of: (column) => column }
  return {
    length,
    of: (column) =>
      longValues(length, (piece, from) => {
        let filled = 0
        for (let at = begins[from / AT_ONCE] ?? 0; filled < piece.length; at++)
          if (isChosen(placeAt(at))) piece[filled++] = column.at(placeAt(at)) ?? Number.NaN
      }),
  }
}
