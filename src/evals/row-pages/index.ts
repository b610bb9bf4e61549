/** Pages of rows; the only file of it that others import. */
export type { Differences } from './differences.ts'
export { keepOrder } from './order.ts'
export { createRowPages, type RowPages, type RowsReader } from './rows.ts'
export { forgetOrders, own as pagesTables } from './store.ts'
