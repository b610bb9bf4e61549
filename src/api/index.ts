/** The control API's own pieces, and the port. */
export { apiRoutes, type Readiness } from './contract.ts'
export { answeredAt } from './elsewhere.ts'
export type { Health } from './http.ts'
export { type ApiListener, type ApiListenerDeps, createApiListener } from './listener.ts'
export { apiMigrations } from './migrations.ts'
export { forgetAnswers, own as apiTables } from './store.ts'
export { findUnguarded, type Unguarded } from './walk-routes.ts'
