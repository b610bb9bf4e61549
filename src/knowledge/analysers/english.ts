/**
 * English: Unicode words in lower case (joined by single `'` or `.`), a final `'s` cut, the 33 stop
 * words of Lucene dropped, and Porter's stemmer on what is left.
 */
import { stem } from './porter.ts'

export function englishTerms(text: string): string[] {
  const words = text.normalize('NFC').replaceAll('’', "'").toLowerCase().match(WORD) ?? []
  return words
    .map((word) => word.replace(/'s$/, ''))
    .filter((word) => word !== '' && !STOP_WORDS.has(word))
    .map(stem)
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:['.][\p{L}\p{N}\p{M}]+)*/gu

/** Lucene's `EnglishAnalyzer.ENGLISH_STOP_WORDS_SET`. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such that the their then there these ' +
    'they this to was will with'
  ).split(' '),
)
