/** Verbs of remarks: write one, decide on it. */
import type { ActorId } from '../../core/actor.ts'
import { blanked, mentions } from '../../core/data-subject.ts'
import { Failure } from '../../kernel/failure.ts'
import { inTransaction } from '../../store/database.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import { rowsPlace } from '../person-place.ts'
import type { Remark, RemarkId, RemarkOutcome } from './remark.ts'
import { addRemark, findRemark, listRemarks, saveRemark } from './store.ts'

export type RemarksDeps = Pick<GovernanceDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'>

const MOST_SHOWN = 1000
const MOST_SEARCHED = 100_000

export type Remarks = ReturnType<typeof createRemarks>

export function createRemarks({ db, clock, newId, organisation, record, publish }: RemarksDeps) {
  const tell = ({ id }: Remark) => publish({ topic: 'remark', id, application: null })

  return {
    list: (): Promise<Remark[]> => listRemarks(db, { organisation, limit: MOST_SHOWN }),

    async add({ about, says, by }: { about: string; says: string; by: ActorId }): Promise<Remark> {
      const remark: Remark = {
        ...{ id: newId('rmk'), organisation, about, says, createdAt: clock(), createdBy: by },
        ...{ outcome: null, reason: '', change: '', decidedAt: null, decidedBy: null },
      }
      await inTransaction(db, async (tx) => {
        await addRemark(tx, remark)
        await record(tx, { actor: by, action: 'governance.remark', subject: remark.id, detail: { about } })
      })
      tell(remark)
      return remark
    },

    /** A decision may be made anew; the audit log has them all. */
    async decide(given: {
      id: RemarkId
      outcome: RemarkOutcome
      reason: string
      change: string
      by: ActorId
    }): Promise<Remark> {
      const { id, outcome, reason, change, by } = given
      const found = await findRemark(db, id)
      if (found?.organisation !== organisation)
        throw new Failure('unknown', 'governance.remark-unknown', `There is no remark ${id}.`)
      if ((outcome === 'changed') !== (change !== ''))
        throw new Failure(
          'invalid',
          'governance.remark-change',
          outcome === 'changed'
            ? 'change: say what was changed, for example “policy use-of-ai version 3”.'
            : 'change: only an outcome of “changed” names a change.',
        )
      const remark: Remark = { ...found, outcome, reason, change, decidedAt: clock(), decidedBy: by }
      await inTransaction(db, async (tx) => {
        await saveRemark(tx, remark)
        await record(tx, { actor: by, action: 'governance.remark-decide', subject: id, detail: { outcome, change } })
      })
      tell(remark)
      return remark
    },

    personalPlaces: [
      rowsPlace({
        db,
        name: 'remarks',
        fate: 'replace',
        find: async (sought) =>
          (await listRemarks(db, { organisation, limit: MOST_SEARCHED })).filter(
            ({ about, says, reason, change, createdAt }) =>
              createdAt < sought.before && mentions(sought, [about, says, reason, change]),
          ),
        applicationOf: () => null,
        act: (tx, { about, says, reason, change, ...row }, sought) =>
          saveRemark(tx, { ...row, ...blanked({ about, says, reason, change }, sought) }),
      }),
    ],
  }
}
