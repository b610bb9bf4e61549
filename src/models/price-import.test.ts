import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Usage } from '../core/usage.ts'
import { microUsd, picoOf } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import { withOpenAiTiers } from './openai-tiers.ts'
import { joinPriceBooks, readPriceBook } from './price-book.ts'
import { PriceBookFile } from './price-book-file.ts'
import { importPriceList, withAnthropicRules } from './price-import.ts'

const read = (name: string): string =>
  gunzipSync(readFileSync(new URL(`../../data/prices-genai/${name}.gz`, import.meta.url))).toString('utf8')

const pack = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../packs/prices/${name}.json`, import.meta.url), 'utf8'))

const list = withOpenAiTiers(
  withAnthropicRules(
    importPriceList(JSON.parse(read('data.json')), {
      name: 'list',
      asOf: '2026-11-21',
      note: '',
      source: 'genai-prices',
    }),
  ),
)
const book = readPriceBook(joinPriceBooks([pack('core'), list]))
/** The figures that the list publishes were computed at such a time: DeepSeek's prices change by the hour. */
const THEN = '2026-07-15T12:00:00.000Z' as Instant
const OURS: Readonly<Record<string, string>> = { aws: 'bedrock', google: 'gemini', 'x-ai': 'xai' }

type Row = {
  model: string
  extracted: {
    usage: Record<string, number>
    extractors: { provider_id: string; input_price?: string; output_price?: string }[]
  }[]
}
const rows: Row[] = read('usages.even.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

const usageOf = (listed: Record<string, number>): Usage => ({
  inputTokens: listed.input_tokens ?? 0,
  outputTokens: listed.output_tokens ?? 0,
  estimated: false,
  cacheReadTokens: listed.cache_read_tokens ?? 0,
  cacheWriteTokens: listed.cache_write_tokens ?? 0,
  inputAudioTokens: listed.input_audio_tokens ?? 0,
  cacheReadAudioTokens: listed.cache_audio_read_tokens ?? 0,
  outputAudioTokens: listed.output_audio_tokens ?? 0,
  outputImageTokens: listed.output_image_tokens ?? 0,
})

/** Dollars, for example `0.0002375` or `9E-7`, as whole pico-dollars. */
function published(dollars = '0'): bigint {
  const [digits = '', exponent = '0'] = dollars.split('E')
  const [whole = '', fraction = ''] = digits.split('.')
  return BigInt(whole + fraction) * 10n ** BigInt(12 + Number(exponent) - fraction.length)
}

test('789 usages of real answers cost what is published, row by row, and what has no price is unknown', () => {
  const sums = new Map<string, { dollars: bigint; priced: number }>()
  const wrong: { name: string; cost: string | null; theirs: string | null }[] = []
  for (const { model, extracted } of rows)
    for (const { usage, extractors } of extracted)
      for (const { provider_id: provider, input_price: input, output_price: output } of extractors) {
        const name = `${OURS[provider] ?? provider}/${model}`
        const cost = book.costOf(name, usageOf(usage), THEN)
        const theirs = input === undefined && output === undefined ? null : published(input) + published(output)
        if ((cost === null ? null : picoOf(cost)) !== theirs)
          wrong.push({ name, cost, theirs: theirs === null ? null : microUsd(theirs) })
        if (cost === null) continue
        const sum = sums.get(provider) ?? { dollars: 0n, priced: 0 }
        sums.set(provider, { dollars: sum.dollars + picoOf(cost), priced: sum.priced + 1 })
      }
  expect(rows.length).toBe(789)
  // The list has prices of Fireworks that its own figures leave out, and no z.ai, of which they tell.
  expect(wrong.filter(({ name }) => !/^(?:fireworks|zai)\//.test(name))).toEqual([])
  expect(wrong.length).toBe(5)
  const told = Object.fromEntries([...sums].map(([name, { dollars, priced }]) => [name, [microUsd(dollars), priced]]))
  expect(told).toMatchObject({
    anthropic: ['3026057.2', 109],
    aws: ['1989613.02', 113],
    azure: ['7294785.656', 642],
    google: ['2366888.46', 332],
    openai: ['715651.556', 304],
    mistral: ['9988.95', 27],
    groq: ['7281.09', 39],
  })
})

test('the book that comes with the program is what the list says', () => {
  const shipped = PriceBookFile.parse(pack('genai-prices'))
  const listed = new Map(list.models.map((entry) => [entry.model, entry]))
  expect(shipped.models.length).toBeGreaterThan(1200)
  for (const entry of shipped.models) expect(entry).toEqual(listed.get(entry.model))
})

test.for([
  ['nothing', [{}]],
  [
    'a rate of an unknown kind',
    [{ id: 'a', models: [{ id: 'b', match: { equals: 'b' }, prices: { video_mtok: 1 } }] }],
  ],
  ['an expression of an unknown form', [{ id: 'a', models: [{ id: 'b', match: { regex: '(a+)+' }, prices: {} }] }]],
] as const)('a list with %s is refused', ([, value]) => {
  expect(() => importPriceList(value, { name: 'x', asOf: '2026-11-21', note: '', source: '' })).toThrow(
    /cannot be read/,
  )
})

test.for([
  ['openai/gpt-5', undefined, '11250000'],
  ['openai/gpt-5', 'flex', '5625000'],
  ['openai/gpt-5', 'priority', '22500000'],
  ['openai/gpt-4.1', 'batch', '5000000'],
  ['openai/gpt-4.1', 'priority', '17500000'],
  ['openai/gpt-5.6-terra', 'flex', '8750000'],
  ['openai/gpt-4.1', 'flex', null],
  ['anthropic/claude-haiku-4-5', 'batch', '3000000'],
  ['anthropic/claude-haiku-4-5', 'priority', null],
] as const)('a million tokens each way of %s served as %s', ([model, tier, cost]) => {
  const shipped = readPriceBook(joinPriceBooks([pack('core'), pack('genai-prices')]))
  // Long prompts of some models cost more, so a million tokens are asked for in pieces that are short.
  const piece = { inputTokens: 100_000, outputTokens: 100_000, estimated: false, ...(tier && { tier }) }
  expect(shipped.costOf(model, piece, THEN)).toBe(cost === null ? null : microUsd(picoOf(cost) / 10n))
})
