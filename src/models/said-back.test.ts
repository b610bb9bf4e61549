/** A key in what a provider answers, under every cut into pieces. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Secret } from '../kernel/secret.ts'
import { cases } from '../testing/properties.ts'
import { watchOf } from './said-back.ts'

const KEY = 'aab/aaba+aabaaab'
const watching = (key: string, onSaidBack = () => {}) =>
  watchOf({ name: 'mine', credential: new Secret(key), onSaidBack })

/** What was handed on, and what was said of the rest. */
function handed(pieces: readonly Buffer[], key = KEY): { text: string; code: unknown } {
  const watch = watching(key)
  const passed: Buffer[] = []
  try {
    for (const piece of pieces) passed.push(watch?.pass(piece) ?? piece)
    passed.push(watch?.rest() ?? Buffer.of())
  } catch (thrown) {
    return { text: Buffer.concat(passed).toString(), code: (thrown as { code: unknown }).code }
  }
  return { text: Buffer.concat(passed).toString(), code: undefined }
}

/** Texts that often hold a key that begins like itself at several places, or nearly do. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(KEY, 'aab/', 'a', 'b', '+', '\n'),
      fc.nat(KEY.length).map((n) => KEY.slice(0, n)),
    ),
  )
  .map((parts) => parts.join(''))

test('what holds no key comes back whole under every cut, and a key never does', () => {
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (said, sizes) => {
      const pieces: Buffer[] = []
      for (let at = 0, n = 0; at < said.length; n += 1) {
        const size = sizes[n % sizes.length] ?? 1
        pieces.push(Buffer.from(said.slice(at, at + size)))
        at += size
      }
      const { text: passed, code } = handed(pieces)
      if (said.includes(KEY)) {
        expect(code).toBe('models.key-said-back')
        // Not a letter of the key: what is handed on ends before it begins.
        expect(said.indexOf(KEY)).toBeGreaterThanOrEqual(passed.length)
      } else expect({ passed, code }).toEqual({ passed: said, code: undefined })
    }),
    cases(500),
  )
})

test.for([
  ['as it is', KEY],
  ['in an address', encodeURIComponent(KEY)],
  ['in JSON that escapes more than it must', KEY.replaceAll('/', '\\/')],
])('a key is known %s', ([, form]) => {
  expect(handed([Buffer.from(`{"said":"${form}"}`)]).code).toBe('models.key-said-back')
})

test('of a key of several parts each is one, and words that stand in for a key are none', () => {
  expect(handed([Buffer.from('wJalrXUtnFEMI/K7MDENG')], 'AKIA0123:wJalrXUtnFEMI/K7MDENG').code).toBeDefined()
  expect(handed([Buffer.from('AKIA0123')], 'AKIA0123:wJalrXUtnFEMI/K7MDENG').code).toBeUndefined()
  for (const word of ['ollama', 'lm-studio', 'token-abc123']) expect(watching(word)).toBeUndefined()
})
