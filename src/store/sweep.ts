/**
 * Gives the room of rows that are gone back to their tables on the embedded engine. PostgreSQL leaves that to workers beside
 * it, which the engine has not: without this its tables grew with every row that ever was (a queue, sums that are written
 * anew), and the numbers of its transactions would run out after two thousand million.
 */
import { monotonicMs } from '../kernel/time.ts'
import type { EngineUpkeep } from './log-trim.ts'

export type Sweeping = { readonly everyMs: number }

const SELDOM: Sweeping = { everyMs: 60_000 }
/** As PostgreSQL has it: so many rows that are gone, and a share of those that are there. */
const LEAST_ROWS = 1_000
const SHARE = 0.2
/** A larger table would hold everybody up for many seconds; it is left to whoever empties it. */
const MOST_BYTES = 256 * 1024 * 1024
/** PostgreSQL's own age from which it sweeps whatever else holds (`autovacuum_freeze_max_age`). */
const OLDEST_TRANSACTION = 200_000_000

const WORST = `select format('%I.%I', schemaname, s.relname) as name
  from pg_stat_user_tables s join pg_class on pg_class.oid = relid
  where n_dead_tup > ${LEAST_ROWS} + ${SHARE} * n_live_tup and pg_table_size(relid) < ${MOST_BYTES}
    or age(relfrozenxid) > ${OLDEST_TRANSACTION}
  order by age(relfrozenxid) > ${OLDEST_TRANSACTION} desc, n_dead_tup desc limit 1`

/** One table at a time, the worst one. */
export function createSweep({ everyMs }: Sweeping = SELDOM): EngineUpkeep {
  let lookedAtMs = monotonicMs()
  return {
    isDue: () => monotonicMs() - lookedAtMs >= everyMs,
    async run(script) {
      lookedAtMs = monotonicMs()
      const [worst] = (await script(WORST)).rows
      if (worst) await script(`vacuum ${worst.name}`)
    },
  }
}
