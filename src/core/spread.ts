/** How long something took: three quantiles, each with its interval, and over how many values. */
import { z } from 'zod'
import { orderQuantile, sortedQuantile } from '../kernel/statistics/index.ts'

/** With its 95 % interval by order statistics; an end that too few values can give is null. */
export const Quantile = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
export type Quantile = z.infer<typeof Quantile>

export const Spread = z.object({ n: z.number().int(), p50: Quantile, p95: Quantile, p99: Quantile })
export type Spread = z.infer<typeof Spread>

/** Null where there are no values. */
export function spreadOf(values: ArrayLike<number>): Spread | null {
  if (values.length === 0) return null
  const sorted = Array.from(values).sort((one, other) => one - other)
  const at = (level: number): Quantile => ({
    value: sortedQuantile(sorted, level),
    ...orderQuantile(sorted, { level }),
  })
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
