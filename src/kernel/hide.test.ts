import fc from 'fast-check'
import { expect, test } from 'vitest'
import { secretsIn } from '../testing/canaries.ts'
import { cases } from '../testing/properties.ts'
import { hide } from './hide.ts'
import { Secret } from './secret.ts'

const said = (secret: string, around: string): string[] => [
  `${around}${secret}${around}`,
  Buffer.from(`${around}${secret}${around}`).toString('base64'),
  Buffer.from(`Basic airworthy:${encodeURIComponent(secret)}`).toString('base64url'),
  Buffer.from(secret).toString('hex'),
  `?key=${encodeURIComponent(secret)}`,
  new URLSearchParams({ key: secret }).toString(),
  JSON.stringify({ key: secret }),
]

test('a secret is gone from what is said, however it is written and whatever stands beside it', () => {
  const secret = fc.string({ minLength: 8, maxLength: 60, unit: 'grapheme-ascii' })
  fc.assert(
    fc.property(secret, fc.string({ maxLength: 5, unit: 'grapheme-ascii' }), (value, around) => {
      for (const text of said(value, around))
        expect(secretsIn({ value })(hide(text, new Secret(value))), text).toEqual([])
    }),
    cases(200),
  )
})

test('what is said without it stays as it is', () => {
  expect(hide('the model is busy', new Secret('sk-0123456789'))).toBe('the model is busy')
  expect(hide('the model is busy', undefined)).toBe('the model is busy')
})
