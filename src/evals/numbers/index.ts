/** Numbers of rows as columns; the only file that the rest of evals imports. */
export { type Cases, createCases, idAt } from './cases.ts'
export { type ArmColumns, createColumns, type Measure, measuresOf, type ScoreColumn, scoreAt } from './columns.ts'
export { createGathered, type Gathered, readCases } from './gathered.ts'
export type { RowNumbers } from './row-numbers.ts'
export { numbersOf } from './store.ts'
export { differenceAt, rankOf, type ScorePair, worstFirst, worstFrom } from './worst.ts'
