/** The public surface of judges. */
export { calibrate } from './calibrate.ts'
export type { CalibrationCase } from './calibration.ts'
export { judgesHttp } from './http.ts'
export { informsOnly, undecidedByJudges } from './informs-only.ts'
export { createJudges, type Judges, type JudgesDeps } from './judges.ts'
export { judgesMigrations } from './migrations.ts'
export { newestStanding } from './newest-standing.ts'
export { own as judgesTables } from './store.ts'
