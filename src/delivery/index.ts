export {
  type Approvals,
  type ApprovalsDeps,
  approvalMigrations,
  approvalSection,
  approvalsHttp,
  approvalsPlace,
  approvalTables,
  createApprovals,
} from './approvals/index.ts'
export { decisionTables } from './decisions/index.ts'
export { createDelivery, type Delivery } from './delivery.ts'
export type { DeliveryDeps, Resolve, Template } from './deps.ts'
export { decisionsOf, dossierSectionsOf } from './dossier-sections.ts'
export { explanationsHttp } from './explanations/index.ts'
export { deliveryHttp } from './http.ts'
export { deliveryMigrations } from './migrations.ts'
export { rolloutDoors } from './rollout-doors.ts'
export {
  createCanaryProducer,
  createDrill,
  createForecasts,
  rolloutTables,
  type Traffic,
} from './rollouts/index.ts'
export type { ServedApplication, ServedRelease, ServedRollout } from './served.ts'
export { own as deliveryTables } from './store.ts'
