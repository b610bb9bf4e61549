/** The public surface of judges. */
export { judgesHttp } from './http.ts'
export { informsOnly, undecidedByJudges } from './informs-only.ts'
export { createJudges, type Judges, type JudgesDeps } from './judges.ts'
export { judgesMigrations } from './migrations.ts'
export { own as judgesTables } from './store.ts'
