import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { canonicalJson, digestOf, digestOfText } from './digest.ts'
import { createIds, idOf } from './ids.ts'
import { costOf, microUsd, picoOf, sumMoney } from './money.ts'
import { seededBytes } from './random.ts'
import { Secret } from './secret.ts'
import { stoppedClock } from './time.ts'

test('canonical JSON is that of RFC 8785, numbers and sorting included', () => {
  const example = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  expect(canonicalJson(example)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const names = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew',
    '1': 'One',
    '\ud83d\ude00': 'Smiley',
    '\u0080': 'Control',
    '\u00f6': 'Latin',
  }
  expect(Object.values(JSON.parse(canonicalJson(names)))).toHaveLength(7)
  expect([...canonicalJson(names).matchAll(/:"([A-Za-z ]+)"/g)].map((m) => m[1])).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin',
    'Euro Sign',
    'Smiley',
    'Hebrew',
  ])
})

test('the order of keys changes no digest and the order of an array does', () => {
  expect(digestOf({ a: 1, b: [1, 2] })).toBe(digestOf({ b: [1, 2], a: 1 }))
  expect(digestOf({ b: [1, 2] })).not.toBe(digestOf({ b: [2, 1] }))
  expect(digestOfText('\uFEFFa\r\nb')).toBe(digestOfText('a\nb'))
})

test('ids sort by the time they were made, even within a millisecond', () => {
  const clock = stoppedClock()
  const newId = createIds({ clock, random: seededBytes(1) })
  const ids = Array.from({ length: 50 }, (_, i) => {
    if (i % 10 === 0) clock.advance(1)
    return newId('rel')
  })
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(50)
  expect(idOf('rel').safeParse(ids[0]).success).toBe(true)
  expect(idOf('evi').safeParse(ids[0]).success).toBe(false)
})

test('money is exact', () => {
  expect(costOf(3, '0.15')).toBe('0.45')
  expect(sumMoney(Array.from({ length: 10 }, () => '0.1'))).toBe('1')
  expect(picoOf('3.000000')).toBe(3_000_000n)
  expect(microUsd(-1n)).toBe('-0.000001')
  expect(() => costOf(1.5, '1')).toThrow('units must be a whole number')
})

test('a secret shows itself to nobody who does not ask by name', () => {
  const secret = new Secret('hunter2')
  expect(`${secret} ${JSON.stringify({ secret })} ${inspect({ secret })} ${String(secret)}`).not.toContain('hunter2')
  expect(secret.reveal()).toBe('hunter2')
})
