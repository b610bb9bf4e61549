/** Whatever pieces a text comes in, what leaves is the redaction of the whole; tokens are put together so that no scanner takes this file for a leak. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Guardrail } from '../core/guardrail.ts'
import { cases } from '../testing/properties.ts'
import { type CompiledGuard, compiled } from './compiled.ts'
import { GuardedText } from './guarded-text.ts'

const guard = (more: Record<string, unknown>) => compiled({ on: 'output', mode: 'redact', ...more } as Guardrail)
const GUARDS = [
  guard({ id: 'mail', detector: 'email' }),
  guard({ id: 'call', detector: 'phone' }),
  guard({ id: 'pay', detector: 'card' }),
  guard({ id: 'keys', detector: 'secrets' }),
  guard({ id: 'words', detector: 'terms', terms: ['project nightjar', 'nightjar', 'no go', 'go on'] }),
  guard({ id: 'customer', detector: 'pattern', pattern: 'KD-\\d{4,8}\\b', example: 'KD-1234' }),
]

const letters = 'aB3dE5gH7jK9mN1pQ4rS6tU8vW0xY2zA5bC7dE9f'
const PLANTED = [
  'ada.love+shop@mail.example.co.uk',
  'jürgen@büro.example',
  '+44 20 7946 0991',
  '(020) 7946 0992',
  'call 0151 2345678 please',
  '0151 2345678 is our hotline',
  '4111 1111 1111 1111',
  '378282246310005',
  `sk-${'proj-'}${letters}`,
  `"password": "${'tulip 1987!x'}"`,
  `API_KEY=${letters}`,
  `access_token: ${letters}`,
  `\n-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE${letters}\n${letters}\n-----END RSA PRIVATE KEY-----\n`,
  `postgres://shop:${'s3cr3t!x'}@db.example.com/shop`,
  `machine mail.example.com login ada password ${'tulip87'}`,
  `<Password>${'Tulip1987'}</Password>`,
  `\ncookie-line: ${letters}${letters.toUpperCase()}\n`,
  `define('AUTH_SALT', '${'k(2 d!Ze_8 Qw;7Gm<1Xs@4 Vb~9Lp^3 Rt&6Hy'}')`,
  `\nPrivate-Lines: 2\n${letters}\n${letters}\n`,
  `connect.login('ada', '${'tulip87'}')`,
  `db.example:5432:shop:ada:${'tulip87'}\n`,
  'Project  Nightjar',
  'NO GO ON',
  'KD-4711',
  'KD-12345678901',
]
const ORDINARY = [
  ' ',
  '\n',
  '. ',
  ', ',
  'the ',
  'key ',
  'a',
  '1',
  '20',
  '-',
  '@',
  '"',
  "'",
  ': ',
  '=',
  '(',
  '+',
  'x',
  '😀',
  '𝐚',
  'é',
  '请联系',
  '。',
  'login ',
  'password',
  'sk-',
  'KD-',
  '-----',
  'no ',
  'go',
]
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...ORDINARY) },
      { weight: 1, arbitrary: fc.constantFrom(...PLANTED) },
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''))
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 })

function passed(guards: readonly CompiledGuard[], whole: string, sizes: readonly number[]): string {
  const guarded = new GuardedText(guards)
  let out = ''
  let at = 0
  for (let i = 0; at < whole.length; i += 1) {
    const size = sizes[i % sizes.length] ?? 1
    const piece = guarded.push(whole.slice(at, at + size))
    // No half of a pair leaves: written by itself it would be destroyed.
    expect(piece.isWellFormed()).toBe(true)
    out += piece
    at += size
  }
  return out + guarded.end()
}

/** Said independently: all that the detectors find in the whole text, what overlaps taken together. */
function redactionOf(guards: readonly CompiledGuard[], whole: string): string {
  const found = guards
    .flatMap(({ detector, label }) => (detector?.find(whole) ?? []).map((one) => ({ ...one, label })))
    .toSorted((a, b) => a.start - b.start)
  let out = ''
  let at = 0
  for (const { start, end, label } of found) {
    if (start >= at) out += whole.slice(at, start) + label
    at = Math.max(at, end)
  }
  return out + whole.slice(at)
}

test('whatever the pieces, the client reads the redaction of the whole', () => {
  fc.assert(
    fc.property(text, cuts, (whole, sizes) => {
      const expected = redactionOf(GUARDS, whole)
      expect(passed(GUARDS, whole, [whole.length || 1])).toBe(expected)
      expect(passed(GUARDS, whole, [1])).toBe(expected)
      expect(passed(GUARDS, whole, sizes)).toBe(expected)
    }),
    cases(150),
  )
})

test.for(GUARDS.map((one) => [one.id, one] as const))(
  '%s alone does so as well, and holds back no more than it must',
  ([, one]) => {
    fc.assert(
      fc.property(text, cuts, (whole, sizes) => {
        expect(passed([one], whole, sizes)).toBe(redactionOf([one], whole))
      }),
      cases(100),
    )
  },
)

test.for(GUARDS.map((one) => [one.id, one] as const))(
  '%s is cut off anywhere, and what it told stays true',
  ([, { detector }]) => {
    fc.assert(
      fc.property(text, fc.double({ min: 0, max: 1, noNaN: true }), (whole, where) => {
        if (!detector) throw new Error('All of them have one.')
        const begun = whole.slice(0, Math.floor(whole.length * where))
        if (!begun.isWellFormed()) return
        const { found, open } = detector.settle(begun, 0)
        expect([...found, ...detector.find(whole, open)]).toEqual(detector.find(whole))
      }),
      cases(300),
    )
  },
)

test.for(PLANTED)('%s is found whole in a sentence, one unit at a time', (planted) => {
  const whole = `Well, here it is: ${planted}. And so on.`
  expect(passed(GUARDS, whole, [1])).toBe(redactionOf(GUARDS, whole))
})

test('ordinary words pass as they come, but for what a pattern could begin in', () => {
  const guarded = new GuardedText(GUARDS.filter(({ id }) => id !== 'customer'))
  const words = 'You can return most things within some weeks of getting them, if they are as they were. '
  expect(guarded.push(words)).toBe(words)
})

test.for(['a', '1', ' ', '-', '1 ', 'a@', 'password="', "key='", 'eyJ', 'login a ', 'key:\n', '-----BEGIN ', 'no '])(
  'hostile text, "%s" and again, gets through piece by piece',
  (piece) => {
    const whole = piece.repeat(10_000 / piece.length)
    // A look that costs the square of what is held would not end before the runner gives up.
    expect(passed(GUARDS, whole, [7]).length).toBeGreaterThan(0)
  },
)
