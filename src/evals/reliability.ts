/**
 * pass@k and pass^k of an arm: what k tries of one case achieve, unbiased from the repeats that ran. Cases with fewer
 * than k repeats cannot say anything and are left out; n says how many could.
 */
import { passAtK, passHatK } from '../kernel/statistics/index.ts'
import type { Reliability } from './results.ts'
import { intervalOf, meanOf } from './score-interval.ts'

const SHOWN = [1, 2, 3, 4, 5, 8, 10, 20, 50, 100]

export function reliabilityOf(
  scored: readonly { readonly repeats: readonly number[] }[],
  clusters: readonly string[],
): Reliability[] {
  const isBinary = scored.every(({ repeats }) => repeats.every((score) => score === 0 || score === 1))
  const most = scored.reduce((found, { repeats }) => Math.max(found, repeats.length), 0)
  if (!isBinary || most < 2) return []
  return SHOWN.filter((k) => k <= most).map((k) => {
    const able = scored.flatMap(({ repeats }, at) =>
      repeats.length >= k ? [{ n: repeats.length, correct: repeats.filter((score) => score === 1).length, at }] : [],
    )
    const all = able.map(({ n, correct }) => passHatK({ n, correct, k }))
    return {
      k,
      passAtK: meanOf(able.map(({ n, correct }) => passAtK({ n, correct, k }))) ?? 0,
      passAllK: meanOf(all) ?? 0,
      interval: intervalOf(
        { values: all, clusters: able.map(({ at }) => clusters[at] ?? '') },
        { kind: 'rate', unit: 'share', method: 'clustered-t', random: () => 0 },
      ),
      n: able.length,
    }
  })
}
