/**
 * What a process had settled and not written down when it died, counted by the next one of its name. Its records are in
 * the spool; how far it had written is a row that changes in the transaction of the write, so nothing counts twice.
 */
import { picoOf } from '../../kernel/money.ts'
import { age, type Clock, type Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { type Account, type Amounts, addTo, nothing } from './account.ts'
import type { Limiter, ReserveAsk } from './limiter.ts'
import { findCountedUntil, saveCountedUntil } from './store.ts'

/** By so much the end of a request, reckoned from its start and its length, may miss the clock. */
const IN_DOUBT_MS = 5

export type Late = ReadonlyMap<Account, Amounts>

export function createLeftOver({
  db,
  clock,
  organisation,
  writer,
  record,
}: {
  db: Database
  clock: Clock
  organisation: string
  /** The name of this process, the same after a restart; without one nothing is counted. */
  writer: string | undefined
  record: Limiter['record']
}) {
  let countedUntil: Instant | undefined
  let late = new Map<Account, Amounts>()

  function add(account: Account, used: Amounts): void {
    const sum = late.get(account) ?? nothing()
    addTo(sum, used)
    late.set(account, sum)
  }

  return {
    /** Reads how far the one before wrote. While the database is away nothing is counted, rather than twice. */
    async start(): Promise<void> {
      if (writer === undefined) return
      countedUntil = await findCountedUntil(db, { organisation, writer }).catch(() => undefined)
      if (countedUntil === undefined)
        await saveCountedUntil(db, { organisation, writer, countedUntil: clock() }).catch(() => {})
    },
    /** @param ended when it was settled, to some milliseconds; what is in doubt is counted */
    count(used: ReserveAsk, { at, ended }: { at: Instant; ended: Instant }): void {
      if (countedUntil === undefined || age(countedUntil, ended) < -IN_DOUBT_MS) return
      const { requests = 1, tokens = 0 } = used
      const amounts = { requests: BigInt(requests), tokens: BigInt(tokens), cost: picoOf(used.costMicroUsd) }
      for (const account of record(used, at)) add(account, amounts)
    },
    /** What was counted since the last time, for the next write. */
    take(): Late {
      const taken = late
      late = new Map()
      return taken
    },
    /** The write failed. */
    giveBack(taken: Late): void {
      for (const [account, used] of taken) add(account, used)
    },
  }
}
