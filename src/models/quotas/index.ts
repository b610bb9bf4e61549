/** Quotas of providers. */
export { type Counted, NEARLY_USED, type Per, type Quota } from './contract.ts'
export { quotasHttp } from './http.ts'
export { createQuotas, type Quotas } from './quotas.ts'
export { quotaTables } from './store.ts'
