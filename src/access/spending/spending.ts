/** Limits as the product sees them: set, show, keep what was used, and divide caps among processes. */
import type { ActorId, Permission } from '../../core/actor.ts'
import type { Name } from '../../core/names.ts'
import { monotonicMs, SECOND } from '../../kernel/time.ts'
import { inTransaction } from '../../store/database.ts'
import type { Remember } from '../../store/remember.ts'
import type { ActorsDeps } from '../actors.ts'
import type { LimitScope } from '../cap.ts'
import type { Identify } from '../identify.ts'
import {
  capsInForce,
  DEFAULT_LIMITS,
  demandCaps,
  type Lease,
  type Limits,
  type LimitsChange,
  type LimitsStatus,
  NO_LIMITS,
  type ScopeLimits,
  type SetLimits,
  withChange,
} from '../limits.ts'
import { changeKeyLimits, saveUses } from '../store.ts'
import { type Account, dayOf } from './account.ts'
import { createAuthority } from './authority.ts'
import { type Divided, sumsOf, writeSync } from './ledger.ts'
import { createLeftOver } from './left-over.ts'
import { demandLimitable } from './limitable.ts'
import { createLimiter, type ReserveAsk, type Whose } from './limiter.ts'
import { limitsStatus, scopeLimits } from './status.ts'
import { listLeases, listUsage, saveSetLimits, type Usage } from './store.ts'
import { accountId, beginSync, commitSync, counts, forgetOverdrawn, leaseId, returnSync, type Sync } from './sync.ts'

/** A share that runs low is asked for after so long, so that many requests ask once. */
const LOW_MS = 20

export type SpendingDeps = ActorsDeps & {
  identify: Identify
  report: (thrown: unknown) => void
  remember: Remember
  /** Whether other processes let requests through too. */
  hasOthers: boolean
  /** The name of this process, the same after a restart; without one nothing is counted after a death. */
  writer?: string | undefined
  /** Throws when there is nothing of this name that could be limited. */
  demandKnown: (kind: 'release' | 'model', name: string) => Promise<void>
}

export function createSpending(deps: SpendingDeps) {
  const { db, clock, newId, organisation, audit, directory, publish, identify, report, remember, hasOthers } = deps
  const { writer } = deps
  const set = new Map<string, SetLimits>()
  /** This process, among those that hold shares. */
  const holder = writer === undefined ? newId('lse') : `${writer}:${newId('lse')}`
  const holding = new Set<Account>()
  let othersHold = new Map<string, bigint>()
  const authority = createAuthority(clock)
  let flushing: Promise<void> = Promise.resolve()
  let queued: Promise<void> | undefined
  let low: NodeJS.Timeout | undefined
  let timer: NodeJS.Timeout | undefined

  const limitsOf = (scope: LimitScope, name: string): Limits =>
    scope === 'key'
      ? (directory.key(name)?.limits ?? NO_LIMITS)
      : (set.get(accountId({ scope, name }))?.limits ?? (scope === 'application' ? DEFAULT_LIMITS : NO_LIMITS))

  function scopesOf({ application, key, release }: ReserveAsk): Whose[] {
    const team = key === null ? null : (directory.key(key)?.team ?? null)
    const scopes: Whose[] = [{ scope: 'organisation', name: organisation }]
    if (application !== null) scopes.push({ scope: 'application', name: application })
    if (key !== null) scopes.push({ scope: 'key', name: key })
    if (team !== null) scopes.push({ scope: 'team', name: team })
    if (release) scopes.push({ scope: 'release', name: release })
    return scopes
  }

  const limiter = createLimiter({
    clock,
    limitsOf,
    scopesOf,
    onStateChange: announce,
    sharing: hasOthers ? authority.sharing : undefined,
    onLow() {
      low ??= setTimeout(() => {
        low = undefined
        void flush()
      }, LOW_MS)
      low.unref()
    },
  })
  const leftOver = createLeftOver({ db, clock, organisation, writer, record: limiter.record })
  const capsOf = ({ scope, name }: Whose) => capsInForce(limitsOf(scope, name))

  function announce({ scope, name }: Whose): void {
    publish({ topic: 'limits', id: name, application: scope === 'application' ? name : null })
  }

  /** Writes what was used and which keys were used since the last time, and takes and gives back shares. */
  async function write(): Promise<void> {
    const now = clock()
    const sync = beginSync(new Set([...limiter.takeTouched(), ...holding]), capsOf, now)
    const uses = identify.takeUses()
    const late = leftOver.take()
    const begunMs = monotonicMs()
    if (sync.changes.length + sync.asked.length + uses.keys.size + uses.sessions.size === 0) return
    try {
      const shared = await inTransaction(db, async (tx) => {
        const divided = await writeSync(tx, sync, { organisation, holder, writer, hasOthers, late, now })
        await saveUses(tx, uses)
        return divided
      })
      commit(sync, shared)
      if (authority.answered({ at: now, tookMs: monotonicMs() - begunMs })) forgetOverdrawn(sync)
      for (const [id, { at, previousAt }] of uses.keys) {
        const key = directory.key(id)
        if (key) directory.putKey({ ...key, lastUsedAt: at, previousUsedAt: previousAt ?? key.previousUsedAt })
      }
    } catch (thrown) {
      returnSync(sync)
      leftOver.giveBack(late)
      for (const { account } of [...sync.changes, ...sync.asked]) limiter.touch(account)
      authority.failed(thrown)
      report(thrown)
    }
  }

  function commit(sync: Sync, shared: Divided | undefined): void {
    commitSync(sync, shared?.dealt ?? [], clock())
    if (!shared) return
    for (const { account } of sync.asked) holding.add(account)
    for (const account of holding)
      if (![...account.shares.values()].some(({ isKept }) => isKept)) holding.delete(account)
    know(shared.usage, shared.day)
    keepOthers(shared.there)
  }

  /** Takes what the database knows of everybody in place of what was known; what is not written here stays on top. */
  function know(usage: readonly Usage[], day: string): void {
    for (const row of usage) {
      const account = limiter.account(row.scope, row.name)
      if (account.dayName !== day) continue
      const before = limiter.stateOf(account)
      const { day: ofDay, month } = sumsOf(row)
      account.day.known = ofDay
      account.month.known = month
      const after = limiter.stateOf(account)
      if (after !== before && after !== 'ok') announce(account)
    }
  }

  function keepOthers(leases: readonly Lease[]): void {
    const now = clock()
    othersHold = new Map()
    for (const lease of leases) {
      if (lease.holder === holder || !counts(lease, now)) continue
      const id = leaseId(lease)
      othersHold.set(id, (othersHold.get(id) ?? 0n) + BigInt(lease.held))
    }
  }

  /** One write at a time; one that has not begun sees everything until then. */
  function flush(): Promise<void> {
    queued ??= flushing.then(() => {
      queued = undefined
      return write()
    })
    flushing = queued
    return queued
  }

  /** After what is ours is written, so that nothing counts twice. */
  function reloadSpend(): Promise<void> {
    const read = async () => {
      const day = dayOf(clock())
      const { usage, leases } = await remember('spend', async () => ({
        usage: await listUsage(db, { organisation, day }),
        leases: hasOthers ? await listLeases(db, organisation) : [],
      }))
      know(usage, day)
      keepOthers(leases)
    }
    const done = flush().then(read)
    flushing = done.catch(() => {})
    return done
  }

  function statusOf({ scope, name }: Whose): ScopeLimits {
    const isDefault = scope === 'key' ? directory.key(name)?.limits == null : !set.has(accountId({ scope, name }))
    const account = limiter.account(scope, name)
    return scopeLimits({ account, limits: limitsOf(scope, name), isDefault, othersHold, now: clock() })
  }

  const status = (application: string): LimitsStatus => {
    const scope = 'application'
    return limitsStatus(statusOf({ scope, name: application }), limiter.account(scope, application), clock())
  }

  /** What is not said stays as it is. */
  async function setFor(
    { scope, name }: Whose,
    { by, ...change }: { by: ActorId } & LimitsChange,
  ): Promise<ScopeLimits> {
    await demandLimitable({ scope, name }, deps)
    const before = limitsOf(scope, name)
    const limits = withChange(before, change)
    const row: SetLimits = { organisation, scope, name, limits, setBy: by, setAt: clock() }
    const key = scope === 'key' ? directory.key(name) : undefined
    const application = scope === 'application' ? name : (key?.application ?? null)
    await inTransaction(db, async (tx) => {
      if (key) await changeKeyLimits(tx, key.id, limits)
      else await saveSetLimits(tx, row)
      const detail = { scope, before, after: limits }
      await audit.record(tx, { actor: by, action: 'access.set-limits', subject: name, application, detail })
    })
    if (key) directory.putKey({ ...key, limits })
    else set.set(accountId(row), row)
    directory.changed()
    announce({ scope, name })
    return statusOf({ scope, name })
  }

  return {
    reserve: limiter.reserve,
    /** Counts what was used and could not be held before. */
    record: (ask: ReserveAsk): void => void limiter.record(ask, clock()),
    /** Takes more of the caps that requests were short of. Resolves when that was tried, or takes seconds; never rejects. */
    refill: (): Promise<void> => authority.waitFor(flush()),
    /** What an earlier process of this name had settled when it died, unless it had written it down by then. */
    countLeftOver: leftOver.count,
    status,
    statusOf,
    /** What is limited: by somebody, or by default and used. */
    list(): ScopeLimits[] {
      const keys = directory.keys().filter(({ limits, revokedAt }) => limits !== null && revokedAt === null)
      const all = new Map<string, Whose>()
      for (const whose of [
        ...[...set.values()],
        ...limiter.accounts().filter(({ scope }) => scope === 'application'),
        ...keys.map(({ id }): Whose => ({ scope: 'key', name: id })),
      ])
        all.set(accountId(whose), { scope: whose.scope, name: whose.name })
      return [...all.values()].map(statusOf)
    },
    /** Throws when these permissions do not allow such a change. */
    demand({ scope, name }: Whose, change: LimitsChange, permissions: ReadonlySet<Permission>): void {
      const before = limitsOf(scope, name)
      demandCaps({
        whose: scope === 'organisation' ? 'this installation' : name,
        before,
        after: withChange(before, change),
        permissions,
      })
    },
    /** Of an application. */
    async set(application: string, change: { by: ActorId } & LimitsChange): Promise<LimitsStatus> {
      await setFor({ scope: 'application', name: application }, change)
      return status(application as Name)
    },
    setFor,
    flush,
    /** Takes limits that were read from the table in place of those in memory. */
    replaceLimits(rows: readonly SetLimits[]): void {
      set.clear()
      for (const row of rows) set.set(accountId(row), row)
    },
    reloadSpend,
    /** Reads this month's use, and begins to write once a second. */
    async start(): Promise<void> {
      await leftOver.start()
      await reloadSpend()
      timer = setInterval(() => void flush(), SECOND)
      timer.unref()
    },
    /** Writes what is left and gives back what is held. */
    async stop(): Promise<void> {
      clearInterval(timer)
      clearTimeout(low)
      for (const account of holding)
        for (const share of account.shares.values()) Object.assign(share, { flow: 0n, ahead: 0n, short: 0n })
      await flush()
    },
  }
}

export type Spending = ReturnType<typeof createSpending>
