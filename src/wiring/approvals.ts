/** Approvals: what people sign together, counted into evidence. */
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import {
  type ApprovalsDeps,
  approvalSection,
  approvalsHttp,
  approvalsPlace,
  createApprovals,
  type Delivery,
} from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'

type Deps = Pick<ApprovalsDeps, 'db' | 'clock' | 'newId' | 'organisation' | 'record' | 'publish'> & {
  readonly access: Access
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
}

export function wireApprovals(deps: Deps) {
  const { access, delivery, evidence } = deps
  const approvals = createApprovals({
    ...deps,
    catalogue: delivery.catalogue,
    recordEvidence: evidence.record,
    judge: delivery.gates.judge,
    documentsOf: async (name) => (await delivery.getApplication(name)).documents,
    nameOf: (actor) => access.getActor(actor).name,
    spendingOf(name) {
      const { cost, limits } = access.limits.status(name as Name)
      return { month: cost.month, spentMicroUsd: cost.spentMicroUsd, capMicroUsd: limits.costMicroUsdPerMonth }
    },
  })
  const applicationOf = async (id: Parameters<typeof delivery.getRelease>[0]) =>
    (await delivery.getRelease(id)).application
  return {
    approvals,
    http: approvalsHttp(approvals, { applicationOf, clock: deps.clock }),
    sections: [approvalSection(approvals)],
    personalPlaces: [approvalsPlace(deps.db, deps.organisation)],
  }
}
