/** Prices of your own: for what runs on your hardware, and for what you negotiated. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { pageOf, route } from '../../wire/route.ts'
import { PriceBookRef } from '../completion.ts'
import { ModelPrice } from '../contract.ts'
import { Rating } from '../price-book-file.ts'

export { listPricePolicies, setPricePolicy } from './policy-contract.ts'

export const PricedModel = z
  .string()
  .max(300)
  .regex(/^[a-z0-9-]{1,63}\/\S+$/, 'a model is provider/model, for example vllm/llama-3.3-70b')

export const OwnPriceInput = z.strictObject({
  /** Dollars per million tokens, and what else is billed. */
  rates: Rating,
  /** In force from this instant, until another price of the model is; now when left out. */
  from: Instant.optional(),
  /** Who says so: a contract, a calculation. */
  reason: z.string().min(3).max(1000),
})
export type OwnPriceInput = z.infer<typeof OwnPriceInput>

export const OwnPrice = z.object({
  model: PricedModel,
  /** Counts up with each change of the model's price; the higher of two that begin together holds. */
  version: z.number().int().positive(),
  from: Instant,
  /** Null from when the price was taken back, and the book that comes with the program holds again. */
  rates: Rating.nullable(),
  reason: z.string(),
  putAt: Instant,
  putBy: ActorId,
})
export type OwnPrice = z.infer<typeof OwnPrice>

export const PriceBookInForce = PriceBookRef.extend({
  asOf: z.iso.date(),
  note: z.string(),
  sources: z.record(z.string(), z.string()),
  /** How many models have a price. */
  models: z.number().int(),
})
export type PriceBookInForce = z.infer<typeof PriceBookInForce>

export const KeptPriceBook = PriceBookRef.extend({
  keptAt: Instant,
  /** The book itself; or the digest of the book that comes with the program, and the prices that lie over it. */
  content: z.unknown(),
})
export type KeptPriceBook = z.infer<typeof KeptPriceBook>

const params = z.object({ model: PricedModel })

export const getPriceBook = route({
  name: 'getPriceBook',
  method: 'GET',
  path: '/api/v1/price-books/current',
  summary: 'The price book in force: its digest, its date and its sources',
  permission: 'view',
  mcp: true,
  returns: { 200: PriceBookInForce },
})

export const getKeptPriceBook = route({
  name: 'getKeptPriceBook',
  method: 'GET',
  path: '/api/v1/price-books/:digest',
  summary: 'A price book that was in force, by its digest',
  permission: 'view',
  params: z.object({ digest: Digest }),
  returns: { 200: KeptPriceBook },
})

export const listOwnPrices = route({
  name: 'listOwnPrices',
  method: 'GET',
  path: '/api/v1/prices',
  summary: 'Prices of your own, every version, newest first',
  permission: 'view',
  mcp: true,
  returns: { 200: pageOf(OwnPrice) },
})

export const PriceOfModel = z.object({
  model: z.string(),
  /** At this moment; null when nobody knows it, which is not the same as free. */
  price: ModelPrice.nullable(),
  book: PriceBookRef,
  /** Of your own, every version, newest first. */
  own: z.array(OwnPrice),
})
export type PriceOfModel = z.infer<typeof PriceOfModel>

export const getPrice = route({
  name: 'getPrice',
  method: 'GET',
  path: '/api/v1/prices/:model*',
  summary: 'What a model costs now, who says so, and what you have said about it',
  permission: 'view',
  mcp: true,
  params,
  returns: { 200: PriceOfModel },
})

export const putOwnPrice = route({
  name: 'putOwnPrice',
  method: 'PUT',
  path: '/api/v1/prices/:model*',
  summary: 'Say what a model costs you, from when; it comes before the book that comes with the program',
  permission: 'administer',
  example: { rates: { input: '0.4', output: '0.4' }, reason: 'two rented cards, 300 tokens a second' },
  params,
  body: OwnPriceInput,
  returns: { 200: OwnPrice },
})

export const deleteOwnPrice = route({
  name: 'deleteOwnPrice',
  method: 'DELETE',
  path: '/api/v1/prices/:model*',
  summary: 'Take your price of a model back from now on; what was settled keeps its amount',
  permission: 'administer',
  params,
  returns: { 204: null },
})
