/** Numbers of rows as they come; the only file that the rest of evals imports. */
export { createGathered, type Gathered, readCases } from './gathered.ts'
export { createNumberLog, type NumberLog } from './number-log.ts'
export type { RowNumbers } from './row-numbers.ts'
export { numbersOf } from './store.ts'
