/** Which sentence somebody is told. */
import { expect, test } from 'vitest'
import { Disclosure, disclosureFor } from './disclosure.ts'

const given = Disclosure.parse({
  text: 'A machine answers here.',
  translations: { de: 'Hier antwortet eine Maschine.', 'pt-BR': 'Aqui responde uma máquina.' },
})

test.for([
  [undefined, 'A machine answers here.'],
  ['de-CH,de;q=0.9,en;q=0.8', 'Hier antwortet eine Maschine.'],
  ['fr,en;q=0.5,de;q=0.1', 'A machine answers here.'],
  ['PT-br', 'Aqui responde uma máquina.'],
  ['en;q=0.1, de;q=0.9', 'Hier antwortet eine Maschine.'],
  ['de;q=0', 'A machine answers here.'],
  ['*;;;,,=q', 'A machine answers here.'],
] as const)('who accepts %s is told “%s”', ([accepted, text]) => {
  expect(disclosureFor(given, accepted)).toBe(text)
})
