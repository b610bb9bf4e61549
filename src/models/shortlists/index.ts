/** Finding a model: searches, shortlists, comparisons. */
export type { ComparedModel, ModelComparison } from './contract.ts'
export { type Known, ServingMode } from './criteria.ts'
export { shortlistsHttp } from './http.ts'
export { shortlistMigrations } from './migrations.ts'
export { type ComparisonAsk, createShortlists, type Shortlists } from './shortlists.ts'
export { shortlistTables } from './store.ts'
