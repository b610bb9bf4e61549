/** Pages of rows; the only file of it that others import. */
export { keepOrder } from './order.ts'
export { createRowsReader, type RowsReader } from './rows.ts'
export { forgetOrders, own as pagesTables } from './store.ts'
