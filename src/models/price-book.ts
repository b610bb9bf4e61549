/**
 * The price book: what a model costs, from when until when, and who says so. Data, in `packs/prices/`.
 * A model without a price in force is unknown (null), which is not the same as free.
 *
 * Invariant: amounts are exact; the same book, usage and instant give the same amount for ever.
 */
import { z } from 'zod'
import { digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { type MicroUsd, microUsd, Price, picoOfUnits } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import type { PriceBookRef, Usage } from './completion.ts'
import type { ModelPrice } from './contract.ts'

const PriceInForce = z.strictObject({
  /** In force from this instant; null for as far back as the source knows. */
  from: Instant.nullable(),
  /** And before this one; null while it lasts. */
  until: Instant.nullable(),
  input: Price,
  output: Price,
  /** Tokens read from the provider's cache; at the input price when null. */
  cacheRead: Price.nullable().default(null),
  cacheWrite: Price.nullable().default(null),
})

export const PriceBookFile = z.strictObject({
  name: z.string().min(1),
  asOf: z.iso.date(),
  note: z.string(),
  sources: z.record(z.string(), z.string()),
  models: z.array(
    z.strictObject({
      /** `provider/model`; `provider/*` for all of a provider. */
      model: z.string(),
      /** Other names of the same model at the same provider, for example dated ones. */
      also: z.array(z.string()).default([]),
      source: z.string(),
      prices: z.array(PriceInForce).min(1),
    }),
  ),
})
export type PriceBookFile = z.infer<typeof PriceBookFile>

export type PriceBook = {
  readonly ref: PriceBookRef
  /** Every `provider/model` that has a price, without the patterns. */
  readonly models: readonly string[]
  priceOf(model: string, at: Instant): ModelPrice | null
  /** Null when the price is not known. */
  costOf(model: string, usage: Usage, at: Instant): MicroUsd | null
}

/** Throws `models.price-book-unusable` for a file that is none, and for prices of one model that overlap. */
export function readPriceBook(value: unknown): PriceBook {
  const parsed = PriceBookFile.safeParse(value)
  if (!parsed.success) throw unusable(z.prettifyError(parsed.error))
  const file = parsed.data
  const entries = new Map<string, PriceBookFile['models'][number]>()
  for (const entry of file.models)
    for (const name of [entry.model, ...entry.also]) {
      if (entries.has(name)) throw unusable(`${name} has two entries`)
      const ordered = entry.prices.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
      for (const [i, price] of ordered.slice(1).entries()) {
        const before = ordered[i]?.until
        if (!before || !price.from || before > price.from) throw unusable(`two prices of ${name} overlap`)
      }
      entries.set(name, entry)
    }
  const priceOf = (model: string, at: Instant): ModelPrice | null => {
    const entry = entries.get(model) ?? entries.get(`${model.split('/')[0]}/*`)
    const price = entry?.prices.find(({ from, until }) => (!from || from <= at) && (!until || at < until))
    if (!entry || !price) return null
    const { input, output, cacheRead, cacheWrite } = price
    return { input, output, cacheRead, cacheWrite, source: file.sources[entry.source] ?? entry.source }
  }
  return {
    ref: { name: file.name, digest: digestOf(file) },
    models: file.models.map(({ model }) => model).filter((model) => !model.endsWith('/*')),
    priceOf,
    costOf(model, usage, at) {
      const price = priceOf(model, at)
      return price && costAt(price, usage)
    },
  }
}

/** Cached tokens lie inside the input tokens, so they are taken out before the rest is priced. */
function costAt(price: ModelPrice, usage: Usage): MicroUsd {
  const read = Math.min(usage.cacheReadTokens ?? 0, usage.inputTokens)
  const written = Math.min(usage.cacheWriteTokens ?? 0, usage.inputTokens - read)
  const write = price.cacheWrite ?? price.input
  return microUsd(
    picoOfUnits(usage.inputTokens - read - written, price.input) +
      picoOfUnits(usage.outputTokens, price.output) +
      picoOfUnits(read, price.cacheRead ?? price.input) +
      picoOfUnits(written, write),
  )
}

const unusable = (why: string): Failure =>
  new Failure('invalid', 'models.price-book-unusable', `The price book cannot be used: ${why}. Mend packs/prices.`)
