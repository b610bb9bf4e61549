/**
 * Telephone numbers. Many are just digits, so the shape decides how much else is asked: an international
 * prefix, an area code in brackets or an extension is enough; other groups of digits, which may as well be
 * an amount, a year or an id, need a word such as "call" or "mobile" close by.
 */
import { type Detector, matches, settling, startOfRun } from './detection.ts'

const CANDIDATE = /(?<![\p{L}\d./:#$€£-])(?:\+|\()?\d[\d ().-]{5,20}\d(?:\s?x\d{1,6})?(?![\p{L}\d]|[.,:/-]\d|\s?%)/dgu

/** Shapes that are something else: dates, social security numbers, ZIP+4, versions, spans of years, amounts, ISBN. */
const SOMETHING_ELSE = [
  /^\d{4}[.-]\d{1,2}[.-]\d{1,2}(?:\D|$)/,
  /^\d{1,2}[. -]\d{1,2}[. -](?:19|20)\d{2}$/,
  /^\d{3}-\d{2}-\d{4}$/,
  /^\d{5}-\d{4}$/,
  /^(?:1\d|20)\d{2}\D+(?:1\d|20)\d{2}(?:\D|$)/,
  /^97[89][ -]?\d/,
  /^\d{1,3}(?:\.\d{1,3}){3}$/,
  /^\d+\.\d+(?: |$)/,
  /[ .()-]{3}/,
  /^\d{12,}$/,
]
/** What only telephone numbers look like. */
const CERTAIN = [
  /^(?:\+|00)[1-9][\d ().-]{6,}/,
  /^\(\d{2,5}\)\s?\d/,
  /^0?\d{2,3}[ .-]\d{3}[ .-]\d{4}(?:\s?x\d+)?$/,
  /^0\d([ .-])\d{2}\1\d{2}\1\d{2}\1\d{2}$/,
]
const WORDS_NEAR =
  /\b(?:tele?phones?|phone|tel|call(?:ed|ing|s)?|mobile|cell|fax|contact|dial|hotline|landline|reach(?:ed)?|answering|messages?|voicemail|text|sms|whatsapp|ring|handy|telefon|portable)\b/iu
const BEFORE = 48
const AFTER = 24
/** The longest number, with the words after it and what is looked ahead. */
const REACH = 64

const find: Detector['find'] = (text, from) =>
  Array.from(matches(text, CANDIDATE, from))
    .filter(({ value, start, end }) => {
      const size = value.replace(/x.*$/, '').replace(/\D/g, '').length
      if (size < 7 || size > 15 || SOMETHING_ELSE.some((shape) => shape.test(value))) return false
      if (CERTAIN.some((shape) => shape.test(value)) || /x\d+$/.test(value)) return true
      return WORDS_NEAR.test(text.slice(Math.max(0, start - BEFORE), start) + text.slice(end, end + AFTER))
    })
    .map(({ start, end }) => ({ start, end, kind: 'phone' }))

function openFrom(text: string, from: number): number {
  const recent = Math.max(from, text.length - REACH)
  const digit = text.slice(recent).search(/[+(\d]/)
  return digit < 0 ? text.length : startOfRun(text, { from, end: recent + digit }, /[\d ().x+\s-]/)
}

export const phone: Detector = { name: 'phone', find, settle: settling(find, openFrom) }
