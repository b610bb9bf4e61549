/** The watch over models in use. */
export { watchHttp } from './http.ts'
export { watchMigrations } from './migrations.ts'
export { externalProducer } from './producer.ts'
export { watchTables } from './store.ts'
export { createWatch, type ModelWatch } from './watch.ts'
