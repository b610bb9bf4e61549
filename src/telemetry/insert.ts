/** Settled requests into their table, which is tidied now and then: sums are taken from the index of tidy pages alone. */
import type { Database } from '../store/database.ts'
import { addTraces, tidyTraces } from './store.ts'

/** Traces after which their pages are marked: some 5 MB, tens of milliseconds. */
const TIDY_EVERY = 5_000

export function createInsert(db: Database): (lines: readonly string[]) => Promise<void> {
  let untidy = 0
  return async (lines) => {
    untidy += await addTraces(db, lines)
    if (untidy < TIDY_EVERY) return
    untidy = 0
    // What is not tidied is slower to add up, and nothing else.
    await tidyTraces(db).catch(() => {})
  }
}
