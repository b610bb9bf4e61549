import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../testing/properties.ts'
import { canonicalJson, digestOf, digestOfText, normaliseText } from './digest.ts'

/** JSON without halves of surrogate pairs, which RFC 8785 refuses. */
const json = () =>
  fc
    .jsonValue({
      maxDepth: 3,
      stringUnit: fc.constantFrom(...'ab1"\\/\u0000\u001f\n\u007f\u00e9\u20ac\ufb33\u{1f600}'),
    })
    .map((value) => value as unknown)

/** RFC 8785 in a few lines of its own: sorted by UTF-16 code units, all else as ECMAScript writes it. */
function reference(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reference).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${reference(inner)}`).join(',')}}`
}

/** The same value with the keys of all its objects in another order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  const other: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value).reverse())
    Object.defineProperty(other, key, { value: turned(inner), enumerable: true })
  return other
}

test('canonical JSON is what RFC 8785 says, for any value', () => {
  fc.assert(
    fc.property(json(), (value) => {
      expect(canonicalJson(value)).toBe(reference(value))
    }),
    cases(500),
  )
})

test('the order of keys changes no digest, at any depth', () => {
  fc.assert(
    fc.property(json(), (value) => {
      expect(digestOf(turned(value))).toBe(digestOf(value))
    }),
    cases(300),
  )
})

test('canonical JSON read again and written again is the same text', () => {
  fc.assert(
    fc.property(json(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
    }),
    cases(300),
  )
})

test('another value has another digest', () => {
  const different = fc
    .tuple(json(), json())
    .filter(([one, other]) => JSON.stringify(turned(turned(one))) !== JSON.stringify(turned(turned(other))))
    .filter(([one, other]) => reference(one) !== reference(other))
  fc.assert(
    fc.property(different, ([one, other]) => {
      expect(digestOf(one)).not.toBe(digestOf(other))
      expect(digestOf([one, other])).not.toBe(digestOf([other, one]))
    }),
    cases(300),
  )
})

test('line ends and a byte order mark change no digest of a text, everything else does', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      const clean = lines.map((line) => line.replace(/[\r\n\uFEFF]/g, ''))
      expect(digestOfText(`\uFEFF${clean.join('\r\n')}`)).toBe(digestOfText(clean.join('\n')))
      expect(digestOfText(`${clean.join('\n')} `)).not.toBe(digestOfText(clean.join('\n')))
      expect(normaliseText(normaliseText(clean.join('\r\n')))).toBe(normaliseText(clean.join('\r\n')))
    }),
    cases(200),
  )
})

/** RFC 8785, appendix B: the bits of an IEEE 754 number, and how it is written. */
test.for([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
] as const)('the number %s is written %s', ([bits, text]) => {
  expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
})

test.for([
  ['not a number', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a function', () => 1],
  ['nothing', undefined],
  ['a big integer', 1n],
] as const)('%s has no digest', ([, value]) => {
  expect(() => digestOf(value)).toThrow()
})
