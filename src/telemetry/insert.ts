/** Settled requests into their table, which is tidied now and then: sums are taken from the index of tidy pages alone. */

import type { ContentSeal } from '../kernel/content-seal.ts'
import type { Database } from '../store/database.ts'
import { closeTrace } from './sealing/index.ts'
import type { Settled } from './settled.ts'
import { addTraces, copyTraces, tidyTraces } from './store.ts'
import type { TraceCopy } from './trace-copies.ts'

/** Traces after which their pages are marked: some 5 MB, tens of milliseconds. */
const TIDY_EVERY = 5_000

export type Insert = {
  /** Adds lines; adding one twice changes nothing. */
  insert(lines: readonly string[]): Promise<void>
  /** The quick way. Throws, and adds nothing, where one of them is there already. */
  copy(copy: TraceCopy): Promise<void>
}

export function createInsert(db: Database, seal?: ContentSeal): Insert {
  let untidy = 0

  async function added(traces: number): Promise<void> {
    untidy += traces
    if (untidy < TIDY_EVERY) return
    untidy = 0
    // What is not tidied is slower to add up, and nothing else.
    await tidyTraces(db).catch(() => {})
  }

  return {
    insert: async (lines) =>
      added(await addTraces(db, seal?.isOn ? lines.map((line) => sealedLine(line, seal)) : lines)),
    async copy(copy) {
      await copyTraces(db, copy)
      await added(copy.traces)
    },
  }
}

/** A line that is no event stays as it is, for the database to refuse. */
function sealedLine(line: string, seal: ContentSeal): string {
  try {
    return JSON.stringify(closeTrace(JSON.parse(line) as Settled, seal))
  } catch {
    return line
  }
}
