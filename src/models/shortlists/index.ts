/** Finding a model: searches, shortlists, comparisons. */
export { ComparedModel, ModelComparison, ShortlistId } from './contract.ts'
export { type Known, ServingMode } from './criteria.ts'
export { shortlistsHttp } from './http.ts'
export { shortlistMigrations } from './migrations.ts'
export { type ComparisonAsk, createShortlists, leftOf, type Shortlists } from './shortlists.ts'
export { shortlistTables } from './store.ts'
export { Weighing, Weights } from './weighing.ts'
