/** How a stage is used: users a day and how its metrics stand, for forecasts of rollouts. */
import { age, type Clock, DAY, later } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { countTraffic } from './store.ts'

const DAYS = 14

type Standing = { metric: string; kind: 'event' | 'log' | 'linear'; value: number; spread: number }
export type StageTraffic = { unitsPerDay: number; requests: number; metrics: Standing[] }

export const createTraffic =
  ({ db, clock }: { db: Database; clock: Clock }) =>
  /** Of the last two weeks; null when nobody asked. What came within an hour is not taken for what comes in a day. */
  async ({ application, stage }: { application: string; stage: string }): Promise<StageTraffic | null> => {
    const found = await countTraffic(db, { application, stage, since: later(clock(), -DAYS * DAY) })
    if (!found?.firstAt || !found.lastAt || found.requests === 0) return null
    const { requests, errors, abstained } = found
    const metric = (name: string, kind: Standing['kind'], value: number | null, spread: number | null): Standing[] =>
      value === null || spread === null ? [] : [{ metric: name, kind, value, spread }]
    return {
      unitsPerDay: found.units / Math.max(1, age(found.firstAt, found.lastAt) / DAY),
      requests,
      metrics: [
        ...metric('error', 'event', errors / requests, 0),
        ...metric('abstained', 'event', abstained / requests, 0),
        ...metric('latency-ms', 'log', found.logLatency, found.logLatencySpread),
        ...metric('cost-micro-usd', 'linear', found.cost, found.costSpread),
        ...metric('cost-micro-usd', 'log', found.logCost, found.logCostSpread),
      ],
    }
  }
