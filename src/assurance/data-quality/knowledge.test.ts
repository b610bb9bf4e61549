/** The quality of documents by themselves. */
import { expect, test } from 'vitest'
import { measureKnowledge } from './knowledge.ts'

const TEXT = 'Parcels to Norway take nine days, and customs fees are paid by whoever receives them at the door.'
const passage = (id: string, text: string) => ({ id, title: 'Shipping', text, source: `${id[0]}.md` })
const measured = (...texts: string[]) =>
  measureKnowledge(
    texts.map((text, at) => passage(`p${at}`, text)),
    [],
  )
const verdictOf = ({ measures }: ReturnType<typeof measured>, wanted: string) =>
  measures.find(({ name }) => name === wanted)

test.for([
  ['the same words, but for case', 'duplicateShare', [TEXT, TEXT.toUpperCase()]],
  ['nearly the same words', 'nearDuplicateShare', [TEXT, TEXT.replace('whoever', 'whomever')]],
  ['next to nothing', 'shortShare', [TEXT, 'Shipping']],
  [
    'more than a search can tell apart',
    'longShare',
    [TEXT, Array.from({ length: 900 }, (_, at) => `word${at}`).join(' ')],
  ],
  ['an address', 'personalData', [`${TEXT} Write to lada.novak@example.org.`]],
] as const)('%s fails %s and names the passage', ([, name, texts]) => {
  const found = measured(...texts)
  expect(verdictOf(found, name)).toMatchObject({ verdict: 'FAIL', rows: [`p${texts.length - 1}`] })
  expect(found.verdict).toBe('FAIL')
})

test('good documents pass, none at all are missing, and what the profile announces is expected', () => {
  expect(measured(TEXT)).toMatchObject({ documents: 1, passages: 1, verdict: 'PASS' })
  expect(measured()).toMatchObject({ documents: 0, verdict: 'MISSING' })
  const mail = passage('m', `${TEXT} Write to lada.novak@example.org.`)
  expect(measureKnowledge([mail], ['email']).verdict).toBe('PASS')
})
