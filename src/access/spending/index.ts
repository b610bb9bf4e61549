export { limitsHttp } from './http.ts'
export type { Reservation, Reserve, ReserveAsk } from './limiter.ts'
export { createSpending, type Spending } from './spending.ts'
export { listSetLimits, own as limitTables } from './store.ts'
