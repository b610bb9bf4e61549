/**
 * Privacy: a copy of what is kept about a person, and its deletion.
 *
 * Invariants: nothing is deleted that was not listed first and confirmed by a person; a deletion that was confirmed is
 * done to its end, whatever crashes in between; its receipt holds no personal data; while a back-up may bring the data
 * back, the deletion is known outside the database and is done again.
 */
import type { DataSubject, Sought } from '../core/data-subject.ts'
import { Failure } from '../kernel/failure.ts'
import { DAY, later } from '../kernel/time.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { Holding, PersonalPlace } from '../store/personal-data.ts'
import { type Caller, demandApplication } from '../wire/caller.ts'
import { page } from '../wire/route.ts'
import type { Deletion, DeletionId, Retention, SignedReceipt } from './contract.ts'
import { createDeleter } from './delete.ts'
import type { PrivacyDeps } from './deps.ts'
import { createInForce } from './in-force.ts'
import { keptList } from './kept-list.ts'
import { createRetention } from './retention.ts'
import { type DeletionRow, shownDeletion } from './rows.ts'
import { addDeletion, changeDeletion, findDeletion, listDeletionRows } from './store.ts'
import { createSubjects } from './subject.ts'
import { tallyOf } from './tally.ts'

const LIST = 'privacy.list'
const DELETE = 'privacy.delete'

export type Privacy = ReturnType<typeof createPrivacy>

/** Registers its jobs, so it is called before `jobs.start()`. */
export function createPrivacy(deps: PrivacyDeps) {
  const { db, jobs, clock, newId, organisation, places, record, publish, systemActor } = deps
  const subjects = createSubjects(deps)
  const kept = keptList(deps.keptList)
  const deleter = createDeleter({ ...deps, subjects, kept })
  const retention = createRetention(deps)
  const inForce = createInForce({ ...deps, kept, enqueue: (tx, id) => enqueue(tx, DELETE, id, `${id} ${clock()}`) })
  jobs.handle(DELETE, deleter.run)
  jobs.handle(LIST, async ({ job, signal }) => {
    const row = await demand(job.input.deletion as DeletionId)
    if (row.state !== 'listing' || row.sealed === null) return
    const { holdings } = await soughtNow(subjects.open(row.sealed, row.id))
    const found = await tallyOf(holdings, signal)
    await changeDeletion(db, row.id, ['listing'], { state: 'proposed', found })
    tell(row.id)
  })

  const tell = (id: DeletionId) => publish({ topic: 'deletion', id, application: null })

  async function demand(id: DeletionId): Promise<DeletionRow> {
    const row = await findDeletion(db, id)
    if (row?.organisation === organisation) return row
    throw new Failure(
      'unknown',
      'privacy.deletion-unknown',
      `There is no deletion ${id}. List them to see those there are.`,
    )
  }

  /** Everything that is kept about a person at this moment, place by place. */
  async function soughtNow(subject: DataSubject) {
    await deps.settle()
    const before = clock()
    const sought: Sought = { ...subject, before, traces: new Set<string>() }
    const traces = new Set(await deps.traceIdsOf(sought))
    return { before, holdings: holdingsOf(places, { ...sought, traces }) }
  }

  const enqueue = (tx: Tx, kind: string, id: DeletionId, key: string) =>
    jobs.enqueue(tx, { organisation, kind, key, input: { deletion: id } })

  return {
    /** Yields what is kept, each with its place. */
    async export(subject: DataSubject, caller: Caller) {
      demandWhole(caller)
      const { before, holdings } = await soughtNow(subject)
      const marks = subjects.marksOf(subject)
      await inTransaction(db, (tx) =>
        record(tx, {
          actor: caller.actor,
          action: 'privacy.export',
          subject: marks.user ?? 'identifiers',
          detail: marks,
        }),
      )
      return { at: before, subject: marks, holdings }
    },

    async propose(subject: DataSubject, caller: Caller): Promise<Deletion> {
      demandWhole(caller)
      const id = newId('del')
      const row: DeletionRow = {
        id,
        organisation,
        state: 'listing',
        subject: subjects.marksOf(subject),
        found: [],
        counts: {},
        proposedBy: caller.actor,
        proposedAt: clock(),
        confirmedBy: null,
        confirmedAt: null,
        finishedAt: null,
        inForceUntil: null,
        error: null,
        sealed: subjects.close(subject, id),
        receipt: null,
      }
      await inTransaction(db, async (tx) => {
        await addDeletion(tx, row)
        await enqueue(tx, LIST, id, id)
        await record(tx, { actor: caller.actor, action: 'privacy.propose-deletion', subject: id, detail: row.subject })
      })
      return shownDeletion(row)
    },

    async confirm(id: DeletionId, caller: Caller): Promise<Deletion> {
      demandWhole(caller)
      const row = await demand(id)
      const now = clock()
      const change = {
        state: 'running' as const,
        confirmedBy: caller.actor,
        confirmedAt: now,
        inForceUntil: later(now, deps.backupDays * DAY),
        error: null,
      }
      await inTransaction(db, async (tx) => {
        if (!(await changeDeletion(tx, id, ['proposed', 'failed'], change)))
          throw new Failure(
            'conflict',
            'privacy.not-proposed',
            row.state === 'listing'
              ? `What ${id} would delete is still being looked for. Ask again in a moment.`
              : `The deletion ${id} is ${row.state}; only one that is proposed can be confirmed.`,
          )
        await enqueue(tx, DELETE, id, `${id} ${now}`)
        await record(tx, { actor: caller.actor, action: 'privacy.confirm-deletion', subject: id, detail: row.subject })
      })
      await kept.keep({ ...row, ...change })
      tell(id)
      return shownDeletion({ ...row, ...change })
    },

    async withdraw(id: DeletionId, caller: Caller): Promise<Deletion> {
      demandWhole(caller)
      const row = await demand(id)
      const change = { state: 'withdrawn' as const, sealed: null, finishedAt: clock() }
      await inTransaction(db, async (tx) => {
        if (!(await changeDeletion(tx, id, ['listing', 'proposed'], change)))
          throw new Failure(
            'conflict',
            'privacy.not-proposed',
            `The deletion ${id} is ${row.state} and cannot be withdrawn.`,
          )
        await record(tx, { actor: caller.actor, action: 'privacy.withdraw-deletion', subject: id })
      })
      tell(id)
      return shownDeletion({ ...row, ...change })
    },

    async list({ cursor, limit }: { cursor?: string | undefined; limit: number }, caller: Caller) {
      demandWhole(caller)
      const rows = await listDeletionRows(db, {
        organisation,
        before: cursor as DeletionId | undefined,
        limit: limit + 1,
      })
      return page(rows.map(shownDeletion), limit, ({ id }) => id)
    },

    async get(id: DeletionId, caller: Caller): Promise<Deletion> {
      demandWhole(caller)
      return shownDeletion(await demand(id))
    },

    async receipt(id: DeletionId, caller: Caller): Promise<SignedReceipt> {
      demandWhole(caller)
      const { receipt, state } = await demand(id)
      if (receipt) return receipt
      throw new Failure(
        'conflict',
        'privacy.no-receipt',
        `The deletion ${id} is ${state}; it has a receipt when it is done.`,
      )
    },

    /** Does the deletions in force again; returns how many. */
    async reapply(caller: Caller): Promise<number> {
      demandWhole(caller)
      await inForce.recover()
      return inForce.doAgain()
    },

    async retention(caller: Caller): Promise<Retention[]> {
      const all = await retention.list()
      return caller.application === null ? all : all.filter(({ application }) => application === caller.application)
    },

    async enforceRetention(caller: Caller): Promise<Retention[]> {
      demandWhole(caller)
      return retention.enforce(caller.actor)
    },

    /**
     * At each start and once a day: what a restored back-up brought back goes again, as does what came late, from a
     * process that was down; what no back-up can bring back any more is forgotten; old data goes.
     */
    async daily(): Promise<void> {
      await inForce.recover()
      await inForce.doLateAgain()
      await inForce.forgetOld()
      await retention.enforce(systemActor)
    },
  }
}

/** All places, each with what it holds. */
async function* holdingsOf(
  places: readonly PersonalPlace[],
  sought: Sought,
): AsyncGenerator<Holding & { place: string }> {
  for (const place of places) for await (const holding of place.find(sought)) yield { place: place.name, ...holding }
}

/** A person's data lies in all applications. */
function demandWhole(caller: Caller): void {
  if (caller.application === null) return
  demandApplication(caller, '')
}
