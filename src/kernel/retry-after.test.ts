import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

test('Retry-After is read as seconds and as a date', () => {
  const now = Date.parse('2026-03-01T00:00:00Z')
  expect(retryAfterMs('7', now)).toBe(7000)
  expect(retryAfterMs('Sun, 01 Mar 2026 00:00:09 GMT', now)).toBe(9000)
  expect(retryAfterMs('soon', now)).toBeUndefined()
  expect(retryAfterMs('Sat, 28 Feb 2026 00:00:00 GMT', now)).toBe(0)
  expect(retryAfterMs('', now)).toBeUndefined()
  expect(retryAfterMs(undefined, now)).toBeUndefined()
})
