/**
 * Numbers in a row: a list, a typed array, or `longValues`, which is how a million of them are looked at.
 *
 * Statistics go through them from the first to the last, as often as they need to, and add up in that order.
 */
export type Values = {
  readonly length: number
  at(place: number): number | undefined
  every(test: (value: number) => boolean): boolean
  findIndex(test: (value: number) => boolean): number
  reduce(add: (total: number, value: number, at: number) => number, first: number): number
  map(change: (value: number, at: number) => number): Values
  [Symbol.iterator](): Iterator<number>
}

/** So many long values are at hand at once; a power of two. */
export const AT_ONCE = 2_048

/**
 * Values that are found when they are looked at, `AT_ONCE` together, and not held: what they take does not grow with their
 * number. What is mapped is counted anew each time.
 *
 * @param fill puts the values from one place on into the array, which they fill
 */
export function longValues(length: number, fill: (piece: Float64Array, from: number) => void): Values {
  let held: Float64Array | undefined
  let begin = -1

  function load(from: number): void {
    held ??= new Float64Array(Math.min(AT_ONCE, length))
    begin = from
    fill(held.subarray(0, Math.min(AT_ONCE, length - from)), from)
  }
  function get(place: number): number {
    const within = place & (AT_ONCE - 1)
    if (place - within !== begin) load(place - within)
    return held?.[within] ?? Number.NaN
  }

  return {
    length,
    at: (place) => (place >= 0 && place < length ? get(place) : undefined),
    every(test) {
      for (let at = 0; at < length; at++) if (!test(get(at))) return false
      return true
    },
    findIndex(test) {
      for (let at = 0; at < length; at++) if (test(get(at))) return at
      return -1
    },
    reduce(add, first) {
      let total = first
      for (let at = 0; at < length; at++) total = add(total, get(at), at)
      return total
    },
    map: (change) =>
      longValues(length, (piece, from) => {
        for (let at = 0; at < piece.length; at++) piece[at] = change(get(from + at), from + at)
      }),
    *[Symbol.iterator]() {
      for (let at = 0; at < length; at++) yield get(at)
    },
  }
}
