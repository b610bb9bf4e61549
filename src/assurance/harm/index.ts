/** Harm runs: the only file that others import. */
export type { HarmJudge } from './deps.ts'
export { createHarmRuns } from './harm.ts'
export { harmRunsHttp } from './http.ts'
export { harmMigrations } from './migrations.ts'
export { HarmPack } from './pack.ts'
export { harmPlace } from './personal.ts'
export { own as harmTables } from './store.ts'
