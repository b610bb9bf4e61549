/**
 * pass@k and pass^k of an arm: what k tries of one case achieve, unbiased from the repeats that ran. Cases with fewer
 * than k repeats cannot say anything and are left out; n says how many could.
 */
import { longValues, passAtK, passHatK } from '../kernel/statistics/index.ts'
import { type Members, type ScoreColumn, select } from './columns/index.ts'
import type { Reliability } from './results.ts'
import { intervalOf, meanOf } from './score-interval.ts'

const SHOWN = [1, 2, 3, 4, 5, 8, 10, 20, 50, 100]

type OfExamples = {
  readonly of: { readonly count: number; readonly members: Members }
  readonly isScored: (place: number) => boolean
  readonly clusters: Int32Array
}

export function reliabilityOf(
  { tries, isBinary }: Pick<ScoreColumn, 'tries' | 'isBinary'>,
  { of, isScored, clusters }: OfExamples,
): Reliability[] {
  if (!tries || !isBinary) return []
  const { counts, right } = tries
  const triesAt = (place: number) => (isScored(place) ? (counts.at(place) ?? 0) : 0)
  const most = select(of, isScored)
    .of(counts)
    .reduce((found, count) => Math.max(found, count), 0)
  if (most < 2) return []
  return SHOWN.filter((k) => k <= most).map((k) => {
    const able = select(of, (place) => triesAt(place) >= k)
    const chances = (chanceOf: typeof passAtK) =>
      able.of(
        longValues(of.count, (piece, from) => {
          for (let at = 0; at < piece.length; at++) {
            const n = triesAt(from + at)
            piece[at] = n < k ? Number.NaN : chanceOf({ n, correct: right.at(from + at) ?? 0, k })
          }
        }),
      )
    const all = chances(passHatK)
    return {
      k,
      passAtK: meanOf(chances(passAtK)) ?? 0,
      passAllK: meanOf(all) ?? 0,
      interval: intervalOf(
        { values: all, clusters: able.of(clusters) },
        { kind: 'rate', unit: 'share', method: 'clustered-t', random: () => 0 },
      ),
      n: able.length,
    }
  })
}
