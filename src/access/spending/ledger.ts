/** One write: what was used, by addition, and then, while nobody else takes any, the shares that are asked for. */
import { microUsd, picoOf } from '../../kernel/money.ts'
import { epochMs, type Instant, instantOf } from '../../kernel/time.ts'
import type { Tx } from '../../store/database.ts'
import type { Lease } from '../limits.ts'
import { type Amounts, dayOf } from './account.ts'
import type { Late } from './left-over.ts'
import {
  addUsage,
  listLeases,
  listUsage,
  lockShares,
  removeLeases,
  saveCountedUntil,
  saveLeases,
  shrinkLeases,
  type Usage,
} from './store.ts'
import { accountId, type Dealt, divide, type Sync, UNRETURNED_MS, type Written } from './sync.ts'

export type Divided = {
  /** The shares of this process, in the order in which they were asked for. */
  readonly dealt: readonly Dealt[]
  /** What everybody has used of what was asked for, on this day and in its month. */
  readonly usage: readonly Usage[]
  readonly day: string
  /** The shares of everybody, before. */
  readonly there: readonly Lease[]
}

type Writing = {
  readonly organisation: string
  /** This process, since its start. */
  readonly holder: string
  /** This process, under the name that it has again after a restart. */
  readonly writer: string | undefined
  readonly hasOthers: boolean
  /** Of what is written, what an earlier process of this name had used. */
  readonly late: Late
  readonly now: Instant
}

/** undefined when no share was asked for. */
export async function writeSync(
  tx: Tx,
  sync: Sync,
  { organisation, holder, writer, hasOthers, late, now }: Writing,
): Promise<Divided | undefined> {
  // Before the rows of usage, so that two processes never wait for each other.
  if (hasOthers) await lockShares(tx, organisation)
  await addUsage(
    tx,
    sync.changes.map(({ account: { scope, name }, day, amounts: { requests, tokens, cost } }) => ({
      organisation,
      scope,
      name,
      day,
      requests: String(requests),
      tokens: String(tokens),
      spentMicroUsd: microUsd(cost),
    })),
  )
  if (writer !== undefined && sync.changes.length > 0) {
    await saveCountedUntil(tx, { organisation, writer, countedUntil: now })
    for (const [{ scope, name }, used] of late)
      await shrinkLeases(tx, { organisation, writer, holder, scope, name, used })
  }
  if (sync.asked.length === 0) return undefined
  const day = dayOf(now)
  const names = [...new Set(sync.asked.map(({ account }) => account.name))]
  const usage = await listUsage(tx, { organisation, day, names })
  const there = await listLeases(tx, organisation)
  const written: Written = new Map(usage.map((row) => [accountId(row), sumsOf(row)]))
  const dealt = divide(sync, { organisation, holder, now, written, leases: there })
  await saveLeases(
    tx,
    dealt.map(({ lease }) => lease),
  )
  await removeLeases(tx, { organisation, holder, endedBefore: instantOf(epochMs(now) - UNRETURNED_MS) })
  return { dealt, usage, day, there }
}

export const sumsOf = (row: Usage): { day: Amounts; month: Amounts } => ({
  day: { requests: BigInt(row.dayRequests), tokens: BigInt(row.dayTokens), cost: picoOf(row.dayMicroUsd) },
  month: { requests: BigInt(row.monthRequests), tokens: BigInt(row.monthTokens), cost: picoOf(row.monthMicroUsd) },
})
