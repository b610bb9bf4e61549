import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { picoOf } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import { joinPriceBooks, readPriceBook } from './price-book.ts'
import { PriceBookFile } from './price-book-file.ts'

const pack = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../packs/prices/${name}.json`, import.meta.url), 'utf8'))
const core = joinPriceBooks([pack('core'), pack('genai-prices')])
const book = readPriceBook(core)
const NOON = '2026-11-21T12:00:00.000Z' as Instant
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

const dear = readPriceBook({
  ...one([price(null, null)]),
  models: [
    {
      model: 'a/b',
      source: 's',
      prices: [
        {
          from: null,
          until: null,
          input: '2',
          output: '8',
          cacheRead: '0.5',
          cacheWrite: '2.5',
          cacheWriteHour: '4',
          reasoning: '6',
          inputAudio: '10',
          cacheReadAudio: '1',
          outputAudio: '20',
          inputImage: '3',
          outputImage: '30',
          perThousandPictures: '40',
          perThousandRequests: '5',
          perThousandCalls: { web_search: '10' },
          longContext: [{ above: 1000, applies: 'whole', rates: { input: '4', output: '12' } }],
          tiers: { flex: { input: '1', output: '4' }, batch: { input: '1', longContext: [] } },
          hours: [{ from: '22:00', until: '06:00', rates: { input: '1.5' } }],
        },
      ],
    },
    {
      model: 'a/steps',
      source: 's',
      prices: [
        {
          from: null,
          until: null,
          input: '1',
          output: '1',
          cacheWrite: '1.25',
          longContext: [
            { above: 100, applies: 'excess', rates: { input: '2' } },
            { above: 200, applies: 'excess', rates: { input: '3' } },
          ],
        },
      ],
    },
  ],
})

test.for([
  ['tokens both ways and the request', 'a/b', {}, '5360'],
  ['a read from the cache', 'a/b', { cacheReadTokens: 40 }, '5300'],
  ['writes of both ages', 'a/b', { cacheWriteTokens: 40, cacheWriteHourTokens: 10 }, '5395'],
  ['reasoning inside the output', 'a/b', { reasoningTokens: 10 }, '5340'],
  ['audio, some of it cached', 'a/b', { inputAudioTokens: 30, cacheReadTokens: 20, cacheReadAudioTokens: 20 }, '5420'],
  ['audio and pictures answered', 'a/b', { outputAudioTokens: 5, outputImageTokens: 5 }, '5530'],
  ['pictures in the prompt', 'a/b', { inputImageTokens: 50 }, '5410'],
  ['pictures by piece', 'a/b', { pictures: 2 }, '85360'],
  ["the provider's tools", 'a/b', { toolCalls: { web_search: 3 } }, '35360'],
  ['a tool without a price', 'a/b', { toolCalls: { code: 1 } }, null],
  ['a tool that was not called', 'a/b', { toolCalls: { code: 0 } }, '5360'],
  ['the usual way', 'a/b', { tier: 'default' }, '5360'],
  ['flex', 'a/b', { tier: 'flex' }, '5180'],
  ['a way without a price', 'a/b', { tier: 'priority' }, null],
  ['a long prompt, the whole of it', 'a/b', { inputTokens: 1001 }, '9244'],
  ['a prompt of just the bound', 'a/b', { inputTokens: 1000 }, '7160'],
  ['a long prompt where flex has no price for it', 'a/b', { inputTokens: 1001, tier: 'flex' }, null],
  ['a long prompt where a batch has one', 'a/b', { inputTokens: 1001, tier: 'batch' }, '6161'],
  ['only what is above each bound', 'a/steps', { inputTokens: 250 }, '470'],
  [
    'an hour in a cache whose price is known for minutes only',
    'a/steps',
    { cacheWriteTokens: 5, cacheWriteHourTokens: 5 },
    null,
  ],
] as const)('%s', ([, model, part, cost]) => {
  const usage = { inputTokens: 100, outputTokens: 20, estimated: false, ...part }
  expect(dear.costOf(model, usage, NOON)).toBe(cost)
})

test('rates of the night hold from their first minute to before their last', () => {
  const cost = (time: string) =>
    dear.costOf('a/b', { inputTokens: 100, outputTokens: 0, estimated: false }, `2026-11-21T${time}:00.000Z` as Instant)
  expect(['21:59', '22:00', '05:59', '06:00'].map(cost)).toEqual(['5200', '5150', '5150', '5200'])
})
