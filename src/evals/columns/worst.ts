/**
 * Which examples the candidate did worst on against the control, by the places of their scores. Pure.
 *
 * Those without a difference come last; among equals the order is that of the dataset.
 */
import { type ScoreColumn, scoreAt } from './columns.ts'
import { giveBack } from './give-back.ts'

export type ScorePair = {
  readonly candidate: Pick<ScoreColumn, 'scores'>
  readonly control: Pick<ScoreColumn, 'scores'>
  /** Whether a small difference is the bad one. */
  readonly better: 'higher' | 'lower'
}
/** With the difference of the arms, not a number where one of them has no score. */
export type WorstPlace = { readonly place: number; readonly rank: number; readonly difference: number }

/** Candidate less control; NaN where one of them has no score. */
export const differenceAt = ({ candidate, control }: ScorePair, place: number): number =>
  scoreAt(candidate, place) - scoreAt(control, place)

/** Small where the difference is bad; infinite where there is none. */
export function rankOf(difference: number, better: ScorePair['better']): number {
  if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY
  return better === 'higher' ? difference : -difference
}

/** The difference that has this rank. */
export function differenceOf(rank: number, better: ScorePair['better']): number {
  if (rank === Number.POSITIVE_INFINITY) return Number.NaN
  return better === 'higher' ? rank : -rank
}

/** All places, the worst first: each goes to where its rank is among the sorted ones, behind those that are like it. */
export function worstFirst(pair: ScorePair, count: number): Int32Array<ArrayBuffer> {
  const ranks = new Float64Array(count)
  for (let place = 0; place < count; place++) ranks[place] = rankOf(differenceAt(pair, place), pair.better)
  const sorted = ranks.toSorted()
  const used = new Int32Array(count)
  const order = new Int32Array(count)
  for (let place = 0; place < count; place++) {
    const first = firstNotBelow(sorted, ranks[place] ?? 0)
    const behind = used[first] ?? 0
    used[first] = behind + 1
    order[first + behind] = place
  }
  giveBack(ranks, sorted, used)
  return order
}

/** The worst from one place on, which may be among them: one look at every place, and so many are held. */
export function createWorstFrom({
  from,
  limit,
}: {
  from: Pick<WorstPlace, 'place' | 'rank'> | undefined
  limit: number
}) {
  const found: WorstPlace[] = []
  let most = Number.POSITIVE_INFINITY
  return {
    /** In the order of the places. */
    add(place: number, difference: number, better: ScorePair['better']): void {
      const rank = rankOf(difference, better)
      if (from && (rank < from.rank || (rank === from.rank && place < from.place))) return
      // Of those that are alike the earlier places come first, and they were met before.
      if (found.length === limit && rank >= most) return
      let at = found.length
      while (at > 0 && (found[at - 1]?.rank ?? 0) > rank) at--
      found.splice(at, 0, { place, rank, difference })
      if (found.length > limit) found.pop()
      most = found.at(-1)?.rank ?? most
    },
    end: (): readonly WorstPlace[] => found,
  }
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
