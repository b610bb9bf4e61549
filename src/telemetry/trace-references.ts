/**
 * Whose a trace is: in memory, in the database, in the spool, or on its way there from another process. One that answered
 * a moment ago hands its spool over within a second or two, and whoever says how that answer was may be quicker.
 *
 * Invariant: only a trace that begins with a second of just now is waited for, a wait has an end, and few wait at once.
 */
import { type Clock, epochMs, monotonicMs, SECOND, sleep } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Recorder } from './recorder.ts'
import { TraceId } from './settled.ts'
import { findReference } from './store.ts'
import type { TraceReference } from './trace-row.ts'

/** Longer than another process takes to hand over what it has written. */
const LONGEST_MS = 3 * SECOND
const BETWEEN_LOOKS_MS = 100
/** The clocks of two machines, and how long people take to press a thumb at least. */
const JUST_NOW_MS = 15 * SECOND
const MOST_WAITING = 64

/** How a trace that was given at this instant begins: the second, as eight hexadecimal digits. */
export const secondOf = (atMs: number): string =>
  Math.floor(atMs / SECOND)
    .toString(16)
    .padStart(8, '0')

type Sought = { readonly trace: TraceId } | { readonly response: string }

export function createTraceReferences({
  db,
  clock,
  recorder,
  isBehind,
}: {
  db: Database
  clock: Clock
  recorder: Pick<Recorder, 'recent' | 'drain'>
  /** Something of this process is not in the database yet. */
  isBehind: () => boolean
}) {
  let waiting = 0

  async function find(by: Sought): Promise<TraceReference | undefined> {
    const traceId = traceIn(by)
    const recent = traceId && recorder.recent(traceId)
    if (recent) return recent
    const look = () => findReference(db, traceId ? { trace: traceId } : by)
    const found = await look()
    if (found || !isBehind()) return found
    await recorder.drain().catch(() => {})
    return look()
  }

  const isOfJustNow = (traceId: TraceId | undefined): boolean =>
    traceId !== undefined &&
    Math.abs(Number.parseInt(traceId.slice(0, 8), 16) * SECOND - epochMs(clock())) <= JUST_NOW_MS

  return {
    find,
    /** The same, and of another process's answer of a moment ago, as soon as that is handed over. */
    async await(by: Sought): Promise<TraceReference | undefined> {
      const found = await find(by)
      if (found || waiting >= MOST_WAITING || !isOfJustNow(traceIn(by))) return found
      waiting += 1
      try {
        for (const until = monotonicMs() + LONGEST_MS; monotonicMs() < until; ) {
          await sleep(BETWEEN_LOOKS_MS)
          const there = await find(by)
          if (there) return there
        }
      } finally {
        waiting -= 1
      }
      return undefined
    },
  }
}

/** Our answers carry their trace in their id. */
const traceIn = (by: Sought): TraceId | undefined =>
  'trace' in by ? by.trace : TraceId.safeParse(by.response.replace(/^chatcmpl-/, '')).data
