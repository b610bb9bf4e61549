/**
 * What gateways say of themselves. Each speaks from memory; where there are several processes, each leaves a small record
 * in the database every few seconds, from which the others read what they cannot see.
 */
import { type Clock, later } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { GatewayReport } from './contract.ts'
import { listReportRows, removeReportRow, saveReportRow } from './store.ts'

const TICK_MS = 1_000
const SAVE_EVERY = 3
/** A process that has said nothing for so long is gone. */
const GONE_MS = 15_000

export type GatewaysDeps = {
  readonly db: Database
  readonly organisation: string
  readonly clock: Clock
  readonly process: string
  /** Several processes on one database. */
  readonly isShared: boolean
  /** Of this process; undefined where it is no gateway. */
  readonly read: (() => Omit<GatewayReport, 'process' | 'at'>) | undefined
  readonly publish: (event: ChangeEvent) => void
}

export function createGateways({ db, organisation, clock, process, isShared, read, publish }: GatewaysDeps) {
  let last = ''
  let ticks = 0
  let timer: NodeJS.Timeout | undefined
  const own = (): GatewayReport[] => (read ? [{ process, at: clock(), ...read() }] : [])

  async function tick(): Promise<void> {
    const [report] = own()
    if (!report) return
    const said = JSON.stringify({
      ...report,
      at: '',
      perSecond: report.perSecond.some((count) => count > 0) ? ticks : 0,
    })
    // Nobody is told of a gateway that has nothing to do.
    if (said !== last) publish({ topic: 'gateway', id: process, application: null })
    last = said
    if (isShared && ticks % SAVE_EVERY === 0)
      // While the database is away the others see that this one is silent.
      await inTransaction(db, (tx) => saveReportRow(tx, { organisation, process, at: report.at, report })).catch(
        () => {},
      )
    ticks += 1
  }

  return {
    start(): void {
      timer = setInterval(() => void tick(), TICK_MS)
      timer.unref()
    },
    tick,
    /** This process first. */
    async list(): Promise<GatewayReport[]> {
      if (!isShared) return own()
      const rows = await listReportRows(db, organisation, later(clock(), -GONE_MS))
      return [...own(), ...rows.filter((row) => row.process !== process).map(({ report }) => report)]
    },
    async close(): Promise<void> {
      clearInterval(timer)
      if (isShared && read) await removeReportRow(db, organisation, process).catch(() => {})
    },
  }
}

export type Gateways = ReturnType<typeof createGateways>
