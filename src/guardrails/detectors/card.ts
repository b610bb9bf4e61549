/** Payment card numbers: a known issuer's prefix and length, and the check digit of Luhn (ISO/IEC 7812-1). */
import { type Detector, matches, settling, startOfRun } from './detection.ts'

const CANDIDATE = /(?<![\p{L}\d.,-])\d(?:[ -]?\d){11,18}(?![\p{L}\d]|[.,]\d)/dgu

/** Prefixes as regular expressions over the digits alone, with the lengths that issuers use. */
const ISSUERS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^3(?:0[0-59]|[689])/, lengths: [14, 16, 19] },
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 17, 18, 19] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:2131|1800)/, lengths: [15] },
  { prefix: /^(?:50|5[6-9]|6)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
]

const find: Detector['find'] = (text, from) =>
  Array.from(matches(text, CANDIDATE, from))
    .filter(({ value }) => isCardNumber(value.replace(/\D/g, '')))
    .map(({ start, end }) => ({ start, end, kind: 'card' }))

/** A number is over when something else has followed it for longer than is looked ahead. */
function openFrom(text: string, from: number): number {
  const recent = Math.max(from, text.length - 4)
  const digit = text.slice(recent).search(/\d/)
  return digit < 0 ? text.length : startOfRun(text, { from, end: recent + digit }, /[\d -]/)
}

export const card: Detector = { name: 'card', find, settle: settling(find, openFrom) }

const isCardNumber = (digits: string): boolean =>
  ISSUERS.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits)) && passesLuhn(digits)

/** Every second digit from the right is doubled, nines are cast out, and the sum is a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits.charAt(digits.length - 1 - place))
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
