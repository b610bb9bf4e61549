import { expect, test } from 'vitest'
import { ANALYSERS } from './analysers.ts'
import { stem } from './porter.ts'

/** The examples of Porter's paper, step by step, each through the whole algorithm. */
test.for([
  ['caresses', 'caress'],
  ['ponies', 'poni'],
  ['ties', 'ti'],
  ['cats', 'cat'],
  ['feed', 'feed'],
  ['agreed', 'agre'],
  ['plastered', 'plaster'],
  ['bled', 'bled'],
  ['motoring', 'motor'],
  ['sing', 'sing'],
  ['conflated', 'conflat'],
  ['troubled', 'troubl'],
  ['sized', 'size'],
  ['hopping', 'hop'],
  ['falling', 'fall'],
  ['hissing', 'hiss'],
  ['fizzed', 'fizz'],
  ['failing', 'fail'],
  ['filing', 'file'],
  ['happy', 'happi'],
  ['sky', 'sky'],
  ['relational', 'relat'],
  ['conditional', 'condit'],
  ['rational', 'ration'],
  ['digitizer', 'digit'],
  ['radically', 'radic'],
  ['vietnamization', 'vietnam'],
  ['operator', 'oper'],
  ['decisiveness', 'decis'],
  ['sensibiliti', 'sensibl'],
  ['electricity', 'electr'],
  ['goodness', 'good'],
  ['revival', 'reviv'],
  ['replacement', 'replac'],
  ['adoption', 'adopt'],
  ['probate', 'probat'],
  ['rate', 'rate'],
  ['cease', 'ceas'],
  ['controlling', 'control'],
  ['roll', 'roll'],
  ['generalizations', 'gener'],
  ['oscillators', 'oscil'],
  ['a', 'a'],
] as const)('Porter cuts %s to %s', ([word, expected]) => {
  expect(stem(word)).toBe(expected)
})

test('a word that no language has is left as it is, however long', () => {
  const long = 'y'.repeat(200_000)
  expect(stem(long)).toBe(long)
})

test.for([
  { analyser: 'plain', text: "The dog's A-4 café", terms: ['the', 'dog', 's', 'a', '4', 'caf'] },
  {
    analyser: 'english',
    text: 'The dog’s U.S.A. trips, naïve IT_jobs',
    terms: ['dog', 'u.s.a', 'trip', 'naïv', 'job'],
  },
  { analyser: 'english', text: 'Größe ist 12.5 cm', terms: ['größe', 'ist', '12.5', 'cm'] },
] as const)('$analyser reads "$text"', ({ analyser, text, terms }) => {
  expect(ANALYSERS[analyser].termsOf(text)).toEqual(terms)
})
