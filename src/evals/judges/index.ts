/** The public surface of judges. */
export { mayGate } from './calibrate.ts'
export { judgesHttp } from './http.ts'
export { createJudges, type Judges, type JudgesDeps } from './judges.ts'
export { judgesMigrations } from './migrations.ts'
export { newestCalibrations, own as judgesTables } from './store.ts'
