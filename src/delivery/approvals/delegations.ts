/** Duties that are lent: by who holds them, to one other person, until a day, and never so that nobody checks. */
import type { ActorId, Duty } from '../../core/actor.ts'
import { dutiesOf, means } from '../../core/duties.ts'
import { Failure } from '../../kernel/failure.ts'
import { DAY, later } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { Delegation, DelegationId } from './approval.ts'
import type { ApprovalsDeps } from './deps.ts'
import { forbiddenBeside, holdingsOf } from './quorum.ts'
import type { Signer } from './served.ts'
import { addDelegation, endDelegation, findDelegation, listDelegations } from './store.ts'

export function createDelegations(deps: ApprovalsDeps) {
  const { db, clock, newId, organisation, nameOf, record, publish } = deps

  async function find(id: DelegationId): Promise<Delegation> {
    const found = await findDelegation(db, id)
    if (!found) throw new Failure('unknown', 'delivery.delegation-unknown', `There is no delegation ${id}.`)
    return found
  }

  return {
    find,
    of: (reader: Database | Tx, application: string) => listDelegations(reader, { organisation, application }),
    list: (application: string | undefined) => listDelegations(db, { organisation, application }),

    async lend(given: {
      application: string
      duty: Duty
      to: ActorId
      reason: string
      days: number
      by: Signer
    }): Promise<Delegation> {
      const { application, duty, to, reason, days, by } = given
      const duties = dutiesOf(await deps.documentsOf(application))
      if (!means(duties[duty], { id: by.actor, name: by.name }))
        throw new Failure(
          'forbidden',
          'delivery.duty-not-yours',
          `${duty} of ${application} is held by ${duties[duty] ?? 'nobody'}; only the holder lends it.`,
        )
      const [now, name] = [clock(), nameOf(to)]
      if (to === by.actor)
        throw new Failure('invalid', 'delivery.duty-held', 'to: this is you, and you hold the duty already.')
      const delegations = await listDelegations(db, { organisation, application })
      const beside = forbiddenBeside(duty, holdingsOf({ id: to, name }, { duties, delegations, nameOf, now }))
      if (beside)
        throw new Failure(
          'forbidden',
          'delivery.duties-overlap',
          `${name} holds ${beside}, which checks ${duty}. Lend it to somebody else.`,
        )
      const until = later(now, days * DAY)
      const delegation: Delegation = {
        id: newId('del'),
        organisation,
        application,
        duty,
        from: by.actor,
        to,
        reason,
        at: now,
        until,
        endedAt: null,
      }
      await inTransaction(db, async (tx) => {
        await addDelegation(tx, delegation)
        const entry = { subject: delegation.id, application, detail: { duty, to, until, reason } }
        await record(tx, { actor: by.actor, action: 'delivery.duty-lend', ...entry })
      })
      publish({ topic: 'approval', id: delegation.id, application })
      return delegation
    },

    async end({ id, by }: { id: DelegationId; by: ActorId }): Promise<Delegation> {
      const delegation = await find(id)
      if (delegation.from !== by && delegation.to !== by)
        throw new Failure(
          'forbidden',
          'delivery.duty-not-yours',
          'Only who lent it, or to whom it was lent, ends this.',
        )
      if (delegation.endedAt !== null) return delegation
      const endedAt = clock()
      const { application, duty } = delegation
      await inTransaction(db, async (tx) => {
        await endDelegation(tx, id, endedAt)
        await record(tx, { actor: by, action: 'delivery.duty-return', subject: id, application, detail: { duty } })
      })
      publish({ topic: 'approval', id, application })
      return { ...delegation, endedAt }
    },
  }
}
