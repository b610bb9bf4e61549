/** Randomness as a parameter: secure for ids and keys, seeded for statistics and simulated traffic. */
import { randomBytes } from 'node:crypto'

/** Gives `size` random bytes. */
export type RandomBytes = (size: number) => Uint8Array

export const secureBytes: RandomBytes = (size) => randomBytes(size)

/**
 * A reproducible stream of numbers in [0, 1): the mulberry32 generator (public domain, T. Ettinger).
 * For resampling and simulation, never for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Reproducible bytes, so that tests get the same ids every time. */
export function seededBytes(seed: number): RandomBytes {
  const next = seededRandom(seed)
  return (size) => Uint8Array.from({ length: size }, () => Math.floor(next() * 256))
}
