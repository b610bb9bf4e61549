/** Counts requests of the last minute in one-second slots, 60 and the one that has begun, so it never counts too few. */
const SLOTS = 61

export type Window = {
  add(nowMs: number, requests: number): void
  count(nowMs: number): number
  /** When no more than `most` are counted, if nothing is added; a minute ahead when `most` is negative. */
  opensAt(nowMs: number, most: number): number
}

export function createWindow(): Window {
  const slots = new Uint32Array(SLOTS)
  let latest = 0
  let total = 0

  function advance(nowMs: number): void {
    const second = Math.floor(nowMs / 1000)
    if (second <= latest) return
    for (let empty = Math.max(latest + 1, second - SLOTS + 1); empty <= second; empty++) {
      total -= slots[empty % SLOTS] ?? 0
      slots[empty % SLOTS] = 0
    }
    latest = second
  }

  return {
    add(nowMs, requests) {
      advance(nowMs)
      slots[latest % SLOTS] = (slots[latest % SLOTS] ?? 0) + requests
      total += requests
    },
    count(nowMs) {
      advance(nowMs)
      return total
    },
    opensAt(nowMs, most) {
      advance(nowMs)
      let left = total
      for (let second = latest - SLOTS + 1; second <= latest; second++) {
        left -= slots[Math.max(second, 0) % SLOTS] ?? 0
        if (left <= most) return (second + SLOTS) * 1000
      }
      return (latest + SLOTS) * 1000
    },
  }
}
