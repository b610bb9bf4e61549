/**
 * Exact money. Amounts are computed as whole pico-dollars (BigInt) and kept, sent and shown as
 * micro-dollars in a decimal string, for example `"12.345678"` for 12.345678 millionths of a dollar.
 * Nothing is rounded before it is summed.
 */
import { z } from 'zod'

/** Micro-dollars as a decimal string with at most six places (that is, whole pico-dollars). */
export const MicroUsd = z
  .string()
  .regex(/^-?\d+(\.\d{1,6})?$/, 'money is a decimal string of micro-dollars with at most six places')
  .brand<'MicroUsd'>()
export type MicroUsd = z.infer<typeof MicroUsd>

/** A price in dollars per million units, as an exact decimal string with at most six places. */
export const Price = z.string().regex(/^\d+(\.\d{1,6})?$/, 'a price is a decimal string of dollars per million units')
export type Price = z.infer<typeof Price>

const PLACES = 6
const SCALE = 10n ** BigInt(PLACES)

export const NOTHING = '0' as MicroUsd

/** Amounts come again with every request (prices, caps, bounds), and reading one takes microseconds. */
const read = new Map<string, bigint>()
const MOST_READ = 1000

/** Whole pico-dollars of an amount. Also reads what a `numeric` column returns (`"3.000000"`). */
export function picoOf(amount: string): bigint {
  const known = read.get(amount)
  if (known !== undefined) return known
  const pico = parsePico(amount)
  if (read.size >= MOST_READ) read.clear()
  read.set(amount, pico)
  return pico
}

function parsePico(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.')
  const pico = BigInt(whole) * SCALE + BigInt(fraction.padEnd(PLACES, '0').slice(0, PLACES) || '0')
  return amount.startsWith('-') ? -pico : pico
}

/** The shortest decimal string of whole pico-dollars. */
export function microUsd(pico: bigint): MicroUsd {
  const size = pico < 0n ? -pico : pico
  const fraction = (size % SCALE).toString().padStart(PLACES, '0').replace(/0+$/, '')
  const whole = (size / SCALE).toString()
  return `${pico < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}` as MicroUsd
}

/**
 * Cost of `units` at a price: a dollar per million units is a micro-dollar a unit, so the product is exact.
 * @param units whole units, usually tokens
 */
export const costOf = (units: number, price: Price): MicroUsd => microUsd(picoOfUnits(units, price))

/** The same in pico-dollars, for sums. Throws `RangeError` for units that are no whole number from 0. */
export function picoOfUnits(units: number, price: Price): bigint {
  if (!Number.isSafeInteger(units) || units < 0)
    throw new RangeError(`units must be a whole number from 0, found ${units}`)
  return units === 0 ? 0n : BigInt(units) * picoOf(price)
}

export const sumMoney = (amounts: Iterable<string>): MicroUsd => {
  let total = 0n
  for (const amount of amounts) total += picoOf(amount)
  return microUsd(total)
}

/** Null as soon as one is not known: an unknown amount may be any amount. Nothing of none. */
export function sumKnown(amounts: Iterable<string | null>): MicroUsd | null {
  let total = 0n
  for (const amount of amounts) {
    if (amount === null) return null
    total += picoOf(amount)
  }
  return microUsd(total)
}

/** The largest; nothing of none. */
export const largestMoney = (amounts: readonly MicroUsd[]): MicroUsd =>
  amounts.reduce((most, amount) => (compareMoney(amount, most) > 0 ? amount : most), NOTHING)

/** Negative, zero or positive, as a comparator gives. */
export const compareMoney = (a: string, b: string): number => {
  const difference = picoOf(a) - picoOf(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** A number for statistics and plots only; never for limits or sums. */
export const approximateMicroUsd = (amount: string): number => Number(picoOf(amount)) / Number(SCALE)

/** For people: dollars with as many digits as matter. */
export function dollars(microUsd: string): string {
  const usd = approximateMicroUsd(microUsd) / 1_000_000
  if (usd === 0) return '$0'
  return `$${usd >= 1 ? usd.toFixed(2) : usd.toPrecision(2)}`
}
