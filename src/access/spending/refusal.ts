/** What the client is told of a limit that held: which one, what was found, and when it opens. */
import { microUsd } from '../../kernel/money.ts'
import { type Instant, later, SECOND } from '../../kernel/time.ts'
import { type CapAmount, type CapInForce, type LimitState, type ReachedLimit, WARNING_SHARE } from '../limits.ts'
import { type Account, opensAt as openingOf, reservedOf } from './account.ts'

export type Refused = {
  readonly kind: 'refused'
  readonly limit: ReachedLimit
  /** What stands against the cap: requests, tokens or micro-dollars, used and held. */
  readonly found: CapAmount
  readonly opensAt: Instant
  /** The sentence for the client. */
  readonly message: string
  /** The cap may have room, and this process's share of it has none: `refill` may help, once. */
  readonly isShort: boolean
}

/**
 * reached: nothing is left · dry: other processes hold what is left · short: more may be had · slow: more may be had,
 * later · away: the database is not there to ask.
 */
export type Why = 'reached' | 'dry' | 'short' | 'slow' | 'away'

export function refusalOf(held: {
  account: Account
  cap: CapInForce
  amount: bigint
  found: bigint
  now: Instant
  why: Why
}): Refused {
  const { account, cap, amount, found, now, why } = held
  const { scope, name } = account
  // When only requests under way, or other processes, stand in the way, what they do not use comes free soon.
  const isSoon = why !== 'reached' || found - reservedOf(account, cap) + amount <= cap.most
  const opensAt = isSoon && cap.period !== 'minute' ? later(now, SECOND) : openingOf(account, cap, amount, now)
  return {
    kind: 'refused',
    limit: { scope, name, kind: cap.kind, cap: amountFor(cap, cap.most) },
    found: amountFor(cap, found),
    opensAt: why === 'reached' ? opensAt : later(now, SECOND),
    message: `${WHOSE[scope](name)} ${sentenceOf(held)}${REASONS[why]} Try again after ${why === 'reached' ? opensAt : later(now, SECOND)}, or raise its limit.`,
    isShort: why === 'short' || why === 'slow',
  }
}

/** Amounts as they are shown: money in micro-dollars, the others as numbers. */
export const amountFor = ({ measure }: Pick<CapInForce, 'measure'>, amount: bigint): CapAmount =>
  measure === 'cost' ? microUsd(amount) : Number(amount)

export function stateAt(used: bigint, most: bigint): LimitState {
  if (used >= most) return 'reached'
  return used * 100n >= most * BigInt(WARNING_SHARE * 100) ? 'near' : 'ok'
}

const WHOSE: Readonly<Record<ReachedLimit['scope'], (name: string) => string>> = {
  organisation: () => 'This installation',
  team: (name) => `The team ${name}`,
  key: () => 'This key',
  application: (name) => `The application ${name}`,
  release: (name) => `The release ${name}`,
  model: (name) => `The model ${name}`,
}

const REASONS: Readonly<Record<Why, string>> = {
  reached: '',
  short: ' What is left is held by other processes.',
  dry: ' What is left is held by other processes.',
  slow: ' The database that shares the limit out has not answered yet.',
  away: ' The database that shares the limit out is away.',
}

function sentenceOf({
  account,
  cap,
  amount,
  found,
}: {
  account: Account
  cap: CapInForce
  amount: bigint
  found: bigint
}) {
  const { measure, period, most } = cap
  if (measure === 'concurrent') return `may have ${counted(most, 'request')} under way at once and has ${found}.`
  const held = reservedOf(account, cap)
  if (measure === 'cost') {
    const beside = period === 'minute' ? '' : `${dollars(held)} is held by requests under way, and `
    return `may spend ${dollars(most)} a ${period}; ${dollars(found - held)} is spent, ${beside}this one may cost ${dollars(amount)}.`
  }
  if (measure === 'tokens')
    return `may take ${counted(most, 'token')} a ${period} and has taken ${found}; this request may take ${amount}.`
  return `may make ${counted(most, 'request')} a ${period} and has made ${found}.`
}

const counted = (amount: bigint, what: string): string => `${amount} ${amount === 1n ? what : `${what}s`}`

const dollars = (pico: bigint): string => {
  const micro = pico / 1_000_000n
  const fraction = (micro % 1_000_000n)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '')
  return `$${micro / 1_000_000n}.${fraction}`
}
