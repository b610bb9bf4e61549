import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../testing/properties.ts'
import { canonicalJson } from './digest.ts'
import { MOST_NESTED, unfitIn } from './unfit.ts'

const nested = (levels: number): unknown => {
  let value: unknown = 'in'
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

test.for([
  ['a NUL', { a: [{ b: 'x\u0000' }] }, 'a.0.b', /U\+0000/],
  ['a NUL in a key', { 'x\u0000': 1 }, 'x\uFFFD', /U\+0000/],
  ['half of a pair', ['\ud83d'], '0', /surrogate/],
  ['the key __proto__', JSON.parse('{"a":{"__proto__":{"role":"owner"}}}'), 'a.__proto__', /__proto__/],
  ['nesting without end', nested(100_000), '0.'.repeat(MOST_NESTED).slice(0, -1), /nested/],
] as const)('%s is found, with its place', ([, value, place, message]) => {
  expect(unfitIn(value)).toMatchObject({ message: expect.stringMatching(message) })
  expect(unfitIn(value)?.path.join('.')).toBe(place)
})

test.for([
  [null],
  [{ constructor: 1, prototype: 2, toString: 3 }],
  ['\u{1f600}\n\t'],
  [nested(MOST_NESTED)],
  [0],
] as const)('%j is taken', ([value]) => {
  expect(unfitIn(value)).toBeUndefined()
})

test('what is taken has a digest and a place in every column', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3, stringUnit: fc.constantFrom('a', '\u0000', '\ud800', '\u{1f600}', '\\', 'u0000') }),
      (value) => {
        if (unfitIn(value) !== undefined) return
        const text = canonicalJson(value)
        expect(text.isWellFormed() && !/(?<!\\)(?:\\\\)*\\u0000/.test(text)).toBe(true)
      },
    ),
    cases(300),
  )
})
