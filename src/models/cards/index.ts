/** Cards of models. */
export { type Cards, createCards } from './cards.ts'
export type { ApprovalStanding } from './contract.ts'
export { FactName, Modality, type ModelFacts } from './facts.ts'
export { cardsHttp } from './http.ts'
export { type CardField, joinFields, Standing } from './join.ts'
export { cardMigrations } from './migrations.ts'
export { ModelName, type ModelSource } from './source.ts'
export { cardTables } from './store.ts'
