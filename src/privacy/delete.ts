/** The job that deletes: place by place, each as often as it takes, then the receipt over what went and what stays. */
import type { Sought } from '../core/data-subject.ts'
import { canonicalJson } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { inTransaction } from '../store/database.ts'
import type { JobRun } from '../store/jobs.ts'
import type { Holding } from '../store/personal-data.ts'
import type { DeletionId, Receipt, Tally } from './contract.ts'
import type { PrivacyDeps } from './deps.ts'
import type { KeptList } from './kept-list.ts'
import { type DeletionRow, keyOfCount, shownDeletion } from './rows.ts'
import { addCount, changeDeletion, findDeletion } from './store.ts'
import type { createSubjects } from './subject.ts'
import { tallyOf } from './tally.ts'

export const RECEIPT_TYPE = 'application/vnd.airworthy.deletion-receipt+json'

type Deps = Pick<
  PrivacyDeps,
  'db' | 'clock' | 'places' | 'settle' | 'traceIdsOf' | 'publish' | 'record' | 'elsewhere' | 'seal' | 'systemActor'
> & {
  readonly subjects: ReturnType<typeof createSubjects>
  readonly kept: KeptList
}

export function createDeleter(deps: Deps) {
  const { db, clock, places, publish, subjects, kept } = deps

  return {
    async run(run: JobRun): Promise<void> {
      const id = run.job.input.deletion as DeletionId
      const row = await findDeletion(db, id)
      if (!row?.sealed || !row.confirmedAt || !['running', 'done'].includes(row.state)) return
      const subject = subjects.open(row.sealed, id)
      try {
        await run.step('settle', deps.settle)
        const unmarked: Sought = { ...subject, before: row.confirmedAt, traces: new Set() }
        const traces = new Set(await run.step('find traces', () => deps.traceIdsOf(unmarked)))
        const sought = { ...unmarked, traces }
        for (const [done, place] of places.entries()) {
          await run.progress(done, places.length, place.name)
          await run.step(place.name, async () => {
            await place.remove?.(sought, (tx, fate, count) =>
              count === 0 ? Promise.resolve() : addCount(tx, { id, key: keyOfCount(place.name, fate), count }),
            )
          })
        }
        await run.progress(places.length, places.length, 'looks whether anything is left')
        await finish(row, await leftOf(sought, run.signal))
      } catch (thrown) {
        if (thrown instanceof Failure && row.state === 'running')
          await changeDeletion(db, id, ['running'], { state: 'failed', error: thrown.message })
        throw thrown
      } finally {
        publish({ topic: 'deletion', id, application: null })
      }
    },
  }

  /** What stays, all of which must be meant to. */
  async function leftOf(sought: Sought, signal: AbortSignal): Promise<Tally[]> {
    async function* left(): AsyncGenerator<Holding & { place: string }> {
      for (const place of places)
        for await (const holding of place.find(sought)) yield { place: place.name, ...holding }
    }
    const tallies = await tallyOf(left(), signal)
    const [forgotten] = tallies.filter(({ fate }) => fate !== 'keep')
    if (forgotten)
      throw new Failure(
        'unavailable',
        'privacy.not-all-gone',
        `${forgotten.count} in ${forgotten.place} could not be taken out. Look at the server's log, then confirm the deletion again.`,
      )
    return tallies
  }

  async function finish(row: DeletionRow, left: Tally[]): Promise<void> {
    const { id, confirmedAt, confirmedBy, inForceUntil } = row
    const now = await findDeletion(db, id)
    if (!now || !confirmedAt || !confirmedBy || !inForceUntil) return
    const { organisation, subject, proposedBy, proposedAt, deleted } = shownDeletion(now)
    const receipt: Receipt = {
      schema: 'airworthy.deletion-receipt/1',
      id,
      organisation,
      subject,
      proposedBy,
      proposedAt,
      confirmedBy,
      confirmedAt,
      finishedAt: now.finishedAt ?? clock(),
      deleted,
      kept: left,
      elsewhere: [...deps.elsewhere],
      backupsUntil: inForceUntil,
    }
    const signed = { receipt, envelope: await deps.seal(RECEIPT_TYPE, Buffer.from(canonicalJson(receipt), 'utf8')) }
    const change = { state: 'done' as const, finishedAt: receipt.finishedAt, receipt: signed, error: null }
    const isFirst = now.state === 'running'
    await inTransaction(db, async (tx) => {
      await changeDeletion(tx, id, ['running', 'done'], change)
      if (!isFirst) return
      const detail = { deleted, kept: left.map(({ place, count }) => ({ place, count })) }
      await deps.record(tx, { actor: confirmedBy, action: 'privacy.delete', subject: id, detail })
    })
    await kept.keep({ ...now, ...change })
  }
}
