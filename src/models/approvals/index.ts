/** Approvals of models, and the rules that they are held to. */
export { type Approvals, createApprovals, remoteModels } from './approvals.ts'
export { approvalsHttp } from './http.ts'
export { approvalMigrations } from './migrations.ts'
export { approvalProducer, termsPart } from './producer.ts'
export type { RuleFinding, UseContext } from './rule.ts'
export { approvalTables } from './store.ts'
export { wantedBy } from './wanted.ts'
