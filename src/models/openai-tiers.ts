/**
 * OpenAI's ways of serving (`batch`, `flex`, `priority`), which the public list leaves out. Read from a second public
 * list, and taken only where both lists agree on what the usual way costs: two hands that differ are no source.
 */
import { Price } from '../kernel/money.ts'
import type { PriceBookFile, PriceEntry, Rates } from './price-book-file.ts'

/** Dollars per million tokens in and out and, where it is said, read from the cache and written into it. */
type Row = readonly [input: string, output: string, cacheRead?: string, cacheWrite?: string]
type Tiers = { readonly usual: Row } & { readonly [tier in 'batch' | 'flex' | 'priority']?: Row }

export const TIER_SOURCE =
  'model_prices_and_context_window.json of BerriAI/litellm at commit 00035b6 (MIT), read on 2026-11-21'

const TIERS: Readonly<Record<string, Tiers>> = {
  'openai/gpt-4.1': { usual: ['2', '8'], batch: ['1', '4'], priority: ['3.5', '14', '0.875'] },
  'openai/gpt-4.1-mini': { usual: ['0.4', '1.6'], batch: ['0.2', '0.8'], priority: ['0.7', '2.8', '0.175'] },
  'openai/gpt-4.1-nano': { usual: ['0.1', '0.4'], batch: ['0.05', '0.2'], priority: ['0.2', '0.8', '0.05'] },
  'openai/gpt-4o': { usual: ['2.5', '10'], batch: ['1.25', '5'], priority: ['4.25', '17', '2.125'] },
  'openai/gpt-5': { usual: ['1.25', '10'], flex: ['0.625', '5', '0.0625'], priority: ['2.5', '20', '0.25'] },
  'openai/gpt-5.1': { usual: ['1.25', '10'], priority: ['2.5', '20', '0.25'] },
  'openai/gpt-5.2': { usual: ['1.75', '14'], priority: ['3.5', '28', '0.35'] },
  'openai/gpt-5.6-sol': {
    usual: ['5', '30'],
    batch: ['2.5', '15'],
    flex: ['2.5', '15', '0.25', '3.125'],
    priority: ['10', '60', '1', '12.5'],
  },
  'openai/gpt-5.6-terra': {
    usual: ['2.5', '15'],
    batch: ['1.25', '7.5'],
    flex: ['1.25', '7.5', '0.125', '1.5625'],
    priority: ['5', '30', '0.5', '6.25'],
  },
}

/** Adds the ways of serving to the prices that are still in force. */
export function withOpenAiTiers(file: PriceBookFile): PriceBookFile {
  return {
    ...file,
    models: file.models.map((entry) => {
      const tiers = TIERS[entry.model]
      return tiers ? { ...entry, prices: entry.prices.map((price) => withTiers(price, tiers)) } : entry
    }),
  }
}

function withTiers(
  price: PriceEntry['prices'][number],
  { usual: [input, output], ...ways }: Tiers,
): PriceEntry['prices'][number] {
  if (price.until !== null || price.input !== input || price.output !== output) return price
  const tiers = Object.entries(ways).map(([tier, row]) => [tier, ratesOf(row)] as const)
  return { ...price, tiers: { ...price.tiers, ...Object.fromEntries(tiers) } }
}

const ratesOf = ([input, output, cacheRead, cacheWrite]: Row): Partial<Rates> => ({
  input: Price.parse(input),
  output: Price.parse(output),
  ...(cacheRead !== undefined && { cacheRead: Price.parse(cacheRead) }),
  ...(cacheWrite !== undefined && { cacheWrite: Price.parse(cacheWrite) }),
})
