/**
 * Ids such as `rel_01k9…`: a prefix that names the kind, then 26 characters of Crockford base 32
 * (48 bits of time, 80 bits of chance, as in the ULID specification, in lower case). They sort by the
 * time they were made, and two made in one millisecond by one process keep their order.
 */
import { z } from 'zod'
import type { RandomBytes } from './random.ts'
import { type Clock, epochMs, type Instant } from './time.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export type Id<Prefix extends string> = `${Prefix}_${string}`

/** The schema of ids with this prefix. */
export const idOf = <Prefix extends string>(prefix: Prefix) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`),
      `an id looks like ${prefix}_ and 26 characters`,
    ) as unknown as z.ZodType<Id<Prefix>, Id<Prefix>>

/** Makes a new id of a kind. */
export type NewId = <Prefix extends string>(prefix: Prefix) => Id<Prefix>

export function createIds({ clock, random }: { clock: Clock; random: RandomBytes }): NewId {
  let lastMs = -1
  let lastChance = 0n
  return (prefix) => {
    const ms = Math.max(epochMs(clock()), lastMs)
    lastChance = ms === lastMs ? lastChance + 1n : bigintOf(random(10))
    lastMs = ms
    return `${prefix}_${base32(BigInt(ms), 10)}${base32(lastChance & ((1n << 80n) - 1n), 16)}`
  }
}

/** The least id that could be made at this instant, as a bound of a range. */
export const firstIdAt = <Prefix extends string>(prefix: Prefix, at: Instant): Id<Prefix> =>
  `${prefix}_${base32(BigInt(epochMs(at)), 10)}${base32(0n, 16)}`

const bigintOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

function base32(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest >>= 5n) text = ALPHABET.charAt(Number(rest & 31n)) + text
  return text
}
