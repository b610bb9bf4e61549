/** A request's cost, computed again under its price book of that day. Pure but for the book that is looked up. */
import type { Charge } from '../core/usage.ts'
import type { Digest } from '../kernel/digest.ts'
import { compareMoney, type MicroUsd, sumKnown } from '../kernel/money.ts'
import type { TraceRow } from './trace-row.ts'
import type { TraceCost } from './usage-contract.ts'

/** What charges come to under a book that was in force here. */
export type CostUnder = (
  book: Digest,
  charges: readonly Charge[],
) => Promise<readonly (MicroUsd | null)[] | 'unknown-book'>

export async function costAgain(
  { traceId, costMicroUsd, priceBook, charges }: Pick<TraceRow, 'traceId' | 'costMicroUsd' | 'priceBook' | 'charges'>,
  costUnder: CostUnder,
): Promise<TraceCost> {
  const kind = costMicroUsd === null ? 'price_unknown' : 'priced'
  const costs = priceBook && charges.length > 0 ? await costUnder(priceBook.digest, charges) : 'unknown-book'
  const told = { traceId, kind, costMicroUsd, priceBook } as const
  if (costs === 'unknown-book')
    return {
      ...told,
      again: 'cannot',
      againMicroUsd: null,
      charges: charges.map((charge) => ({ ...charge, costMicroUsd: null })),
    }
  const againMicroUsd = sumKnown(costs)
  const isSame =
    againMicroUsd === null || costMicroUsd === null
      ? againMicroUsd === costMicroUsd
      : compareMoney(againMicroUsd, costMicroUsd) === 0
  return {
    ...told,
    again: isSame ? 'agrees' : 'differs',
    againMicroUsd,
    charges: charges.map((charge, i) => ({ ...charge, costMicroUsd: costs[i] ?? null })),
  }
}
