/**
 * What is known of a million texts (ids, questions) without holding them: each is told from the others by 64 bits of its
 * digest, and has a few whole numbers. Twelve to sixteen bytes and as many again free, instead of two hundred in a `Map`.
 */
import { hash } from 'node:crypto'

export type KnownTexts = {
  readonly size: number
  has(text: string): boolean
  /** The numbers of a text, or undefined. */
  get(text: string): readonly number[] | undefined
  set(text: string, numbers: readonly number[]): void
}

const FIRST_SLOTS = 1024
const MOST_FULL = 0.6

/** @param width how many numbers each text has; each is a whole one of 32 bits */
export function createKnownTexts(width: number): KnownTexts {
  let slots = emptySlots(FIRST_SLOTS, width)
  let size = 0

  function grow(): void {
    const wider = emptySlots(slots.count * 2, width)
    for (let slot = 0; slot < slots.count; slot++) {
      const [high, low] = [slots.keys[2 * slot] ?? 0, slots.keys[2 * slot + 1] ?? 0]
      if (high === 0 && low === 0) continue
      const to = slotOf(wider, high, low)
      wider.keys.set([high, low], 2 * to)
      wider.numbers.set(slots.numbers.subarray(slot * width, (slot + 1) * width), to * width)
    }
    slots = wider
  }
  function find(text: string): { slot: number; high: number; low: number; isThere: boolean } {
    const [high, low] = keyOf(text)
    const slot = slotOf(slots, high, low)
    return { slot, high, low, isThere: slots.keys[2 * slot] === high && slots.keys[2 * slot + 1] === low }
  }
  return {
    get size() {
      return size
    },
    has: (text) => find(text).isThere,
    get(text) {
      const { slot, isThere } = find(text)
      return isThere ? Array.from(slots.numbers.subarray(slot * width, (slot + 1) * width)) : undefined
    },
    set(text, numbers) {
      const { slot, high, low, isThere } = find(text)
      slots.keys.set([high, low], 2 * slot)
      slots.numbers.set(numbers, slot * width)
      if (isThere) return
      size += 1
      if (size > slots.count * MOST_FULL) grow()
    },
  }
}

/** 64 bits in two halves; never both zero, which is an empty slot. */
function keyOf(text: string): readonly [number, number] {
  const digest = hash('sha256', text, 'hex')
  return [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16) || 1]
}

type Slots = { readonly count: number; readonly keys: Uint32Array; readonly numbers: Int32Array }

const emptySlots = (count: number, width: number): Slots => ({
  count,
  keys: new Uint32Array(2 * count),
  numbers: new Int32Array(width * count),
})

/** Where a key is, or where it would go; `count` is a power of two. */
function slotOf({ count, keys }: Slots, high: number, low: number): number {
  for (let slot = low & (count - 1); ; slot = (slot + 1) & (count - 1)) {
    const isEmpty = keys[2 * slot] === 0 && keys[2 * slot + 1] === 0
    if (isEmpty || (keys[2 * slot] === high && keys[2 * slot + 1] === low)) return slot
  }
}
