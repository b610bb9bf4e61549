/** The public surface of studies. */
export { studiesHttp } from './http.ts'
export { studiesMigrations } from './migrations.ts'
export { own as studiesTables } from './store.ts'
export { createStudies, type StudiesDeps } from './studies.ts'
