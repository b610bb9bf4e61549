/** What becomes of a request to a model whose price nobody knows. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

/** block: refused with `gateway.price-unknown` · flag: answered, and shown apart from what has a price. */
export const UnknownPrice = z.enum(['block', 'flag'])
export type UnknownPrice = z.infer<typeof UnknownPrice>

export const PolicyScope = z.enum(['organisation', 'application'])
export type PolicyScope = z.infer<typeof PolicyScope>

export const PricePolicy = z.object({
  scope: PolicyScope,
  /** Of the application, or of the organisation. */
  name: z.string(),
  onUnknownPrice: UnknownPrice,
  reason: z.string(),
  setAt: Instant,
  setBy: ActorId,
})
export type PricePolicy = z.infer<typeof PricePolicy>

export const PricePolicyInput = z.strictObject({
  /** null takes the word back: then the organisation's holds, and without one `block` wherever money is capped. */
  onUnknownPrice: UnknownPrice.nullable(),
  reason: z.string().min(3).max(1000),
})
export type PricePolicyInput = z.infer<typeof PricePolicyInput>

export const listPricePolicies = route({
  name: 'listPricePolicies',
  method: 'GET',
  path: '/api/v1/price-policies',
  summary: 'What becomes of requests to models whose price is unknown, where somebody said so',
  permission: 'view',
  mcp: true,
  returns: { 200: z.object({ items: z.array(PricePolicy) }) },
})

export const setPricePolicy = route({
  name: 'setPricePolicy',
  method: 'PUT',
  path: '/api/v1/price-policies/:scope/:name',
  summary: 'Block or flag requests to models whose price is unknown; of an application or of the organisation',
  permission: 'administer',
  example: { onUnknownPrice: 'flag', reason: 'our own cards, paid by the month' },
  params: z.object({ scope: PolicyScope, name: z.string().min(1).max(200) }),
  body: PricePolicyInput,
  returns: { 200: z.object({ items: z.array(PricePolicy) }) },
})
