/** Deletions in force: found again after a restore, done again for what came late, forgotten when no back-up has the data. */

import { DAY, later } from '../kernel/time.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { DeletionId } from './contract.ts'
import type { PrivacyDeps } from './deps.ts'
import type { KeptList } from './kept-list.ts'
import type { DeletionRow } from './rows.ts'
import { addDeletion, changeDeletion, findDeletion, listSealed } from './store.ts'

/** A proposal that nobody confirms knows a person by name, so it does not wait for ever. */
const PROPOSED_MS = 7 * DAY
/** How late a line may come from a process that was down, to be looked for by itself. */
const LATE_MS = 2 * DAY

export function createInForce({
  db,
  clock,
  organisation,
  record,
  systemActor,
  kept,
  enqueue,
}: Pick<PrivacyDeps, 'db' | 'clock' | 'organisation' | 'record' | 'systemActor'> & {
  readonly kept: KeptList
  /** Adds the job that deletes, in the caller's transaction. */
  readonly enqueue: (tx: Tx, id: DeletionId) => Promise<unknown>
}) {
  /** What the database does not know of, because it comes from before, is added and done. */
  async function recover(): Promise<void> {
    for (const row of await kept.read()) {
      if (row.sealed === null) continue
      await inTransaction(db, async (tx) => {
        const there = await findDeletion(tx, row.id)
        if (there && there.confirmedAt !== null) return
        const change = { ...row, state: 'running' as const, finishedAt: null }
        if (there) await changeDeletion(tx, row.id, [there.state], change)
        else await addDeletion(tx, { ...change, counts: {}, receipt: null })
        await enqueue(tx, row.id)
        const detail = { why: 'The database comes from before this deletion.' }
        await record(tx, { actor: systemActor, action: 'privacy.recover-deletion', subject: row.id, detail })
      })
    }
  }

  async function again(isMeant: (row: DeletionRow) => boolean): Promise<number> {
    const rows = (await listSealed(db, organisation)).filter((row) => row.state === 'done' && isMeant(row))
    for (const { id } of rows) await inTransaction(db, (tx) => enqueue(tx, id))
    return rows.length
  }

  async function forgetOld(): Promise<void> {
    const now = clock()
    for (const row of await listSealed(db, organisation)) {
      const isOver = row.state === 'done' && row.inForceUntil !== null && row.inForceUntil <= now
      const isStale = ['listing', 'proposed'].includes(row.state) && later(row.proposedAt, PROPOSED_MS) <= now
      if (isOver) await kept.keep({ ...row, sealed: null })
      if (isOver || isStale)
        await changeDeletion(db, row.id, [row.state], { state: isStale ? 'expired' : 'done', sealed: null })
    }
  }

  return {
    recover,
    forgetOld,
    /** All of them; returns how many. */
    doAgain: () => again(({ inForceUntil }) => inForceUntil !== null && inForceUntil > clock()),
    doLateAgain: () => again(({ confirmedAt }) => confirmedAt !== null && confirmedAt > later(clock(), -LATE_MS)),
  }
}
