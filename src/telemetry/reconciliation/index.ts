/** Our records beside a provider's own export. */
export { reconciliationHttp } from './http.ts'
export { createReconcile } from './reconcile.ts'
