/**
 * Rows evenly spread over a dataset, as many as memory has room for: measuring holds them all, beside what it makes of them.
 *
 * Invariant: at most so many rows, and so many characters of them as JSON (one row alone may have more). Where rows are
 * long, every second of those that were taken is let go, as often as it needs to.
 */
import type { Example } from '../../core/dataset.ts'

const MOST_CHARACTERS = 64 * 1024 * 1024

export type SampleAsk = {
  /** Rows of the dataset. */
  readonly rows: number
  /** Of them at most so many: every second, third … one. */
  readonly most: number
  readonly characters?: number
}

export function createSample({ rows, most, characters = MOST_CHARACTERS }: SampleAsk) {
  let every = Math.max(1, Math.ceil(rows / most))
  let taken: { readonly at: number; readonly row: Example; readonly length: number }[] = []
  let used = 0
  return {
    /** In their order; `at` is the place of the row. */
    add(at: number, row: Example): void {
      if (at % every !== 0) return
      const { length } = JSON.stringify(row)
      taken.push({ at, row, length })
      used += length
      while (used > characters && taken.length > 1) {
        every *= 2
        taken = taken.filter((one) => one.at % every === 0)
        used = taken.reduce((sum, one) => sum + one.length, 0)
      }
    },
    end: (): Example[] => taken.map(({ row }) => row),
  }
}
