/** Approvals as they are shown: with what was signed and said, what is missing, and whether the asker may sign. */
import type { ActorId } from '../../core/actor.ts'
import { dutiesOf } from '../../core/duties.ts'
import type { Approval } from './approval.ts'
import type { ServedApproval } from './contract.ts'
import type { ApprovalsDeps } from './deps.ts'
import { holdingsOf, lacksOutsider, missingLines } from './quorum.ts'
import { listDelegations, listSignatures, listViews } from './store.ts'

export type Signer = { readonly actor: ActorId; readonly name: string }

export function createServing({ db, clock, organisation, documentsOf, nameOf }: ApprovalsDeps) {
  async function many(approvals: readonly Approval[], asking?: Signer): Promise<ServedApproval[]> {
    const ids = approvals.map(({ id }) => id)
    const [signatures, views] = [await listSignatures(db, ids), await listViews(db, ids)]
    const delegations = await listDelegations(db, { organisation })
    const documents = new Map<string, Awaited<ReturnType<typeof documentsOf>>>()
    for (const { application } of approvals)
      if (!documents.has(application)) documents.set(application, await documentsOf(application))
    return approvals.map((approval) => {
      const { id, application, quorum, state, until, authors, solo, coolsUntil } = approval
      const own = signatures.filter((one) => one.approval === id)
      const duties = dutiesOf(documents.get(application) ?? {})
      const now = clock()
      const isOpen = state === 'asked' && until > now
      return {
        ...approval,
        signatures: own,
        views: views.filter((one) => one.approval === id),
        missing: missingLines(approval, own),
        lacksOutsider: lacksOutsider(approval, own),
        holders: [...new Set(quorum.flat())].map((duty) => ({ duty, holder: duties[duty] ?? null })),
        yours: asking !== undefined && isOpen && maySign(asking),
      }

      function maySign({ actor, name }: Signer): boolean {
        const isAuthor = authors.includes(actor)
        if ((isAuthor && !solo) || own.some(({ by }) => by === actor)) return false
        if (isAuthor && coolsUntil !== null && coolsUntil > now) return false
        if (solo) return true
        const lent = delegations.filter((one) => one.application === application)
        return holdingsOf({ id: actor, name }, { duties, delegations: lent, nameOf, now }).length > 0
      }
    })
  }

  return {
    many,
    async one(approval: Approval, asking?: Signer): Promise<ServedApproval> {
      const [served] = await many([approval], asking)
      if (!served) throw new Error('One approval is served as one.')
      return served
    },
  }
}
