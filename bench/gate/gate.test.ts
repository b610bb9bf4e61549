import { expect, test } from 'vitest'
import { report } from './gate.ts'

test('the bench of gates prints its figures', () => {
  expect(report(2)).toMatch(
    /^61 checks over 10000 pieces: [\d.]+ ms, [\d.]+ ms of processor time; bare .* ratio [\d.]+$/,
  )
})
