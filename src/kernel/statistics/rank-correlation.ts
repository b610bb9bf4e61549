/** Spearman's rank correlation: Pearson's over mid-ranks, so that ties share a rank. */
import { requireSameLength, requireValues } from './argument.ts'
import { mean } from './summary.ts'

/** Of at least 2 pairs; `undefined` when one side does not vary. */
export function spearman(given: { first: readonly number[]; second: readonly number[] }): number | undefined {
  requireSameLength({ name: 'first', values: given.first }, { name: 'second', values: given.second })
  requireValues({ name: 'first', values: given.first, least: 2 })
  requireValues({ name: 'second', values: given.second, least: 2 })
  return pearson(midRanks(given.first), midRanks(given.second))
}

function midRanks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((one, other) => one.value - other.value)
  const ranks = values.map(() => 0)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && order[to + 1]?.value === order[from]?.value) to++
    for (let at = from; at <= to; at++) ranks[order[at]?.index ?? 0] = (from + to) / 2 + 1
    from = to + 1
  }
  return ranks
}

function pearson(first: readonly number[], second: readonly number[]): number | undefined {
  const [one, other] = [mean(first), mean(second)]
  let [both, squares1, squares2] = [0, 0, 0]
  first.forEach((value, at) => {
    const [left, right] = [value - one, (second[at] ?? 0) - other]
    both += left * right
    squares1 += left * left
    squares2 += right * right
  })
  return squares1 === 0 || squares2 === 0 ? undefined : both / Math.sqrt(squares1 * squares2)
}
