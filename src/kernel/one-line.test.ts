import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../testing/properties.ts'
import { oneLine } from './one-line.ts'

test.for([
  ['a\nb\r\nc', 'a\\u000ab\\u000d\\u000ac'],
  ['\u001b[31mred\u009b0m', '\\u001b[31mred\\u009b0m'],
  ['\u202egnp.exe', '\\u202egnp.exe'],
  ['Grüße 😀 “so”', 'Grüße 😀 “so”'],
] as const)('%j is shown as %j', ([text, shown]) => {
  expect(oneLine(text)).toBe(shown)
})

test('whatever it is given, it is one line of bounded length without commands', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u001b', '\u0085', '\u2028', '\ud800', '😀') }),
      (text) => {
        const shown = oneLine(text.repeat(200))
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029]/u)
        expect(shown.length).toBeLessThan(13_000)
      },
    ),
    cases(100),
  )
})
