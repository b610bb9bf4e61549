/**
 * Adds usage up by hour and by day, so that weeks of it are not read request by request. What has no sums yet, or has lost them
 * because something of it changed, is read from the traces; so an answer is the same however far this came.
 */
import { type Clock, DAY, HOUR, type Instant, later, MINUTE } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import { listOpenDays, listOpenHours, sumUpDay, sumUpHour } from './store.ts'

/** Older hours have no sums; retention has mostly taken their traces by then. */
const MOST_DAYS = 400
/** Most of what comes late has come by then. */
const SETTLES_IN = 10 * MINUTE
const EVERY = MINUTE

/** The hours that can have sums now. */
export function summedHours(now: Instant): { from: Instant; before: Instant } {
  return { from: hourOf(later(now, -MOST_DAYS * DAY)), before: hourOf(later(now, -SETTLES_IN)) }
}

const hourOf = (instant: Instant): Instant => later(instant, -(Date.parse(instant) % HOUR))

export type RollUp = ReturnType<typeof createRollUp>

export function createRollUp({ db, clock, report }: { db: Database; clock: Clock; report: (thrown: unknown) => void }) {
  let timer: NodeJS.Timeout | undefined
  let stop = new AbortController()

  /** Adds up what is open, hours before days and the newest first; returns how many hours it was. */
  async function rollUp(signal?: AbortSignal): Promise<number> {
    const hours = await listOpenHours(db, summedHours(clock()))
    for (const [at, hour] of hours.entries()) {
      if (signal?.aborted) return at
      await inTransaction(db, (tx) => sumUpHour(tx, hour))
    }
    for (const day of await listOpenDays(db)) {
      if (signal?.aborted) break
      await inTransaction(db, (tx) => sumUpDay(tx, day))
    }
    return hours.length
  }

  function soon(): void {
    const { signal } = stop
    timer = setTimeout(() => {
      void rollUp(signal)
        .catch(report)
        .finally(() => !signal.aborted && soon())
    }, EVERY)
    timer.unref()
  }

  return {
    rollUp,
    start(): void {
      stop = new AbortController()
      soon()
    },
    stop(): void {
      stop.abort()
      clearTimeout(timer)
    },
  }
}
