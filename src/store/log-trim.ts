/**
 * Keeps the embedded engine's log short. PostgreSQL leaves that to processes beside it, which the engine has not: without
 * this its log grew for as long as the server ran, and an opening after a crash read all of it.
 */
import { monotonicMs } from '../kernel/time.ts'
import type { Rows } from './engine.ts'

/** What the engine's own processes would do beside it; asked between two transactions. */
export type EngineUpkeep = {
  isDue(): boolean
  run(script: (sql: string) => Promise<Rows>): Promise<void>
}

export type LogTrimming = {
  readonly everyMs: number
  /** Of log since the last checkpoint; from there on pages are written, so that what is before it can go. */
  readonly mostBytes: number
}

const SELDOM: LogTrimming = { everyMs: 10_000, mostBytes: 64 * 1024 * 1024 }

/** Looks now and then, and writes a checkpoint where it is time. */
export function createLogTrim({ everyMs, mostBytes }: LogTrimming = SELDOM): EngineUpkeep {
  const isLong = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > ${mostBytes} as is_long
    from pg_control_checkpoint()`
  let lookedAtMs = monotonicMs()
  return {
    isDue: () => monotonicMs() - lookedAtMs >= everyMs,
    async run(script) {
      lookedAtMs = monotonicMs()
      const [found] = (await script(isLong)).rows
      if (found?.is_long === true) await script('checkpoint')
    },
  }
}
