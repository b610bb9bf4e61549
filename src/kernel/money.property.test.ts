import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../testing/properties.ts'
import {
  approximateMicroUsd,
  compareMoney,
  costOf,
  largestMoney,
  MicroUsd,
  microUsd,
  picoOf,
  picoOfUnits,
  sumMoney,
} from './money.ts'

/** Whole pico-dollars, far beyond what a float keeps apart. */
const pico = () => fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
const money = () => pico().map(microUsd)
const units = () => fc.maxSafeNat()
const price = () =>
  fc
    .tuple(fc.nat(1_000_000), fc.nat(999_999))
    .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`)

test('an amount is written and read again without loss, in one form that the schema takes', () => {
  fc.assert(
    fc.property(pico(), (amount) => {
      const text = microUsd(amount)
      expect(picoOf(text)).toBe(amount)
      expect(microUsd(picoOf(text))).toBe(text)
      expect(MicroUsd.safeParse(text).success).toBe(true)
    }),
    cases(500),
  )
})

test('zeros at the end, as a numeric column gives them, change no amount', () => {
  fc.assert(
    fc.property(pico(), fc.nat(6), (amount, zeros) => {
      const [whole = '', fraction = ''] = microUsd(amount).split('.')
      const padded = fraction.padEnd(Math.max(fraction.length, zeros), '0')
      expect(picoOf(padded === '' ? whole : `${whole}.${padded}`)).toBe(amount)
    }),
    cases(300),
  )
})

test('a sum is the same in every order and grouping, and no place is lost', () => {
  fc.assert(
    fc.property(fc.array(pico(), { maxLength: 30 }), fc.nat(), (amounts, at) => {
      const texts = amounts.map(microUsd)
      const cut = at % (texts.length + 1)
      expect(picoOf(sumMoney(texts))).toBe(amounts.reduce((sum, amount) => sum + amount, 0n))
      expect(sumMoney(texts.toReversed())).toBe(sumMoney(texts))
      expect(sumMoney([sumMoney(texts.slice(0, cut)), sumMoney(texts.slice(cut))])).toBe(sumMoney(texts))
      expect(sumMoney([...texts, ...amounts.map((amount) => microUsd(-amount))])).toBe('0')
    }),
    cases(300),
  )
})

test('a cost is exact, so that parts cost what the whole costs', () => {
  fc.assert(
    fc.property(units(), fc.double({ min: 0, max: 1, noNaN: true }), price(), (all, share, each) => {
      const some = Math.floor(all * share)
      expect(sumMoney([costOf(some, each), costOf(all - some, each)])).toBe(costOf(all, each))
      expect(picoOfUnits(all, each)).toBe(BigInt(all) * picoOf(each))
      expect(compareMoney(costOf(some, each), costOf(all, each))).toBeLessThanOrEqual(0)
    }),
    cases(500),
  )
})

test('units that are no whole number, or more than can be counted, have no cost', () => {
  const wrong = fc.oneof(
    fc.double().filter((value) => !Number.isSafeInteger(value) || value < 0),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 53),
  )
  fc.assert(
    fc.property(wrong, price(), (count, each) => {
      expect(() => costOf(count, each)).toThrow(RangeError)
    }),
    cases(200),
  )
})

test('amounts are ordered as their pico-dollars are, and the largest is one of them', () => {
  fc.assert(
    fc.property(pico(), pico(), fc.array(money(), { minLength: 1 }), (one, other, some) => {
      const expected = one < other ? -1 : one > other ? 1 : 0
      expect(compareMoney(microUsd(one), microUsd(other))).toBe(expected)
      const positive = some.filter((amount) => compareMoney(amount, '0') >= 0)
      const largest = largestMoney(positive)
      for (const amount of positive) expect(compareMoney(amount, largest)).toBeLessThanOrEqual(0)
      expect(['0', ...positive]).toContain(largest)
    }),
    cases(300),
  )
})

test('the number for plots is near the amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 30n }), (amount) => {
      expect(Math.abs(approximateMicroUsd(microUsd(amount)) / (Number(amount) / 1e6) - 1)).toBeLessThan(1e-12)
    }),
    cases(200),
  )
})
