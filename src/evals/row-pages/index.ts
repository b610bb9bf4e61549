/** Pages of rows; the only file of it that others import. */
export { createRowsReader, type RowsReader } from './rows.ts'
export { own as pagesTables } from './store.ts'
export { keepWorst } from './worst.ts'
