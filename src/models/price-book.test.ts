import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { picoOf } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import { PriceBookFile, readPriceBook } from './price-book.ts'

const core = JSON.parse(readFileSync(new URL('../../packs/prices/core.json', import.meta.url), 'utf8'))
const book = readPriceBook(core)
const NOW = '2026-11-21T00:00:00.000Z' as Instant

/** Usage of real requests and the price that pydantic/genai-prices (47df840, MIT) computes for input and output. */
test.for([
  ['openai/gpt-4o-2024-08-06', { inputTokens: 1349, cacheReadTokens: 1024, outputTokens: 10 }, '0.0020925', '0.0001'],
  ['openai/gpt-4o-2024-11-20', { inputTokens: 14, outputTokens: 9 }, '0.000035', '0.00009'],
  ['openai/gpt-4o-mini-2024-07-18', { inputTokens: 129, outputTokens: 9 }, '0.00001935', '0.0000054'],
  ['openai/gpt-4.1-2025-04-14', { inputTokens: 329, outputTokens: 12 }, '0.000658', '0.000096'],
  ['openai/gpt-4.1-mini-2025-04-14', { inputTokens: 75, outputTokens: 15 }, '0.00003', '0.000024'],
  ['openai/gpt-5-mini-2025-08-07', { inputTokens: 415, outputTokens: 224 }, '0.00010375', '0.000448'],
  ['anthropic/claude-sonnet-4-20250514', { inputTokens: 525, outputTokens: 73 }, '0.001575', '0.001095'],
  [
    'anthropic/claude-haiku-4-5-20251001',
    { inputTokens: 9514, cacheReadTokens: 9511, outputTokens: 1944 },
    '0.0009541',
    '0.00972',
  ],
] as const)('%s costs what is published, to the last digit', ([model, usage, input, output]) => {
  const dollars = picoOf(input) * 1_000_000n + picoOf(output) * 1_000_000n
  const cost = book.costOf(model, { ...usage, estimated: false }, NOW)
  // picoOf reads dollars to six places only, so the published figures are compared as scaled integers.
  const exact = BigInt(Math.round(Number(input) * 1e12)) + BigInt(Math.round(Number(output) * 1e12))
  expect(picoOf(cost ?? '-1')).toBe(exact)
  expect(dollars).toBeLessThanOrEqual(exact)
})

test.for([
  ['anthropic/claude-sonnet-5', '2026-08-31T23:59:59.999Z', '12'],
  ['anthropic/claude-sonnet-5', '2026-09-01T00:00:00.000Z', '18'],
  ['openai/o3', '2025-06-09T12:00:00.000Z', '50'],
  ['openai/o3', '2025-06-10T00:00:00.000Z', '10'],
  ['local/extractive', NOW, '0'],
  ['scripted/echo', NOW, '0'],
  ['ollama/llama3', NOW, null],
  ['openai/gpt-99', NOW, null],
  ['together/meta-llama/Meta-Llama-3.1-405B-Instruct-Turbo', NOW, '7'],
] as const)('%s at %s costs %s for a token each way', ([model, at, cost]) => {
  expect(book.costOf(model, { inputTokens: 1, outputTokens: 1, estimated: false }, at as Instant)).toBe(cost)
})

test('the digest names the prices, not the order of keys', () => {
  expect(readPriceBook({ ...core }).ref).toEqual(book.ref)
  expect(readPriceBook({ ...core, asOf: '2026-11-22' }).ref.digest).not.toBe(book.ref.digest)
})

const one = (prices: unknown[], also: string[] = []) =>
  PriceBookFile.parse({
    name: 'x',
    asOf: '2026-01-01',
    note: '',
    sources: {},
    models: [{ model: 'a/b', also, source: 's', prices }],
  })
const price = (from: string | null, until: string | null) => ({ from, until, input: '1', output: '1' })

test.for([
  ['overlap', () => one([price(null, null), price('2026-01-01T00:00:00.000Z', null)])],
  ['two entries', () => one([price(null, null)], ['a/b'])],
] as const)('refuses a book with %s', ([why, file]) => {
  expect(() => readPriceBook(file())).toThrow(new RegExp(why))
})
