/** Weights of models. */
export type { Weights } from './contract.ts'
export { weightsHttp } from './http.ts'
export { weightsMigrations } from './migrations.ts'
export { weightsTables } from './store.ts'
export { createWeights, type ModelWeights } from './weights.ts'
export { factsOfWeights } from './weights-facts.ts'
