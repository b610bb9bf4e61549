/**
 * Checks of the numbers handed to the statistics.
 *
 * Every check throws a RangeError that names the argument and the value, because a wrong
 * number that runs on becomes a believable interval.
 */
import type { Values } from './values.ts'

/** Throws unless `value` is a whole number of at least `least` (0 when left out). */
export function requireCount({ name, value, least = 0 }: { name: string; value: number; least?: number }): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new RangeError(`${name} must be a whole number of at least ${least}, but it is ${value}.`)
}

/** Throws unless `part` is a whole number from 0 to `whole`, itself a whole number of at least 0. */
export function requirePart(part: { name: string; value: number }, whole: { name: string; value: number }): void {
  requireCount(whole)
  requireCount(part)
  if (part.value <= whole.value) return
  throw new RangeError(`${part.name} must be at most ${whole.name} (${whole.value}), but it is ${part.value}.`)
}

/** Throws unless `value` lies strictly between 0 and 1: a level, a confidence, a power. */
export function requireOpenFraction(name: string, value: number): void {
  if (value > 0 && value < 1) return
  throw new RangeError(`${name} must lie strictly between 0 and 1, but it is ${value}.`)
}

/** Throws unless `value` lies between 0 and 1, both included: a rate, a weight. */
export function requireFraction(name: string, value: number): void {
  if (value >= 0 && value <= 1) return
  throw new RangeError(`${name} must lie between 0 and 1, but it is ${value}.`)
}

/** Throws unless `value` is a finite number above 0. */
export function requirePositive(name: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return
  throw new RangeError(`${name} must be a number above 0, but it is ${value}.`)
}

/** Throws unless `value` is a finite number. */
export function requireFinite(name: string, value: number): void {
  if (Number.isFinite(value)) return
  throw new RangeError(`${name} must be a finite number, but it is ${value}.`)
}

/** Throws unless `values` holds at least `least` numbers (1 when left out), all of them finite. */
export function requireValues({ name, values, least = 1 }: { name: string; values: Values; least?: number }): void {
  if (values.length < least) {
    throw new RangeError(`${name} must hold at least ${least} values, but it holds ${values.length}.`)
  }
  // Names are written where something is wrong alone: a million of them take longer than the statistics.
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) requireFinite(`${name}[${wrong}]`, values.at(wrong) ?? Number.NaN)
}

/** Throws unless both lists are of one length. */
export function requireSameLength(
  one: { name: string; values: { readonly length: number } },
  other: { name: string; values: { readonly length: number } },
): void {
  if (one.values.length === other.values.length) return
  throw new RangeError(
    `${one.name} and ${other.name} must be of one length, but they hold ${one.values.length} and ${other.values.length} values.`,
  )
}
