/** Counts what was used in the last minute in one-second slots, 60 and the one that has begun, so it never counts too little. */
const SLOTS = 61

export type Window = {
  /** Returns the second that it was counted in, for `correct`. */
  add(nowMs: number, amount: bigint): number
  /** Changes what was counted in a second, unless that second has left the window. */
  correct(nowMs: number, second: number, by: bigint): void
  count(nowMs: number): bigint
  /** When no more than `most` is counted, if nothing is added; a minute ahead when `most` is negative. */
  opensAt(nowMs: number, most: bigint): number
}

export function createWindow(): Window {
  const slots = new BigInt64Array(SLOTS)
  let latest = 0
  let total = 0n

  function advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    if (second <= latest) return
    for (let empty = Math.max(latest + 1, second - SLOTS + 1); empty <= second; empty++) {
      total -= slots[empty % SLOTS] ?? 0n
      slots[empty % SLOTS] = 0n
    }
    latest = second
  }

  function change(second: number, by: bigint): void {
    slots[second % SLOTS] = (slots[second % SLOTS] ?? 0n) + by
    total += by
  }

  return {
    add(nowMs, amount) {
      advance(nowMs)
      change(latest, amount)
      return latest
    },
    correct(nowMs, second, by) {
      advance(nowMs)
      if (second > latest - SLOTS) change(second, by)
    },
    count(nowMs) {
      advance(nowMs)
      return total
    },
    opensAt(nowMs, most) {
      advance(nowMs)
      let left = total
      for (let second = latest - SLOTS + 1; second <= latest; second++) {
        left -= slots[Math.max(second, 0) % SLOTS] ?? 0n
        if (left <= most) return (second + SLOTS) * 1000
      }
      return (latest + SLOTS) * 1000
    },
  }
}
