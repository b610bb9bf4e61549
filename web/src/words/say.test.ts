/** Texts by their keys: filled in, in the right number, and in another language. */
import { afterEach, expect, test } from 'vitest'
import english from '../../../packs/words/en.json' with { type: 'json' }
import { say, speak } from './say.ts'

afterEach(() => speak(english))

test('a text takes what is said of it, has a form for one and for more, and says nothing for what is not there', () => {
  expect(say('guide.of-fields', { filled: 3, fields: 60 })).toBe('3 of 60 fields')
  expect([0, 1, 2].map((n) => say('many.day', { n }))).toEqual(['0 days', '1 day', '2 days'])
  expect(say('change.by', { by: null })).toBe(' by ')
})

test('another language is spoken where it has a text, and English where it lacks one', () => {
  speak({ language: 'pl', texts: { 'guide.next': 'Dalej', 'many.day': '{n} dzień | {n} dni' } })
  expect([say('guide.next'), say('guide.back'), say('many.day', { n: 1 }), say('many.day', { n: 5 })]).toEqual([
    'Dalej',
    'Back',
    '1 dzień',
    '5 dni',
  ])
})
