import { expect, test } from 'vitest'
import { instantOf } from '../../kernel/time.ts'
import { base32, codeOf, otpauthUri, stepOf, stepOfCode } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

test.for([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const)('at second %i the code is that of RFC 6238, appendix B', ([seconds, code]) => {
  expect(codeOf(SECRET, stepOf(instantOf(seconds * 1000)), 8)).toBe(code)
})

test.for([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const)('base 32 of “%s” is that of RFC 4648, section 10', ([text, encoded]) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('a code of the step before and after is taken, none further off, and none a second time', () => {
  const at = instantOf(1_234_567_890_000)
  const now = stepOf(at)
  const taken = [-2, -1, 0, 1, 2].map((off) => stepOfCode(SECRET, codeOf(SECRET, now + off), { at, after: 0 }))
  expect(taken).toEqual([undefined, now - 1, now, now + 1, undefined])
  expect(stepOfCode(SECRET, codeOf(SECRET, now), { at, after: now })).toBeUndefined()
  expect(stepOfCode(SECRET, codeOf(SECRET, now + 1), { at, after: now })).toBe(now + 1)
})

test('the address names issuer and account, with everything that an app must know', () => {
  const uri = otpauthUri({ secret: 'MZXW6YTB', account: 'ada@example.org', issuer: 'Airworthy localhost' })
  expect(uri).toBe(
    'otpauth://totp/Airworthy%20localhost:ada%40example.org?secret=MZXW6YTB&issuer=Airworthy%20localhost&algorithm=SHA1&digits=6&period=30',
  )
})
