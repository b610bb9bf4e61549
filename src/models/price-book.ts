/**
 * The price book: what a model costs, from when until when, and who says so. Data, in `packs/prices/`.
 * A model without a price in force is unknown (null), which is not the same as free.
 *
 * Invariant: amounts are exact; the same book, usage and instant give the same amount for ever.
 */
import { z } from 'zod'
import type { Usage } from '../core/usage.ts'
import { digestOf } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { MicroUsd } from '../kernel/money.ts'
import type { Instant } from '../kernel/time.ts'
import type { PriceBookRef } from './completion.ts'
import type { ModelPrice } from './contract.ts'
import { PriceBookFile, type PriceEntry } from './price-book-file.ts'
import { isNamed } from './price-name.ts'
import { costAt } from './price-usage.ts'

export type PriceBook = {
  readonly ref: PriceBookRef
  readonly file: PriceBookFile
  /** Every `provider/model` that has a price, without the patterns. */
  readonly models: readonly string[]
  priceOf(model: string, at: Instant): ModelPrice | null
  /** Null when the price is not known. */
  costOf(model: string, usage: Usage, at: Instant): MicroUsd | null
}

/** Names are asked for again and again, and looking through the rules of a provider takes microseconds. */
const MOST_FOUND = 2000

/** The book that comes with the program is one value, and each start reads it. */
const read = new WeakMap<object, PriceBook>()

/**
 * Throws `models.price-book-unusable` for a file that is none, and for prices of one model that overlap.
 * @param value does not change afterwards
 */
export function readPriceBook(value: unknown): PriceBook {
  if (typeof value !== 'object' || value === null) return bookOf(value)
  const book = read.get(value) ?? bookOf(value)
  read.set(value, book)
  return book
}

function bookOf(value: unknown): PriceBook {
  const file = parsedFile(value)
  const find = finderOf(file)
  const found = new Map<string, PriceEntry | undefined>()
  const entryOf = (model: string): PriceEntry | undefined => {
    if (found.has(model)) return found.get(model)
    const entry = find(model)
    if (found.size >= MOST_FOUND) found.clear()
    found.set(model, entry)
    return entry
  }
  const inForce = (entry: PriceEntry | undefined, at: Instant) =>
    entry?.prices.find(({ from, until }) => (!from || from <= at) && (!until || at < until))
  return {
    ref: { name: file.name, digest: digestOf(file) },
    file,
    models: file.models.map(({ model }) => model).filter((model) => !model.endsWith('/*')),
    priceOf(model, at) {
      const entry = entryOf(model)
      const price = inForce(entry, at)
      if (!entry || !price) return null
      const { from: _, until: __, ...rating } = price
      return { ...rating, source: file.sources[entry.source] ?? entry.source }
    },
    costOf(model, usage, at) {
      const price = inForce(entryOf(model), at)
      return price ? costAt(price, usage, at) : null
    },
  }
}

/** By name, then by rule in the order of the file, then at whose price it is resold, then all of a provider. */
function finderOf({ models, sameAs = {}, resells = {} }: PriceBookFile): (model: string) => PriceEntry | undefined {
  const named = new Map<string, PriceEntry>()
  const ruled = new Map<string, PriceEntry[]>()
  for (const entry of models) {
    for (const name of [entry.model, ...entry.also]) {
      if (named.has(name)) throw unusable(`${name} has two entries`)
      named.set(name, entry)
    }
    demandOrder(entry)
    const provider = providerOf(entry.model)
    if (entry.match) ruled.set(provider, [...(ruled.get(provider) ?? []), entry])
  }
  const at = (provider: string, name: string): PriceEntry | undefined =>
    named.get(`${provider}/${name}`) ??
    ruled.get(provider)?.find(({ match }) => match && isNamed(match, name.toLowerCase()))
  return (model) => {
    const provider = providerOf(model)
    const name = model.slice(provider.length + 1)
    const seller = sameAs[provider] ?? provider
    const own = at(seller, name)
    if (own) return own
    for (const maker of resells[seller] ?? []) {
      const entry = at(maker, name)
      if (entry) return entry
    }
    return named.get(`${provider}/*`) ?? named.get(`${seller}/*`)
  }
}

/** One book of several; an entry hides those of the same name in the books after it, and its rule is asked first. */
export function joinPriceBooks(values: readonly unknown[]): PriceBookFile {
  const [first, ...rest] = values.map(parsedFile)
  if (!first) throw unusable('there is none')
  const joined = rest.reduce(laidOver, first)
  checked.add(joined)
  return joined
}

function laidOver(above: PriceBookFile, below: PriceBookFile): PriceBookFile {
  const known = new Set(above.models.flatMap(({ model, also }) => [model, ...also]))
  const models = below.models.flatMap((entry) =>
    known.has(entry.model) ? [] : { ...entry, also: entry.also.filter((name) => !known.has(name)) },
  )
  const { name, asOf, note } = above
  return {
    name,
    asOf,
    note,
    sources: { ...below.sources, ...above.sources },
    sameAs: { ...below.sameAs, ...above.sameAs },
    resells: { ...below.resells, ...above.resells },
    models: [...above.models, ...models],
  }
}

/** Reading a thousand entries takes a tenth of a second, so what was read once is not read again. */
const checked = new WeakSet<object>()

function parsedFile(value: unknown): PriceBookFile {
  // What is in the set came out of the parser.
  if (typeof value === 'object' && value !== null && checked.has(value)) return value as PriceBookFile
  const parsed = PriceBookFile.safeParse(value)
  if (!parsed.success) throw unusable(z.prettifyError(parsed.error))
  checked.add(parsed.data)
  return parsed.data
}

function demandOrder({ model, prices }: PriceEntry): void {
  const ordered = prices.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
  for (const [i, price] of ordered.slice(1).entries()) {
    const before = ordered[i]?.until
    if (!before || !price.from || before > price.from) throw unusable(`two prices of ${model} overlap`)
  }
}

const providerOf = (model: string): string => model.split('/')[0] ?? ''

const unusable = (why: string): Failure =>
  new Failure('invalid', 'models.price-book-unusable', `The price book cannot be used: ${why}. Mend packs/prices.`)
