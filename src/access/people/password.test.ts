import { expect, test } from 'vitest'
import { deriveKey } from '../../kernel/derive.ts'
import { secureBytes } from '../../kernel/random.ts'
import { Secret } from '../../kernel/secret.ts'
import { createPasswordHashing } from './password.ts'
import { weaknessOf } from './weakness.ts'

const GOOD = 'correct horse battery staple'

test('a name that nobody has costs as much work as one that somebody has', async () => {
  const hashing = createPasswordHashing({ pepper: deriveKey(new Secret('a key'), 'test'), random: secureBytes })
  const hash = await hashing.hash(new Secret(GOOD))
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await hashing.verify(new Secret(GOOD), hash)).toBe(true)
  expect(await hashing.verify(new Secret(`${GOOD}r`), hash)).toBe(false)
  // The cost of a hash is its memory and passes; nobody's hash has those of everybody's.
  expect(await hashing.verify(new Secret(GOOD), undefined)).toBe(false)
  const other = createPasswordHashing({ pepper: deriveKey(new Secret('another'), 'test'), random: secureBytes })
  expect(await other.verify(new Secret(GOOD), hash)).toBe(false)
  expect(hashing.isOld(hash.replace('m=47104', 'm=19456'))).toBe(true)
  expect(
    await hashing.verify(
      new Secret('cafe\u0301 cafe\u0301 cafe\u0301'),
      await hashing.hash(new Secret('café café café')),
    ),
  ).toBe(true)
})

test.for([
  ['too short', 'short', /Use at least 12 characters; this has 5/],
  ['a few characters', 'aaaaaaaabbbb', /repeats a few characters/],
  ['the word itself', 'Password1234!', /tried first/],
  ['one’s own name', 'ada-example-2026', /tried first/],
  ['a row of keys', 'qwertyuiop123', /tried first/],
  ['too long', 'abcdefghij'.repeat(30), /at most 256/],
] as const)('a password that is %s is refused, with why', ([, password, why]) => {
  expect(weaknessOf(password, { signInName: 'ada@example.org', name: 'Ada Example' })).toMatch(why)
})

test('sentences are taken as passwords, in any script', () => {
  for (const password of [GOOD, 'Das Pferd frisst Gurkensalat', '正確な馬の電池のホッチキス芯です'])
    expect(weaknessOf(password, { signInName: 'ada@example.org', name: 'Ada Example' })).toBeUndefined()
})
