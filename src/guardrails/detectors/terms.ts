/** A list of words and phrases, whole and in any case; a space in one stands for up to four of any kind. */
import { type Detector, matches, settling } from './detection.ts'

export function termsDetector(terms: readonly string[]): Detector {
  const written = terms.toSorted((a, b) => b.length - a.length).map(piecesOf)
  const whole = new RegExp(`${NOT_BEFORE}(?:${written.map((pieces) => pieces.join('')).join('|')})${NOT_AFTER}`, 'dgiu')
  const begun = new RegExp(`${NOT_BEFORE}(?:${written.map(begunOf).join('|')})$`, 'iu')
  const reach = Math.max(...written.map((pieces) => pieces.length * 4)) + 2
  const find: Detector['find'] = (text, from) =>
    Array.from(matches(text, whole, from), ({ start, end }) => ({ start, end, kind: 'terms' }))
  const openFrom = (text: string, from: number) => {
    const recent = Math.max(from, text.length - reach)
    const at = text.slice(recent).search(begun)
    return at < 0 ? text.length : recent + at
  }
  return { name: 'terms', find, settle: settling(find, openFrom) }
}

const NOT_BEFORE = '(?<![\\p{L}\\p{N}])'
const NOT_AFTER = '(?![\\p{L}\\p{N}])'

/** One piece of a pattern for each character. */
const piecesOf = (term: string): string[] =>
  Array.from(term.replace(/\s+/g, ' '), (one) =>
    one === ' ' ? '\\s{1,4}' : one.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  )

/** `a(?:b(?:c)?)?`: the beginnings of a term, the whole of it among them. */
const begunOf = ([first = '', ...rest]: readonly string[]): string =>
  `${first}${rest.map((piece) => `(?:${piece}`).join('')}${')?'.repeat(rest.length)}`
