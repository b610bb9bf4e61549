/** Prices and books as they are kept. A book is kept under its digest and never changed. */
import { z } from 'zod'
import { Organisation } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { OwnPrice } from './contract.ts'
import { PricePolicy } from './policy-contract.ts'

/** `from` is a word of SQL. */
export const OwnPriceRow = OwnPrice.omit({ from: true }).extend({ organisation: Organisation, fromAt: Instant })
export type OwnPriceRow = z.infer<typeof OwnPriceRow>

export const PriceBookRow = z.object({
  organisation: Organisation,
  digest: Digest,
  name: z.string(),
  /** JSON as text: nobody looks into it, and it has a thousand entries. */
  content: z.string(),
  keptAt: Instant,
})
export type PriceBookRow = z.infer<typeof PriceBookRow>

export const PricePolicyRow = PricePolicy.extend({ organisation: Organisation })
export type PricePolicyRow = z.infer<typeof PricePolicyRow>
