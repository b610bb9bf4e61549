export { createFindings, type Findings, type FindingsDeps } from './findings.ts'
export { findingsHttp } from './http.ts'
export { findingsMigrations } from './migrations.ts'
export { own as findingsTables } from './store.ts'
