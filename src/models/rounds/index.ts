/** Rounds of choosing and adapting models. */
export { roundsHttp } from './http.ts'
export { roundMigrations } from './migrations.ts'
export { createRounds, type Rounds, type RoundsDeps } from './rounds.ts'
export { roundTables } from './store.ts'
