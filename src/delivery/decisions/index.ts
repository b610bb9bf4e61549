export { createDecisions, type Decisions } from './decisions.ts'
export { decisionMigrations } from './migrations.ts'
export { GateRecord, GateRecordId, Occasion } from './row.ts'
export { own as decisionTables } from './store.ts'
