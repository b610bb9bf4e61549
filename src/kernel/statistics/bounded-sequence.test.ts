import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import { boundedSequence } from './bounded-sequence.ts'

test('looked at after every value, the sequence leaves out the mean at most as often as it says', () => {
  const random = seededRandom(11)
  let missed = 0
  const runs = 1000
  for (let run = 0; run < runs; run++) {
    const sequence = boundedSequence({ low: -1, high: 1, alpha: 0.05 })
    for (let at = 0; at < 300; at++) {
      sequence.add(random() < 0.7 ? 0 : random() < 0.5 ? 1 : -1)
      const { low, high } = sequence.interval()
      if (low > 0 || high < 0) {
        missed++
        break
      }
    }
  }
  expect(missed / runs).toBeLessThanOrEqual(0.05)
})

test('it narrows to what is there and refuses values outside its range', () => {
  const random = seededRandom(5)
  const sequence = boundedSequence({ low: -1, high: 1 })
  expect(sequence.interval()).toEqual({ low: -1, high: 1 })
  for (let at = 0; at < 1500; at++) sequence.add(random() < 0.3 ? 1 : 0)
  const { low, high } = sequence.interval()
  expect(low).toBeGreaterThan(0.2)
  expect(high).toBeLessThan(0.4)
  expect(low).toBeLessThan(0.3)
  expect(sequence.n).toBe(1500)
  expect(() => sequence.add(1.5)).toThrow('between -1 and 1')
})
