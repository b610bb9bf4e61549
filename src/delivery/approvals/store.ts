/** SQL of approvals, their signatures, the views against them, and delegations. */
import type { ActorId } from '../../core/actor.ts'
import type { ReleaseId } from '../../core/release.ts'
import type { Instant } from '../../kernel/time.ts'
import { type Database, json, type Tx, tablesOf } from '../../store/database.ts'
import { Approval, type ApprovalId, Delegation, type DelegationId, DisconfirmingView, Signature } from './approval.ts'

export const own = tablesOf({
  approvals: Approval,
  approvalSignatures: Signature,
  approvalViews: DisconfirmingView,
  delegations: Delegation,
})

type Reader = Database | Tx

export async function addApproval(tx: Tx, approval: Approval): Promise<void> {
  const { quorum, authors } = approval
  await own(tx)
    .insertInto('approvals')
    .values({ ...approval, quorum: json(quorum), authors: json(authors) })
    .execute()
}

export const findApproval = (db: Reader, id: ApprovalId): Promise<Approval | undefined> =>
  own(db).selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst()

/** The approval, with others kept from signing until the transaction ends. */
export const lockApproval = (tx: Tx, id: ApprovalId): Promise<Approval | undefined> =>
  own(tx).selectFrom('approvals').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

export const changeApproval = async (
  tx: Tx,
  id: ApprovalId,
  change: Partial<Pick<Approval, 'state' | 'until' | 'endedAt' | 'evidence' | 'remindedAt'>>,
): Promise<void> => {
  await own(tx).updateTable('approvals').set(change).where('id', '=', id).execute()
}

export type ApprovalFilter = {
  organisation: string
  application?: string | undefined
  release?: ReleaseId | undefined
  state?: Approval['state'] | undefined
}

/** Newest first. */
export function listApprovals(
  db: Reader,
  { organisation, application, release, state }: ApprovalFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Approval[]> {
  let query = own(db).selectFrom('approvals').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (release !== undefined) query = query.where('release', '=', release)
  if (state !== undefined) query = query.where('state', '=', state)
  if (cursor !== undefined) query = query.where('id', '<', cursor as ApprovalId)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

export const addSignature = async (tx: Tx, signature: Signature): Promise<void> => {
  await own(tx)
    .insertInto('approvalSignatures')
    .values({ ...signature, duties: json(signature.duties) })
    .execute()
}

export const listSignatures = (db: Reader, ids: readonly ApprovalId[]): Promise<Signature[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : own(db).selectFrom('approvalSignatures').selectAll().where('approval', 'in', ids).orderBy('id').execute()

export const addView = async (tx: Tx, view: DisconfirmingView): Promise<void> => {
  await own(tx).insertInto('approvalViews').values(view).execute()
}

export const listViews = (db: Reader, ids: readonly ApprovalId[]): Promise<DisconfirmingView[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : own(db).selectFrom('approvalViews').selectAll().where('approval', 'in', ids).orderBy('id').execute()

export const addDelegation = async (tx: Tx, delegation: Delegation): Promise<void> => {
  await own(tx).insertInto('delegations').values(delegation).execute()
}

export const findDelegation = (db: Reader, id: DelegationId): Promise<Delegation | undefined> =>
  own(db).selectFrom('delegations').selectAll().where('id', '=', id).executeTakeFirst()

export const endDelegation = async (tx: Tx, id: DelegationId, endedAt: Instant): Promise<void> => {
  await own(tx).updateTable('delegations').set({ endedAt }).where('id', '=', id).execute()
}

/** Newest first; all of an application are few. */
export function listDelegations(
  db: Reader,
  {
    organisation,
    application,
    to,
  }: { organisation: string; application?: string | undefined; to?: ActorId | undefined },
): Promise<Delegation[]> {
  let query = own(db).selectFrom('delegations').selectAll().where('organisation', '=', organisation)
  if (application !== undefined) query = query.where('application', '=', application)
  if (to !== undefined) query = query.where('to', '=', to)
  return query.orderBy('id', 'desc').limit(1000).execute()
}
