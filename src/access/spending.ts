/** Limits as the product sees them: set, show, keep what was spent, and put it back at the start. */
import type { ActorId, Permission } from '../core/actor.ts'
import { microUsd, picoOf } from '../kernel/money.ts'
import { SECOND } from '../kernel/time.ts'
import { inTransaction } from '../store/database.ts'
import type { Remember } from '../store/remember.ts'
import type { ActorsDeps } from './actors.ts'
import type { Identify } from './identify.ts'
import { createLimiter, moneyState, monthOf, nextMonth } from './limiter.ts'
import {
  type ApplicationLimits,
  DEFAULT_LIMITS,
  demandCap,
  type Limits,
  type LimitsStatus,
  WARNING_SHARE,
} from './limits.ts'
import { addSpend, listSpend, saveApplicationLimits, saveUses } from './store.ts'

export function createSpending({
  db,
  clock,
  organisation,
  audit,
  directory,
  publish,
  identify,
  report,
  remember,
}: ActorsDeps & { identify: Identify; report: (thrown: unknown) => void; remember: Remember }) {
  const applications = new Map<string, ApplicationLimits>()
  const limiter = createLimiter({
    clock,
    limitsOf: (scope, name) =>
      scope === 'key' ? (directory.key(name)?.limits ?? undefined) : (applications.get(name) ?? DEFAULT_LIMITS),
    onStateChange: (application) => publish({ topic: 'limits', id: application, application }),
  })
  let flushing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  /** Writes what was spent and which keys were used since the last time. */
  async function write(): Promise<void> {
    const changes = limiter.takeChanges()
    const uses = identify.takeUses()
    if (changes.length === 0 && uses.keys.size === 0 && uses.sessions.size === 0) return
    try {
      await inTransaction(db, async (tx) => {
        await addSpend(
          tx,
          changes.map(({ pico, ...change }) => ({ organisation, ...change, spentMicroUsd: microUsd(pico) })),
        )
        await saveUses(tx, uses)
      })
      for (const [id, { at, previousAt }] of uses.keys) {
        const key = directory.key(id)
        if (key) directory.putKey({ ...key, lastUsedAt: at, previousUsedAt: previousAt ?? key.previousUsedAt })
      }
    } catch (thrown) {
      limiter.returnChanges(changes)
      report(thrown)
    }
  }

  /** One write at a time, and the last one sees everything. */
  const flush = (): Promise<void> => {
    flushing = flushing.then(write)
    return flushing
  }

  /** After what is ours is written, so that nothing counts twice. */
  function reloadSpend(): Promise<void> {
    const read = async () => {
      const rows = await remember('spend', () => listSpend(db, organisation, monthOf(clock())))
      for (const { scope, name, month, spentMicroUsd } of rows)
        limiter.restore({ scope, name, month, pico: picoOf(spentMicroUsd) })
    }
    const done = flushing.then(write).then(read)
    flushing = done.catch(() => {})
    return done
  }

  function status(application: string): LimitsStatus {
    const { requestsPerMinute, costMicroUsdPerMonth } = applications.get(application) ?? DEFAULT_LIMITS
    const { inLastMinute, month, spent, reserved } = limiter.standing('application', application)
    const requestShare = requestsPerMinute === null ? null : inLastMinute / requestsPerMinute
    return {
      application,
      limits: { requestsPerMinute, costMicroUsdPerMonth },
      isDefault: !applications.has(application),
      requests: {
        inLastMinute,
        share: requestShare,
        state: (requestShare ?? 0) >= 1 ? 'reached' : (requestShare ?? 0) >= WARNING_SHARE ? 'near' : 'ok',
      },
      cost: {
        month,
        spentMicroUsd: microUsd(spent),
        reservedMicroUsd: microUsd(reserved),
        share: shareOf(spent, costMicroUsdPerMonth),
        state: moneyState(spent, costMicroUsdPerMonth),
        opensAt: nextMonth(month),
      },
    }
  }

  return {
    reserve: limiter.reserve,
    status,
    /** Throws when these permissions do not allow such a change of an application's limits. */
    demand(
      application: string,
      change: { [Name in keyof Limits]?: Limits[Name] | undefined },
      permissions: ReadonlySet<Permission>,
    ): void {
      const before = status(application).limits.costMicroUsdPerMonth
      const { costMicroUsdPerMonth: after = before } = change
      demandCap({ application, before, after, permissions })
    },
    /** What is not said stays as it is. */
    async set(
      application: string,
      { by, ...change }: { by: ActorId } & { [Name in keyof Limits]?: Limits[Name] | undefined },
    ): Promise<LimitsStatus> {
      const before = status(application).limits
      const { requestsPerMinute = before.requestsPerMinute, costMicroUsdPerMonth = before.costMicroUsdPerMonth } =
        change
      const row = { requestsPerMinute, costMicroUsdPerMonth, organisation, application, setBy: by, setAt: clock() }
      await inTransaction(db, async (tx) => {
        await saveApplicationLimits(tx, row)
        const detail = { before, after: { requestsPerMinute, costMicroUsdPerMonth } }
        await audit.record(tx, { actor: by, action: 'access.set-limits', subject: application, application, detail })
      })
      applications.set(application, row)
      publish({ topic: 'limits', id: application, application })
      return status(application)
    },
    flush,
    /** Takes limits that were read from the table in place of those in memory. */
    replaceLimits(rows: readonly ApplicationLimits[]): void {
      applications.clear()
      for (const row of rows)
        applications.set(row.application, { ...row, costMicroUsdPerMonth: shortest(row.costMicroUsdPerMonth) })
    },
    reloadSpend,
    /** Reads this month's spend, and begins to write once a second. */
    async start(): Promise<void> {
      await reloadSpend()
      timer = setInterval(() => void flush(), SECOND)
      timer.unref()
    },
    async stop(): Promise<void> {
      clearInterval(timer)
      await flush()
    },
  }
}

export type Spending = ReturnType<typeof createSpending>

/** `numeric` comes back with the places that it was written with. */
const shortest = (amount: Limits['costMicroUsdPerMonth']) => (amount === null ? null : microUsd(picoOf(amount)))

function shareOf(spent: bigint, cap: string | null): number | null {
  if (cap === null) return null
  const limit = picoOf(cap)
  return limit === 0n ? 1 : Number((spent * 10_000n) / limit) / 10_000
}
