/** Agreement of two raters over categories, corrected for chance: Cohen's kappa, plain and weighted. */
import { requireCount, requireOpenFraction } from './argument.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'

/** How much a disagreement counts: every one alike, or by the distance of the categories in the table's order. */
export type KappaWeights = 'none' | 'linear' | 'quadratic'

/**
 * Kappa of a square table of counts, rows the first rater and columns the second (Cohen 1960, 1968), with the
 * large-sample standard error of Fleiss, Cohen and Everitt 1969 and a normal interval that is not clipped. With an empty
 * table, or one category used by both alone, chance explains everything and kappa is undefined: `undefined`. A standard
 * error of 0 says nothing about certainty; bootstrap then.
 */
export function cohenKappa(given: {
  table: readonly (readonly number[])[]
  weights?: KappaWeights
  confidence?: number
}): (Interval & { kappa: number; se: number; observed: number; expected: number; n: number }) | undefined {
  const { table, weights = 'none', confidence = 0.95 } = given
  requireOpenFraction('confidence', confidence)
  const size = table.length
  table.forEach((row, r) => {
    if (row.length !== size) throw new RangeError(`table[${r}] must hold ${size} counts, but it holds ${row.length}.`)
    row.forEach((value, c) => {
      requireCount({ name: `table[${r}][${c}]`, value })
    })
  })
  const n = table.flat().reduce((sum, value) => sum + value, 0)
  if (n === 0) return undefined
  const share = (r: number, c: number) => (table[r]?.[c] ?? 0) / n
  const places = table.map((_, place) => place)
  const rows = places.map((r) => places.reduce((sum, c) => sum + share(r, c), 0))
  const columns = places.map((c) => places.reduce((sum, r) => sum + share(r, c), 0))
  const weight = weighing(weights, size)
  const over = (value: (r: number, c: number) => number) =>
    places.reduce((sum, r) => sum + places.reduce((inner, c) => inner + value(r, c), 0), 0)
  const by = (margin: readonly number[], at: number) => margin[at] ?? 0

  const observed = over((r, c) => weight(r, c) * share(r, c))
  const expected = over((r, c) => weight(r, c) * by(rows, r) * by(columns, c))
  if (1 - expected < 1e-15) return undefined
  const kappa = (observed - expected) / (1 - expected)
  // Mean weight of each category against what the other rater uses; two raters' margins meet crosswise.
  const ofRow = places.map((r) => places.reduce((sum, c) => sum + by(columns, c) * weight(r, c), 0))
  const ofColumn = places.map((c) => places.reduce((sum, r) => sum + by(rows, r) * weight(r, c), 0))
  const spread = over((r, c) => share(r, c) * (weight(r, c) - (by(ofRow, r) + by(ofColumn, c)) * (1 - kappa)) ** 2)
  const variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
  const se = Math.sqrt(Math.max(0, variance))
  const halfWidth = -normalQuantile((1 - confidence) / 2) * se
  return { kappa, se, observed, expected, n, low: kappa - halfWidth, high: kappa + halfWidth }
}

/** The square table of two raters' labels, for `cohenKappa`; pairs that lack a label are left out. */
export function agreementTable<Label extends string | number>(
  pairs: readonly (readonly [Label | null, Label | null])[],
  labels: readonly Label[],
): number[][] {
  const table = labels.map(() => labels.map(() => 0))
  for (const [first, second] of pairs) {
    if (first === null || second === null) continue
    const row = table[labels.indexOf(first)]
    const column = labels.indexOf(second)
    if (!row || column < 0) throw new RangeError(`labels must hold ${first} and ${second}, but it does not.`)
    row[column] = (row[column] ?? 0) + 1
  }
  return table
}

function weighing(weights: KappaWeights, size: number): (r: number, c: number) => number {
  const widest = Math.max(1, size - 1)
  if (weights === 'none') return (r, c) => (r === c ? 1 : 0)
  const power = weights === 'linear' ? 1 : 2
  return (r, c) => 1 - (Math.abs(r - c) / widest) ** power
}
