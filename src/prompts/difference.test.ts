import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../testing/properties.ts'
import { differenceOf, type Piece } from './difference.ts'

const side = (pieces: readonly Piece[], other: Piece['kind']) =>
  pieces
    .filter(({ kind }) => kind !== other)
    .map(({ text }) => text)
    .join('')
const marked = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('')

test.for([
  ['one word', 'Be brief.', 'Be very brief.', 'Be {+very +}brief.'],
  ['a word replaced', 'Be kind.', 'Be brief.', 'Be [-kind-]{+brief+}.'],
  ['nothing', 'Same.', 'Same.', 'Same.'],
  ['everything', 'One', 'Two', '[-One-]{+Two+}'],
  ['a line end alone', 'a\nb', 'a b', 'a[-\n-]{+ +}b'],
  ['from nothing', '', 'New', '{+New+}'],
])('the difference of %s is told by word', ([, before, after, expected]) => {
  expect(marked(differenceOf(before as string, after as string))).toBe(expected)
})

test('the pieces give back both texts, whatever they are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', 'é', '{{x}}', '🙂'), { maxLength: 40 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = differenceOf(before, after)
      expect(side(pieces, 'added')).toBe(before)
      expect(side(pieces, 'removed')).toBe(after)
    }),
    cases(200),
  )
})

test('two long texts that share nothing are told as replaced whole', () => {
  const long = (word: string) => Array.from({ length: 3000 }, (_, i) => `${word}${i}`).join('-')
  const pieces = differenceOf(long('a'), long('b'))
  expect(side(pieces, 'added')).toBe(long('a'))
  expect(side(pieces, 'removed')).toBe(long('b'))
})
