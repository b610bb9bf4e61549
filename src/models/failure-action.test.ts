import { expect, test } from 'vitest'
import { askedToWait } from './asked-to-wait.ts'
import { troubleOf } from './failure-action.ts'

const nowMs = Date.parse('2026-03-01T00:00:00.000Z')
const RETRY_INFO = JSON.stringify([
  {
    error: {
      code: 429,
      details: [
        { '@type': 'type.googleapis.com/google.rpc.Help', links: [] },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.074824224s' },
      ],
    },
  },
])

test.for([
  ['seconds', { 'retry-after': '7' }, '', 7_000],
  ['a date', { 'retry-after': 'Sun, 01 Mar 2026 00:00:30 GMT' }, '', 30_000],
  ['a date that has passed', { 'retry-after': 'Sat, 28 Feb 2026 00:00:30 GMT' }, '', 0],
  ['milliseconds, before seconds', { 'retry-after-ms': '250', 'retry-after': '1' }, '', 250],
  ['RetryInfo in the body', {}, RETRY_INFO, 34_075],
  [
    'RetryInfo with its type behind',
    {},
    '{"retryDelay":"2s","@type":"type.googleapis.com/google.rpc.RetryInfo"}',
    2_000,
  ],
  ['a window as duration', { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1m2.5s' }, '', 62_500],
  ['a window in milliseconds', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '20ms' }, '', 20],
  [
    'the longest of two windows',
    {
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    '',
    360_000,
  ],
  [
    'a window that is not used up',
    { 'x-ratelimit-remaining-requests': '9', 'x-ratelimit-reset-requests': '6m0s' },
    '',
    undefined,
  ],
  [
    'a window as date',
    { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': '2026-03-01T00:00:05Z' },
    '',
    5_000,
  ],
  [
    'a window as an instant in seconds',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(nowMs / 1000 + 9) },
    '',
    9_000,
  ],
  [
    'a window as an instant in milliseconds',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(nowMs + 9) },
    '',
    9,
  ],
  ['nothing', { 'retry-after': 'soon' }, '{"error":{}}', undefined],
] as const)('how long to wait is read of %s', ([, headers, text, expected]) => {
  expect(askedToWait({ headers, text, nowMs })).toBe(expected)
})

test.for([
  [200, 'return'],
  [400, 'return'],
  [401, 'rotate-key'],
  [402, 'rotate-key'],
  [403, 'rotate-key'],
  [404, 'fail-over'],
  [408, 'retry'],
  [409, 'return'],
  [413, 'return'],
  [422, 'return'],
  [425, 'retry'],
  [429, 'rotate-key'],
  [500, 'retry'],
  [501, 'return'],
  [502, 'retry'],
  [503, 'retry'],
  [504, 'retry'],
  [529, 'retry'],
] as const)('%i is answered with %s', ([status, action]) => {
  expect(troubleOf({ status, headers: {}, text: '', nowMs }).action).toBe(action)
})

test('a key rests as long as the provider says, and long when its money has run out', () => {
  const rest = (status: number, headers: Record<string, string>, text = '') =>
    troubleOf({ status, headers, text, nowMs }).keyRest?.ms
  expect(rest(429, { 'retry-after': '42' })).toBe(42_000)
  expect(rest(429, {})).toBe(10_000)
  expect(rest(429, { 'retry-after': '1' }, '{"error":{"code":"insufficient_quota"}}')).toBe(900_000)
  expect(rest(402, {})).toBe(900_000)
  expect(rest(401, {})).toBe(300_000)
  expect(rest(503, { 'retry-after': '42' })).toBeUndefined()
})
