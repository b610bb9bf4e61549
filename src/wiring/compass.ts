/**
 * What the compass and the alerts read of applications: all of them at once, because a question an application takes
 * seconds with hundreds.
 */
import { setImmediate } from 'node:timers/promises'
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { Release } from '../core/release.ts'
import { STAGES } from '../core/stage.ts'
import type { Delivery } from '../delivery/index.ts'
import {
  alertLinesOf,
  type DayOfUse,
  type Forecasts,
  type Material,
  newestKpiValuesOf,
  type Position,
} from '../governance/index.ts'
import { approximateMicroUsd } from '../kernel/money.ts'
import { type Clock, DAY, type Instant, later, MINUTE, monotonicMs } from '../kernel/time.ts'
import type { Database } from '../store/database.ts'
import type { Telemetry } from '../telemetry/index.ts'

type Deps = {
  readonly db: Database
  readonly organisation: string
  readonly clock: Clock
  readonly access: Pick<Access, 'limits'>
  readonly delivery: Delivery
  readonly telemetry: Pick<Telemetry, 'usageBy'>
}
type Counting = Pick<Deps, 'clock' | 'telemetry'>
type Watching = Counting & Pick<Deps, 'access' | 'db' | 'organisation'>
export type WatchedOf = Material['watched']

/** Two months: older days are another product. */
const LOOKED_BACK = 56 * DAY
const SATISFACTION_DAYS = 28
const QUARTER_HOUR = 15 * MINUTE
const DAYS_KEPT_MS = 10 * MINUTE
/** Applications between two breaths. */
const AT_ONCE = 5

export type Days = Awaited<ReturnType<typeof daysOf>>

/** Days of all applications that are over, read again every ten minutes: what comes late comes to few of them. */
export function createKeptDays(counting: Counting): () => Promise<Days> {
  let kept: { readonly at: number; readonly today: string; readonly days: Promise<Days> } | undefined
  return () => {
    const today = counting.clock().slice(0, 10)
    if (kept?.today !== today || monotonicMs() - kept.at > DAYS_KEPT_MS) {
      const days = daysOf(counting, null)
      kept = { at: monotonicMs(), today, days }
      days.catch(() => {
        kept = undefined
      })
    }
    return kept.days
  }
}

export async function materialsOf(
  deps: Deps,
  {
    only,
    forecasts,
    daysOfAll,
  }: { only: Name | null; forecasts: Pick<Forecasts, 'brief'>; daysOfAll: () => Promise<Days> },
): Promise<Material[]> {
  const { access, clock, db, delivery, organisation, telemetry } = deps
  const rows = only === null ? await delivery.applications.all() : [await delivery.getApplication(only)]
  const newest = await delivery.releases.newestOf(rows)
  const watched = await watchedOf(deps, only)
  const days = only === null ? await daysOfAll() : await daysOf(deps, only)
  const since = later(clock(), -SATISFACTION_DAYS * DAY)
  const satisfied = await telemetry.usageBy.satisfaction({ since, ...(only !== null && { application: only }) })
  const actuals = await newestKpiValuesOf(db, { organisation, application: only })
  const feedback = new Map(satisfied.map(({ application, good, n }) => [application, { good, n }]))
  const materials: Material[] = []
  for (const application of rows) {
    const { name } = application
    const release = newest.get(name)
    materials.push({
      application,
      position: positionOf(delivery, name, release),
      watched: watched(name),
      spentThisMonthUsd: approximateMicroUsd(access.limits.status(name).cost.spentMicroUsd) / 1_000_000,
      actuals: actuals.get(name) ?? [],
      ...(await forecasts.brief({ application, release, days: days.get(name) ?? [] })),
      feedback: feedback.get(name) ?? { good: 0, n: 0 },
    })
    // Hundreds that nobody forecast yet take a second, and requests are answered by this thread.
    if (materials.length % AT_ONCE === 0) await setImmediate()
  }
  return materials
}

/** What is live is in memory. */
function positionOf(delivery: Delivery, name: Name, newest: Release | undefined): Position {
  const stages = delivery.liveTable().applications[name]?.stages ?? {}
  const stage = STAGES.findLast((one) => stages[one] !== undefined) ?? null
  return {
    releases: newest?.number ?? 0,
    newest: newest?.id ?? null,
    stage,
    isMoving: STAGES.some((one) => stages[one]?.rollout),
    hasNewer: newest !== undefined && stage !== null && stages[stage]?.release !== newest.id,
  }
}

/** What the three alerts without set-up look at, of one application or of all. */
export async function watchedOf(
  { access, clock, db, organisation, telemetry }: Watching,
  only: Name | null,
): Promise<(name: Name) => WatchedOf> {
  const now = clock()
  const of = only === null ? {} : { application: only }
  const day = await telemetry.usageBy.models({ ...of, since: later(now, -DAY) })
  const quarter = await telemetry.usageBy.models({ ...of, since: later(now, -QUARTER_HOUR) })
  const lines = await alertLinesOf(db, { organisation, application: only })
  const ofDay = Map.groupBy(day, ({ application }) => application)
  const models = Map.groupBy(quarter, ({ application }) => application)
  return (name) => ({
    requests: (ofDay.get(name) ?? []).reduce((sum, { requests }) => sum + requests, 0),
    errors: (ofDay.get(name) ?? []).reduce((sum, { errors }) => sum + errors, 0),
    spentShare: access.limits.status(name).cost.share,
    lines: lines(name),
    models: (models.get(name) ?? []).map(({ model, requests, errors }) => ({ model, requests, errors })),
  })
}

/** By application, each whole day from the first that had a request to yesterday; a day without one is a day of nothing. */
export async function daysOf({ clock, telemetry }: Counting, only: string | null) {
  const today = `${clock().slice(0, 10)}T00:00:00.000Z` as Instant
  const since = later(today, -LOOKED_BACK)
  const counted = await telemetry.usageBy.days({ since, until: today, ...(only !== null && { application: only }) })
  const days = new Map<string, DayOfUse[]>()
  for (const [application, rows] of Map.groupBy(counted, (row) => row.application)) {
    const byDay = new Map(rows.map((row) => [row.day, row]))
    const found: DayOfUse[] = []
    for (let at = `${rows[0]?.day}T00:00:00.000Z` as Instant; at < today; at = later(at, DAY)) {
      const day = at.slice(0, 10)
      const one = byDay.get(day)
      found.push({
        day,
        requests: one?.requests ?? 0,
        costUsd: approximateMicroUsd(one?.costMicroUsd ?? '0') / 1_000_000,
        unpriced: one?.unpriced ?? 0,
      })
    }
    days.set(application, found)
  }
  return days
}
