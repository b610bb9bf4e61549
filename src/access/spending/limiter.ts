/**
 * Limits in force, in memory: `reserve` takes no I/O and answers at once.
 *
 * Invariant: what is spent plus what is reserved never passes a cap, whatever runs at the same time, because a
 * request reserves its upper bound before it starts and settles what it used when it ends. In no stretch of sixty
 * seconds is more let through than the limit says. A request takes from all its limits or from none.
 *
 * Where there are other processes, nothing is let through beyond this process's share of a cap (`share.ts`).
 */
import { type MicroUsd, picoOf } from '../../kernel/money.ts'
import { type Clock, epochMs, type Instant } from '../../kernel/time.ts'
import type { LimitScope } from '../cap.ts'
import { type CapInForce, capsInForce, type LimitState, type Limits } from '../limits.ts'
import {
  type Account,
  type Amounts,
  addTo,
  calendarsOf,
  dayOf,
  newAccount,
  nothing,
  rollOver,
  standing,
  standingHere,
  takeFrom,
  used,
} from './account.ts'
import type { AuthorityState } from './authority.ts'
import { type Refused, refusalOf, stateAt } from './refusal.ts'
import { newShare, type Share, sliceOf, smaller } from './share.ts'
import type { Window } from './window.ts'

/** How often a request that is short of a cap asks for more before it is refused; once is nearly always enough. */
export const MOST_REFILLS = 3

export type Reservation =
  | {
      readonly kind: 'granted'
      /**
       * Says what it cost, `'0'` when nothing, how many tokens it took, and which model answered; the first call
       * counts. Always call it, best in a `finally`: it also ends the call that was under way.
       */
      settle(actualMicroUsd: MicroUsd, used?: { readonly tokens?: number; readonly model?: string | null }): void
    }
  | Refused

export type ReserveAsk = {
  readonly application: string | null
  /** Id of the key; its team counts too. */
  readonly key: string | null
  readonly release?: string | null
  /** Models that may answer, as provider/model. */
  readonly models?: readonly string[]
  readonly requests?: number
  /** Upper bound of what it may take. */
  readonly tokens?: number
  /** Upper bound of what it may cost. */
  readonly costMicroUsd: MicroUsd
  /** The installation asks by itself: how many requests a minute there may be is a limit on callers, and on models. */
  readonly isOwnWork?: boolean
}
export type Reserve = (ask: ReserveAsk) => Reservation

export type Whose = { readonly scope: LimitScope; readonly name: string }
/** Of several processes: whether what is held may be used, and whether more can be asked for. */
export type Sharing = { readonly authority: AuthorityState; readonly isFresh: boolean }
type Prepared = {
  readonly account: Account
  readonly caps: readonly CapInForce[]
  /** Whether the requests of a minute count it. */
  readonly isRated: boolean
}
type Taken = Prepared & {
  readonly tokensWindow: Window | undefined
  readonly costWindow: Window | undefined
}

export function createLimiter({
  clock,
  limitsOf,
  scopesOf,
  onStateChange,
  sharing,
  onLow = () => {},
}: {
  clock: Clock
  limitsOf: (scope: LimitScope, name: string) => Limits
  /** Everything but the models that a request counts against. */
  scopesOf: (ask: ReserveAsk) => readonly Whose[]
  /** A cap of a day or month came near, or was reached. */
  onStateChange: (whose: Whose) => void
  /** undefined: there are no other processes. */
  sharing: (() => Sharing) | undefined
  /** Less than half of what was held ahead of need is left. */
  onLow?: () => void
}) {
  const accounts = new Map<LimitScope, Map<string, Account>>()
  const touched = new Set<Account>()

  function accountOf(scope: LimitScope, name: string, now: Instant): Account {
    const ofScope = accounts.get(scope) ?? new Map<string, Account>()
    if (ofScope.size === 0) accounts.set(scope, ofScope)
    const known = ofScope.get(name)
    const account = known ?? newAccount(scope, name, now)
    if (!known) ofScope.set(name, account)
    rollOver(account, dayOf(now))
    return account
  }

  function shareOf(account: Account, { kind }: CapInForce) {
    const share = account.shares.get(kind) ?? newShare()
    account.shares.set(kind, share)
    return share
  }

  /** The refusal of one cap, or undefined when it lets this amount through. */
  function refusedBy(account: Account, cap: CapInForce, amount: bigint, now: Instant): Refused | undefined {
    const found = standing(account, cap, now)
    if (found + amount > cap.most) return refusalOf({ account, cap, amount, found, now, why: 'reached' })
    if (!sharing) return undefined
    const { authority, isFresh } = sharing()
    const share = shareOf(account, cap)
    const beyond = beyondShare(account, cap, amount, now)
    if (beyond <= 0n) {
      if (-beyond * 2n < share.ahead) onLow()
      return undefined
    }
    const mayGoOn = cap.away === 'allow'
    if (authority === 'away') return mayGoOn ? undefined : refusalOf({ account, cap, amount, found, now, why: 'away' })
    if (
      authority === 'slow' &&
      mayGoOn &&
      share.overdrawn + smaller(beyond, amount) <= mayOverdraw(share, cap, isFresh)
    )
      return undefined
    const isDry = share.dryUntilMs > epochMs(now)
    return refusalOf({ account, cap, amount, found, now, why: isDry ? 'dry' : authority === 'slow' ? 'slow' : 'short' })
  }

  /** One slice, and of a cap that was nearly shared out a moment ago only this process's part of what was left. */
  const mayOverdraw = ({ left }: Share, cap: CapInForce, isFresh: boolean): bigint =>
    left === undefined || !isFresh ? sliceOf(cap) : smaller(sliceOf(cap), left)

  /** By how much this amount is more than this process may use. */
  function beyondShare(account: Account, cap: CapInForce, amount: bigint, now: Instant): bigint {
    const isOfCalendar = cap.period === 'day' || cap.period === 'month'
    // Shares of the calendar outlive their process, the others are given away when it is not heard of.
    const mayUse = isOfCalendar || sharing?.().isFresh ? shareOf(account, cap).share : 0n
    return standingHere(account, cap, now) + amount - mayUse
  }

  const reserve: Reserve = (ask) => {
    const now = clock()
    const { requests = 1, tokens = 0, models = [], isOwnWork = false } = ask
    const upper: Amounts = { requests: BigInt(requests), tokens: BigInt(tokens), cost: picoOf(ask.costMicroUsd) }
    const taken: Prepared[] = []
    const prepare = ({ scope, name }: Whose) => {
      const isRated = !isOwnWork || scope === 'model'
      const all = capsInForce(limitsOf(scope, name))
      const caps = isRated ? all : all.filter(({ kind }) => kind !== 'requests-per-minute')
      // A model's name is what a client says, and nothing is kept of one that nobody limits until it answers.
      if (scope === 'model' && caps.length === 0) return
      taken.push({ account: accountOf(scope, name, now), caps, isRated })
    }
    for (const whose of scopesOf(ask)) prepare(whose)
    for (const name of models) prepare({ scope: 'model', name })
    let refusal: Refused | undefined
    for (const { account, caps } of taken)
      for (const cap of caps) {
        const amount = amountOf(upper, cap)
        if (amount === 0n) continue
        const found = refusedBy(account, cap, amount, now)
        // One that is reached says more than one whose share is too small, and no more is asked for then.
        if (found && (!refusal || (refusal.isShort && !found.isShort))) refusal = found
      }
    if (refusal?.isShort) keepFor(taken, upper)
    if (refusal) return refusal
    return grant(taken, upper, now, models)
  }

  /** What this request needs of each cap is asked for, or kept, until it tries again. */
  function keepFor(waiting: readonly Prepared[], upper: Amounts): void {
    for (const { account, caps } of waiting)
      for (const cap of caps) {
        shareOf(account, cap).short += amountOf(upper, cap)
        touched.add(account)
      }
  }

  function grant(prepared: readonly Prepared[], upper: Amounts, now: Instant, models: readonly string[]): Reservation {
    const nowMs = epochMs(now)
    const day = dayOf(now)
    let second = 0
    const taken = prepared.map(({ account, caps, isRated }): Taken => {
      const { minute } = account
      if (sharing)
        for (const cap of caps) {
          const [amount, share] = [amountOf(upper, cap), shareOf(account, cap)]
          const beyond = beyondShare(account, cap, amount, now)
          share.flow += amount
          if (amount > 0n && beyond > 0n) share.overdrawn += smaller(beyond, amount)
          touched.add(account)
        }
      account.running += 1n
      addTo(account.day.reserved, upper)
      addTo(account.month.reserved, upper)
      second = minute.requests.add(nowMs, isRated ? upper.requests : 0n)
      minute.tokens?.add(nowMs, upper.tokens)
      minute.cost?.add(nowMs, upper.cost)
      return { account, caps, isRated, tokensWindow: minute.tokens, costWindow: minute.cost }
    })
    let isOpen = true
    return {
      kind: 'granted',
      settle(actualMicroUsd, { tokens = 0, model = null } = {}) {
        if (!isOpen) return
        isOpen = false
        const actual: Amounts = { requests: upper.requests, tokens: BigInt(tokens), cost: picoOf(actualMicroUsd) }
        const served = model ?? models[0]
        const end = clock()
        for (const part of taken) {
          const isOther = part.account.scope === 'model' && part.account.name !== served
          const counted = isOther ? { ...nothing(), requests: upper.requests } : actual
          settle(part, { upper, actual: counted, day, second, end })
        }
        const isCounted = taken.some(({ account }) => account.scope === 'model' && account.name === served)
        if (served !== undefined && !isCounted && (actual.tokens > 0n || actual.cost > 0n))
          record(accountOf('model', served, end), actual, day)
      },
    }
  }

  function settle(
    { account, caps, tokensWindow, costWindow }: Taken,
    { upper, actual, day, second, end }: { upper: Amounts; actual: Amounts; day: string; second: number; end: Instant },
  ): void {
    rollOver(account, dayOf(end))
    const before = stateOf(account, caps, end)
    account.running -= 1n
    for (const { reserved } of calendarsOf(account, day)) takeFrom(reserved, upper)
    tokensWindow?.correct(epochMs(end), second, actual.tokens - upper.tokens)
    costWindow?.correct(epochMs(end), second, actual.cost - upper.cost)
    record(account, actual, day)
    const after = stateOf(account, caps, end)
    if (after !== before && after !== 'ok') onStateChange(account)
  }

  function record(account: Account, actual: Amounts, day: string): void {
    for (const { unwritten } of calendarsOf(account, day)) addTo(unwritten, actual)
    const known = account.pending.get(day)
    const pending = known ?? nothing()
    addTo(pending, actual)
    if (!known) account.pending.set(day, pending)
    touched.add(account)
  }

  /** The worst of the caps of days and months. */
  function stateOf(account: Account, caps: readonly CapInForce[], now: Instant): LimitState {
    let worst: LimitState = 'ok'
    for (const cap of caps) {
      if (cap.period !== 'day' && cap.period !== 'month') continue
      const state = stateAt(used(account, cap, now), cap.most)
      if (state === 'reached') return state
      if (state === 'near') worst = state
    }
    return worst
  }

  return {
    reserve,
    /** What was used without a reservation of this process. Returns whose it was. */
    record({ costMicroUsd, tokens = 0, requests = 1, models = [], ...ask }: ReserveAsk, at: Instant): Account[] {
      const now = clock()
      const whose = [...scopesOf({ costMicroUsd, ...ask }), ...models.map((name): Whose => ({ scope: 'model', name }))]
      const amounts: Amounts = { requests: BigInt(requests), tokens: BigInt(tokens), cost: picoOf(costMicroUsd) }
      return whose.map(({ scope, name }) => {
        const account = accountOf(scope, name, now)
        record(account, amounts, dayOf(at))
        return account
      })
    },
    account: (scope: LimitScope, name: string): Account => accountOf(scope, name, clock()),
    /** Those that used something, or asked for something, since this was last called. */
    takeTouched(): Account[] {
      const taken = [...touched]
      touched.clear()
      return taken
    },
    touch: (account: Account): void => void touched.add(account),
    stateOf: (account: Account): LimitState =>
      stateOf(account, capsInForce(limitsOf(account.scope, account.name)), clock()),
    /** Every account that is known. */
    accounts: (): Account[] => [...accounts.values()].flatMap((ofScope) => [...ofScope.values()]),
  }
}

export type Limiter = ReturnType<typeof createLimiter>

export const amountOf = (amounts: Amounts, { measure }: Pick<CapInForce, 'measure'>): bigint =>
  measure === 'concurrent' ? 1n : amounts[measure]
