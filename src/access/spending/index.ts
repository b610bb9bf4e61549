export { limitsHttp } from './http.ts'
export { MOST_REFILLS, type Reservation, type Reserve, type ReserveAsk } from './limiter.ts'
export { createSpending, type Spending } from './spending.ts'
export { listSetLimits, own as limitTables } from './store.ts'
