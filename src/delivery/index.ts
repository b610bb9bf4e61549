export {
  type Approvals,
  approvalMigrations,
  approvalsHttp,
  approvalTables,
  createApprovals,
} from './approvals/index.ts'
export { createDelivery, type Delivery } from './delivery.ts'
export type { DeliveryDeps, Resolve, Template } from './deps.ts'
export { deliveryHttp } from './http.ts'
export { deliveryMigrations } from './migrations.ts'
export { rolloutTables } from './rollouts/index.ts'
export type { ServedApplication, ServedRelease, ServedRollout } from './served.ts'
export { own as deliveryTables } from './store.ts'
