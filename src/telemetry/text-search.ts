/**
 * Part of what was asked or answered, newest first, for as long as a page may take: no index helps, so that a page tells
 * how far it looked, and the next one goes on from there. An index of what is said would cost every request up to fifty
 * times what it costs to keep (docs/decisions).
 */

import type { ContentSeal } from '../kernel/content-seal.ts'
import { monotonicMs } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { TraceSummary } from './contract.ts'
import { lookThrough, type TraceQuery } from './store.ts'
import type { TraceCursor } from './trace-cursor.ts'

/** Traces of one look into the database, and how long a page goes on looking. */
export type SearchOptions = { readonly atOnce?: number; readonly longestMs?: number }

export type Searched = {
  readonly items: TraceSummary[]
  /** What the next page goes on after; undefined when there is nothing more to look at. */
  readonly next: TraceCursor | undefined
}

/** At most `limit`; fewer, or none, when it did not look through everything: then there is a `next`. */
export async function searchText(
  db: Database,
  { text, filter, cursor, limit }: TraceQuery & { text: string },
  { atOnce = 500, longestMs = 100, seal }: SearchOptions & { seal?: ContentSeal | undefined } = {},
): Promise<Searched> {
  const items: TraceSummary[] = []
  const begin = monotonicMs()
  let after = cursor
  do {
    const { found, lookedTo } = await lookThrough(db, { text, filter, cursor: after, limit: atOnce }, seal)
    items.push(...found)
    if (items.length > limit) return { items: items.slice(0, limit), next: items[limit - 1] }
    if (!lookedTo) return { items, next: undefined }
    after = lookedTo
  } while (items.length < limit && monotonicMs() - begin < longestMs)
  return { items, next: after }
}
