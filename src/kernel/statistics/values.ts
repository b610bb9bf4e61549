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
  const most = Math.min(AT_ONCE, length)
  let held: Float64Array | undefined
  let begin = -1

  /** At hand from one place on, which is a multiple of `AT_ONCE`. */
  function pieceAt(from: number): Float64Array {
    held ??= new Float64Array(most)
    if (begin === from) return held
    begin = from
    fill(from + most <= length ? held : held.subarray(0, length - from), from)
    return held
  }
  /** Looks at all, until one is enough; whoever looks may look elsewhere meanwhile. */
  function look(isEnough: (value: number, at: number) => boolean): number {
    for (let from = 0; from < length; from += AT_ONCE) {
      const piece = pieceAt(from)
      const count = Math.min(AT_ONCE, length - from)
      for (let at = 0; at < count; at++) {
        if (begin !== from) pieceAt(from)
        if (isEnough(piece[at] ?? Number.NaN, from + at)) return from + at
      }
    }
    return -1
  }

  return {
    length,
    at(place) {
      if (place < 0 || place >= length) return undefined
      const within = place & (AT_ONCE - 1)
      return pieceAt(place - within)[within]
    },
    every: (test) => look((value) => !test(value)) === -1,
    findIndex: (test) => look((value) => test(value)),
    reduce(add, first) {
      let total = first
      look((value, at) => {
        total = add(total, value, at)
        return false
      })
      return total
    },
    map: (change) =>
      longValues(length, (piece, from) => {
        const own = pieceAt(from)
        for (let at = 0; at < piece.length; at++) {
          if (begin !== from) pieceAt(from)
          piece[at] = change(own[at] ?? Number.NaN, from + at)
        }
      }),
    *[Symbol.iterator]() {
      for (let at = 0; at < length; at++) yield this.at(at) ?? Number.NaN
    },
  }
}
