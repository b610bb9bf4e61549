/**
 * An interval of a quantile by order statistics: of `n` independent values the number below the true quantile at `level`
 * is binomial, so two of the sorted values hold it with known confidence, whatever the distribution (David & Nagaraja,
 * Order Statistics, 3rd edition, 7.1). Half of the error is spent on each side.
 *
 * An end that no value is far enough out to give is null: 59 values say nothing of how far their p95 may lie above.
 */
import { requireOpenFraction, requireValues } from './argument.ts'
import { betaCdf } from './beta.ts'

export type QuantileInterval = { readonly low: number | null; readonly high: number | null }

/** Of at least one value in ascending order; `level` and `confidence` strictly between 0 and 1, 0.95 when left out. */
export function orderQuantile(
  sorted: readonly number[],
  { level, confidence = 0.95 }: { level: number; confidence?: number },
): QuantileInterval {
  requireValues({ name: 'sorted', values: sorted })
  requireOpenFraction('level', level)
  requireOpenFraction('confidence', confidence)
  const n = sorted.length
  const error = (1 - confidence) / 2
  // The largest rank that fewer than so many values lie below with hardly any chance, and its mirror image.
  const low = lastRank(n, (rank) => 1 - atLeast(rank, { n, level }) <= error)
  const high = lastRank(n, (rank) => 1 - atLeast(rank, { n, level: 1 - level }) <= error)
  return {
    low: low === 0 ? null : (sorted[low - 1] ?? null),
    high: high === 0 ? null : (sorted[n - high] ?? null),
  }
}

/** P(B >= rank) for B of binomial(n, level). */
const atLeast = (rank: number, { n, level }: { n: number; level: number }): number =>
  rank === 0 ? 1 : betaCdf({ x: level, a: rank, b: n - rank + 1 })

/** The largest rank from 1 to n for which it holds, 0 where it holds for none; it holds for all below one that it holds for. */
function lastRank(n: number, holds: (rank: number) => boolean): number {
  let [known, beyond] = [0, n + 1]
  while (beyond - known > 1) {
    const middle = Math.floor((known + beyond) / 2)
    if (holds(middle)) known = middle
    else beyond = middle
  }
  return known
}
