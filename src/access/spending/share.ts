/**
 * How processes divide a cap. Each holds a share of it and lets nothing through beyond that; the shares and what is
 * written down never pass the cap together, so the cap holds however many processes there are.
 *
 * A share is taken ahead of need, by how much went through lately, and given back when it is not used. What a process
 * holds ahead is at most one **slice**, so that is the most that is out of reach of the others, and the most by which
 * a cap can be passed when a process dies with what it did not write down.
 */
import type { CapInForce } from '../limits.ts'

/** The part of a cap that a process may hold ahead of need. */
const SLICE_PARTS = 20n
/** What is left of a cap is not taken by one alone. */
const LEFT_PARTS = 4n

export type Share = {
  /** What this process may use beyond what it has written down. */
  share: bigint
  /** Let through since the last time. */
  flow: bigint
  /** Held ahead of need. */
  ahead: bigint
  /** What requests that wait have asked for since the last time. */
  short: bigint
  /** The same of the time before: those requests may be about to take it. */
  shortBefore: bigint
  /** The others held so much that nothing was to be had; asking again before then is of no use. */
  dryUntilMs: number
  /** Let through beyond the share and not written down in time since; one slice at most while the database is slow. */
  overdrawn: bigint
  /** This process's part of what nobody held when the database last answered; undefined before it did. */
  left: bigint | undefined
  /** Whether the database has a row of it. */
  isKept: boolean
}

export const newShare = (): Share => ({
  share: 0n,
  flow: 0n,
  ahead: 0n,
  short: 0n,
  shortBefore: 0n,
  dryUntilMs: 0,
  overdrawn: 0n,
  left: undefined,
  isKept: false,
})

/** At least one of whatever is counted. */
export const sliceOf = ({ most }: Pick<CapInForce, 'most'>): bigint => (most + SLICE_PARTS - 1n) / SLICE_PARTS

/** How much to hold ahead: twice what went through since the last time; when nothing does, less and soon nothing. */
export function aheadOf({ flow, ahead }: Pick<Share, 'flow' | 'ahead'>, slice: bigint): bigint {
  const wanted = flow * 2n > ahead / 2n ? flow * 2n : ahead / 2n
  if (flow === 0n && wanted * 4n < slice) return 0n
  return wanted < slice ? wanted : slice
}

export type Wish = {
  readonly most: bigint
  /** Written down by everybody; nothing for what is not of the calendar. */
  readonly written: bigint
  /** Shares of the others. */
  readonly others: bigint
  /** The share that this process has. */
  readonly holds: bigint
  /** In use, and not to be taken away. */
  readonly held: bigint
  /** What requests asked for and did not get. */
  readonly short: bigint
  readonly ahead: bigint
}

/** The share that a process gets. What is in use it keeps, also when a cap was lowered below it. */
export function shareFor({ most, written, others, holds, held, short, ahead }: Wish): bigint {
  const want = held + short + ahead
  const room = most - written - others - holds
  if (room < 0n) return larger(held, smaller(want, holds + room))
  if (want <= holds) return want
  const more = smaller(want - holds, larger(held + short - holds, room / LEFT_PARTS))
  return holds + smaller(more, room)
}

export const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other)
export const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other)
