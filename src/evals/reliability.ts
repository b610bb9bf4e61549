/**
 * pass@k and pass^k of an arm: what k tries of one case achieve, unbiased from the repeats that ran. Cases with fewer
 * than k repeats cannot say anything and are left out; n says how many could.
 */
import { passAtK, passHatK } from '../kernel/statistics/index.ts'
import type { ScoreColumn } from './columns/index.ts'
import type { Reliability } from './results.ts'
import { intervalOf, meanOf } from './score-interval.ts'

const SHOWN = [1, 2, 3, 4, 5, 8, 10, 20, 50, 100]

/** @param members places of the examples that have a score */
export function reliabilityOf(
  { tries, isBinary }: Pick<ScoreColumn, 'tries' | 'isBinary'>,
  { members, clusters }: { members: Int32Array; clusters: Int32Array },
): Reliability[] {
  if (!tries || !isBinary) return []
  const { counts, right } = tries
  const most = members.reduce((found, place) => Math.max(found, counts[place] ?? 0), 0)
  if (most < 2) return []
  return SHOWN.filter((k) => k <= most).map((k) => {
    const able = members.filter((place) => (counts[place] ?? 0) >= k)
    const of = (place: number) => ({ n: counts[place] ?? 0, correct: right[place] ?? 0, k })
    const all = Float64Array.from(able, (place) => passHatK(of(place)))
    return {
      k,
      passAtK: meanOf(Float64Array.from(able, (place) => passAtK(of(place)))) ?? 0,
      passAllK: meanOf(all) ?? 0,
      interval: intervalOf(
        { values: all, clusters: able.map((place) => clusters[place] ?? 0) },
        { kind: 'rate', unit: 'share', method: 'clustered-t', random: () => 0 },
      ),
      n: able.length,
    }
  })
}
