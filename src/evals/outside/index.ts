/** The public surface of outside runs. */
export { outsideHttp } from './http.ts'
export { outsideMigrations } from './migrations.ts'
export { readMlflow } from './mlflow.ts'
export { createOutsideRuns } from './outside.ts'
export { own as outsideTables } from './store.ts'
