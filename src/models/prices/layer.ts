/**
 * A book with prices of your own over it. Its digest is that of the book below and of the prices, so that what was
 * settled under it can be computed again.
 */
import { z } from 'zod'
import { Digest, digestOf } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/time.ts'
import type { PriceBook } from '../price-book.ts'
import { costAt } from '../price-usage.ts'
import { OwnPrice } from './contract.ts'

const LayeredPrice = OwnPrice.pick({ model: true, version: true, from: true, rates: true })
type LayeredPrice = z.infer<typeof LayeredPrice>

/** What is kept of it. */
export const Layer = z.object({ base: Digest, own: z.array(LayeredPrice) })
export type Layer = z.infer<typeof Layer>

export const layerOf = (base: PriceBook, own: readonly OwnPrice[]): Layer => ({
  base: base.ref.digest,
  own: own.map(({ model, version, from, rates }) => ({ model, version, from, rates })),
})

/** Prices of your own hold from their instant on; before it, and after one was taken back, the book below does. */
export function layPrices(base: PriceBook, layer: Layer): PriceBook {
  if (layer.own.length === 0) return base
  const byModel = Map.groupBy(layer.own, ({ model }) => model)
  const ownAt = (model: string, at: Instant): LayeredPrice | undefined =>
    byModel
      .get(model)
      ?.filter(({ from }) => from <= at)
      .reduce<LayeredPrice | undefined>((a, b) => (a && isAfter(a, b) ? a : b), undefined)
  return {
    ref: { name: `${base.ref.name}+own`, digest: digestOf(layer) },
    file: base.file,
    models: [...new Set([...base.models, ...byModel.keys()])],
    priceOf(model, at) {
      const rates = ownAt(model, at)?.rates
      if (!rates) return base.priceOf(model, at)
      return { ...rates, cacheRead: rates.cacheRead ?? null, cacheWrite: rates.cacheWrite ?? null, source: 'your own' }
    },
    costOf(model, usage, at) {
      const rates = ownAt(model, at)?.rates
      return rates ? costAt(rates, usage, at) : base.costOf(model, usage, at)
    },
  }
}

const isAfter = (a: LayeredPrice, b: LayeredPrice): boolean =>
  a.from === b.from ? a.version > b.version : a.from > b.from
