/** How far limits are used, as they are shown. */
import type { Name } from '../../core/names.ts'
import { microUsd, picoOf } from '../../kernel/money.ts'
import { epochMs, type Instant } from '../../kernel/time.ts'
import {
  type CapStatus,
  capsInForce,
  type Limits,
  type LimitsStatus,
  type ScopeLimits,
  WARNING_SHARE,
} from '../limits.ts'
import { type Account, monthOf, nextMonth, opensAt, reservedOf, standing } from './account.ts'
import { amountFor, stateAt } from './refusal.ts'
import { leaseId } from './sync.ts'

export function scopeLimits({
  account,
  limits,
  isDefault,
  othersHold,
  now,
}: {
  account: Account
  limits: Limits
  isDefault: boolean
  /** What other processes hold of each cap, at most some seconds ago. */
  othersHold: ReadonlyMap<string, bigint>
  now: Instant
}): ScopeLimits {
  const { scope, name } = account
  const caps = capsInForce(limits).map((cap): CapStatus => {
    const isOfCalendar = cap.period === 'day' || cap.period === 'month'
    const others = othersHold.get(leaseId({ scope, name, kind: cap.kind })) ?? 0n
    const here = reservedOf(account, cap)
    const held = isOfCalendar ? here + others : 0n
    const used = standing(account, cap, now) - here + (isOfCalendar ? 0n : others)
    return {
      kind: cap.kind,
      cap: amountFor(cap, cap.most),
      used: amountFor(cap, used),
      held: amountFor(cap, held),
      share: shareOf(used, cap.most),
      state: stateAt(used, cap.most),
      opensAt: isOfCalendar ? opensAt(account, cap, 0n, now) : null,
    }
  })
  return { scope, name, limits, isDefault, caps }
}

/** The same with the two that every application has. */
export function limitsStatus(status: ScopeLimits, account: Account, now: Instant): LimitsStatus {
  const { costMicroUsdPerMonth: cap, requestsPerMinute: most } = status.limits
  const { known, unwritten, reserved } = account.month
  const spent = known.cost + unwritten.cost
  const minute = status.caps.find(({ kind }) => kind === 'requests-per-minute')
  const inLastMinute = minute ? Number(minute.used) : Number(account.minute.requests.count(epochMs(now)))
  const requestShare = most === null ? null : inLastMinute / most
  const month = monthOf(now)
  const held = status.caps.find(({ kind }) => kind === 'cost-per-month')?.held
  return {
    ...status,
    application: status.name as Name,
    requests: {
      inLastMinute,
      share: requestShare,
      state: (requestShare ?? 0) >= 1 ? 'reached' : (requestShare ?? 0) >= WARNING_SHARE ? 'near' : 'ok',
    },
    cost: {
      month,
      spentMicroUsd: microUsd(spent),
      reservedMicroUsd: held === undefined ? microUsd(reserved.cost) : microUsd(picoOf(String(held))),
      share: cap === null ? null : shareOf(spent, picoOf(cap)),
      state: cap === null ? 'ok' : stateAt(spent, picoOf(cap)),
      opensAt: nextMonth(month),
    },
  }
}

const shareOf = (used: bigint, most: bigint): number => (most === 0n ? 1 : Number((used * 10_000n) / most) / 10_000)
