/** Agreement of a fixed number of raters a subject over categories: Fleiss' kappa (1971). */
import { requireCount } from './argument.ts'

/**
 * Rows are subjects, columns categories, cells how many raters chose it; every row has the same sum of at least 2.
 * `undefined` when one category alone was used.
 */
export function fleissKappa(
  counts: readonly (readonly number[])[],
): { kappa: number; observed: number; expected: number } | undefined {
  requireCount({ name: 'subjects', value: counts.length, least: 1 })
  const raters = sumOf(counts[0] ?? [])
  requireCount({ name: 'raters', value: raters, least: 2 })
  counts.forEach((row, index) => {
    if (sumOf(row) !== raters)
      throw new RangeError(`counts[${index}] must hold ${raters} ratings, but it holds ${sumOf(row)}.`)
  })
  const observed =
    sumOf(counts.map((row) => sumOf(row.map((count) => count * (count - 1))) / (raters * (raters - 1)))) / counts.length
  const categories = (counts[0] ?? []).map((_, at) => sumOf(counts.map((row) => row[at] ?? 0)))
  const expected = sumOf(categories.map((count) => (count / (counts.length * raters)) ** 2))
  return expected < 1 ? { kappa: (observed - expected) / (1 - expected), observed, expected } : undefined
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
