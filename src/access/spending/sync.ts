/**
 * What goes between memory and the database in one go: what was used, and the shares of caps that are asked for.
 *
 * Invariant: a share that gets smaller is smaller in memory before the database hears of it, and one that grows grows
 * there first, so at no moment do the processes hold more together than the cap.
 */
import { epochMs, type Instant, instantOf, MINUTE, SECOND } from '../../kernel/time.ts'
import type { CapKind, LimitScope, Period } from '../cap.ts'
import type { CapInForce, Lease } from '../limits.ts'
import { type Account, type Amounts, addTo, calendarsOf, monthOf, nothing, standingHere, takeFrom } from './account.ts'
import { aheadOf, larger, shareFor, sliceOf } from './share.ts'

/** A process that was not heard of for so long is taken for dead. */
export const LEASE_MS = 15 * SECOND
/** What a dead process held of a day or month counts as used for so long after; until then it may come back. */
export const UNRETURNED_MS = 10 * MINUTE
/** What went through stays in the minute's window for so long. */
const WINDOW_MS = 61 * SECOND
/** How long nobody asks again after nothing was to be had. */
const DRY_MS = 250

export type Change = { readonly account: Account; readonly day: string; readonly amounts: Amounts }
export type Asked = {
  readonly account: Account
  readonly cap: CapInForce
  readonly holds: bigint
  readonly held: bigint
  readonly short: bigint
  readonly ahead: bigint
  /** Of what is held, what went through beyond the share: written down with it. */
  readonly overdrawn: bigint
}
export type Sync = { readonly changes: readonly Change[]; readonly asked: readonly Asked[] }
/** What everybody together has written down, by what it is. */
export type Written = ReadonlyMap<string, { readonly day: Amounts; readonly month: Amounts }>

/** Takes what is to be written, and makes shares smaller that are not needed as large. */
export function beginSync(
  accounts: Iterable<Account>,
  capsOf: (account: Account) => readonly CapInForce[],
  now: Instant,
): Sync {
  const changes: Change[] = []
  const asked: Asked[] = []
  for (const account of accounts) {
    const own = [...account.pending].map(([day, amounts]): Change => ({ account, day, amounts }))
    account.pending = new Map()
    changes.push(...own)
    for (const cap of capsOf(account)) {
      const share = account.shares.get(cap.kind)
      if (!share) continue
      const writing = writingOf(own, account, cap)
      const held = standingHere(account, cap, now) - writing
      const { short, shortBefore } = share
      const usual = aheadOf(share, sliceOf(cap))
      const isAwaited = short + shortBefore > 0n
      // What is granted for those that wait comes on top of what others may still take before it comes.
      const there = isAwaited ? larger(share.share - writing - held, shortBefore) : 0n
      const ahead = larger(usual, there)
      Object.assign(share, { flow: 0n, short: 0n, shortBefore: short, ahead: usual })
      const want = held + short + ahead
      if (want < share.share - writing) share.share = want + writing
      const holds = share.share > writing ? share.share - writing : 0n
      const { overdrawn } = share
      if (want > 0n || share.isKept) asked.push({ account, cap, holds, held, short, ahead, overdrawn })
    }
  }
  return { changes, asked }
}

/** The share that a process gets, as a row, and its part of what nobody holds then. */
export type Dealt = { readonly lease: Lease; readonly left: bigint }

/** The shares that a process gets, while nobody else takes any. */
export function divide(
  { asked }: Sync,
  ask: { organisation: string; holder: string; now: Instant; written: Written; leases: readonly Lease[] },
): Dealt[] {
  const { organisation, holder, now, written, leases } = ask
  const others = new Map<string, { share: bigint; holders: bigint }>()
  for (const lease of leases) {
    if (lease.holder === holder || !counts(lease, now)) continue
    const id = leaseId(lease)
    const { share, holders } = others.get(id) ?? NOBODY
    others.set(id, { share: share + BigInt(lease.share), holders: holders + 1n })
  }
  const expiresAt = instantOf(epochMs(now) + LEASE_MS)
  return asked.map(({ account: { scope, name }, cap, holds, held, short, ahead }): Dealt => {
    const { kind, most, measure, period } = cap
    const sums = written.get(accountId({ scope, name }))
    const isOfCalendar = measure !== 'concurrent' && (period === 'day' || period === 'month')
    const used = isOfCalendar ? (sums?.[period][measure] ?? 0n) : 0n
    const theirs = others.get(leaseId({ scope, name, kind })) ?? NOBODY
    const share = shareFor({ most, written: used, others: theirs.share, holds, held, short, ahead })
    return {
      lease: { organisation, holder, scope, name, kind, share: String(share), held: String(positive(held)), expiresAt },
      left: positive(most - used - theirs.share - share) / (theirs.holders + 1n),
    }
  })
}

const NOBODY = { share: 0n, holders: 0n }

/** After it was written: what was used is known now, and the shares are in force. */
export function commitSync({ changes, asked }: Sync, dealt: readonly Dealt[], now: Instant): void {
  for (const { account, day, amounts } of changes)
    for (const calendar of calendarsOf(account, day)) {
      takeFrom(calendar.unwritten, amounts)
      addTo(calendar.known, amounts)
    }
  for (const [index, { account, cap, held, short }] of asked.entries()) {
    const share = account.shares.get(cap.kind)
    const { lease, left } = dealt[index] ?? {}
    const granted = BigInt(lease?.share ?? 0)
    if (!share) continue
    share.share = granted
    share.left = left
    share.isKept = granted > 0n
    share.dryUntilMs = granted < held + short ? epochMs(now) + DRY_MS : 0
  }
}

/** Everybody knows of what was written; what went through beyond a share while it was, nobody knows yet. */
export function forgetOverdrawn({ asked }: Pick<Sync, 'asked'>): void {
  for (const { account, cap, overdrawn } of asked) {
    const share = account.shares.get(cap.kind)
    if (share) share.overdrawn -= overdrawn
  }
}

/** It could not be written, and is tried again the next time. */
export function returnSync({ changes }: Sync): void {
  for (const { account, day, amounts } of changes) {
    const pending = account.pending.get(day) ?? nothing()
    addTo(pending, amounts)
    account.pending.set(day, pending)
  }
}

export const accountId = ({ scope, name }: { scope: LimitScope; name: string }): string => `${scope} ${name}`
export const leaseId = ({ kind, ...whose }: { scope: LimitScope; name: string; kind: CapKind }): string =>
  `${kind} ${accountId(whose)}`

/** How long a share counts after its process was not heard of any more. */
const COUNTS_MS: Readonly<Record<Period, number>> = {
  now: 0,
  minute: WINDOW_MS,
  day: UNRETURNED_MS,
  month: UNRETURNED_MS,
}

/** Whether a share stands in the way of others. */
export const counts = ({ kind, expiresAt }: Pick<Lease, 'kind' | 'expiresAt'>, now: Instant): boolean =>
  epochMs(expiresAt) + COUNTS_MS[periodOf(kind)] > epochMs(now)

const periodOf = (kind: CapKind): Period => {
  if (kind === 'concurrent-requests') return 'now'
  return kind.endsWith('-minute') ? 'minute' : kind.endsWith('-day') ? 'day' : 'month'
}

function writingOf(changes: readonly Change[], account: Account, { measure, period }: CapInForce): bigint {
  if (measure === 'concurrent' || period === 'minute' || period === 'now') return 0n
  let sum = 0n
  for (const { day, amounts } of changes)
    if (period === 'day' ? account.dayName === day : monthOf(account.dayName) === monthOf(day)) sum += amounts[measure]
  return sum
}

const positive = (amount: bigint): bigint => (amount > 0n ? amount : 0n)
