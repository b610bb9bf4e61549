/** The cost of a plan with what its models really took in the place of what the plan says of them. Pure. */
import { z } from 'zod'
import { Range } from './benefit.ts'

export const MeteredMonth = z.object({
  /** Whole days that were metered, and requests on them. */
  days: z.number().int(),
  requests: z.number().int(),
  /** Dollars a month of all models together, nine of ten months between the ends; null while nobody can say. */
  monthly: Range.nullable(),
  /** What it rests on, or why there is none. */
  says: z.string(),
})
export type MeteredMonth = z.infer<typeof MeteredMonth>

export const MeteredCost = MeteredMonth.extend({
  /** Dollars a month of the same, as planned. */
  planned: Range,
  /** Dollars over all months: models as metered, the rest as planned. */
  cost: Range.nullable(),
  roi: z.object({ low: z.number(), high: z.number() }).nullable(),
})
export type MeteredCost = z.infer<typeof MeteredCost>

/** Benefit less cost, by cost: from the worst pair to the best; null while one of the two is nothing. */
export function returnOf(cost: Range, benefit: Range | null): { low: number; high: number } | null {
  if (benefit === null || cost.high <= 0) return null
  return { low: (benefit.low - cost.high) / cost.high, high: (benefit.high - cost.low) / Math.max(cost.low, 1) }
}

/** @param others dollars a month of all that no meter sees */
export function meteredCost(
  month: MeteredMonth,
  {
    planned,
    others,
    benefit,
    months,
    priceFactor,
  }: { planned: Range; others: Range; benefit: Range | null; months: number; priceFactor: number },
): MeteredCost {
  const monthly = month.monthly && times(month.monthly, priceFactor)
  const cost = monthly && times(plus(monthly, others), months)
  return { ...month, monthly, planned, cost, roi: cost && returnOf(cost, benefit) }
}

export const times = ({ low, likely, high }: Range, by: number): Range => ({
  ...{ low: low * by, likely: likely * by, high: high * by },
})

export const plus = (one: Range, other: Range): Range => ({
  low: one.low + other.low,
  likely: one.likely + other.likely,
  high: one.high + other.high,
})

export const NO_RANGE: Range = { low: 0, likely: 0, high: 0 }
