/** Who is spoken to in which language, and what of a pack is translated, as tables. */
import { expect, test } from 'vitest'
import { chooseLanguage } from './choose.ts'
import { textsOf, translate } from './pack-texts.ts'

const KNOWN = ['en', 'de', 'pl']
test.for([
  [{ own: 'pl', accepted: 'de', usual: 'de' }, 'pl'],
  [{ own: null, accepted: 'fr-FR, de-AT;q=0.8, en;q=0.5', usual: 'pl' }, 'de'],
  [{ own: null, accepted: 'en-GB,de;q=0.5', usual: 'pl' }, 'en'],
  [{ own: null, accepted: 'fr', usual: 'pl' }, 'pl'],
  [{ own: 'fr', accepted: undefined, usual: undefined }, 'en'],
] as const)('of %o somebody is spoken to in %s', ([asked, language]) => {
  expect(chooseLanguage(asked, KNOWN)).toBe(language)
})

test('texts of a pack have the places of their parts, and nothing but words is translated', () => {
  const pack = {
    name: 'x',
    steps: [
      { id: 'idea', title: 'Idea', fields: [{ id: 'who', label: 'Who?', options: [{ value: 'no', label: 'No' }] }] },
    ],
    rows: [{ id: 'one', measures: ['Test it.'], gate: 'Idea' }],
  }
  expect([...textsOf(pack).keys()]).toEqual([
    'steps.idea.title',
    'steps.idea.fields.who.label',
    'steps.idea.fields.who.options.no.label',
    'rows.one.measures.0',
  ])
  const texts = new Map([
    ['Idea', 'Idee'],
    ['Test it.', 'Testen.'],
  ])
  expect(translate(pack, texts)).toMatchObject({
    steps: [{ id: 'idea', title: 'Idee', fields: [{ label: 'Who?' }] }],
    rows: [{ measures: ['Testen.'], gate: 'Idea' }],
  })
})
