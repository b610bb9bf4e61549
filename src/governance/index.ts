/** Governance: documents that people answer for, and training; the only file that others import. */
export { createDocumentProducers, documentSchemas } from './documents/documents.ts'
export { trainingHttp } from './training/http.ts'
export { trainingMigrations } from './training/migrations.ts'
export { own as trainingTables } from './training/store.ts'
export { createTraining, type Training, type TrainingDeps } from './training/training.ts'
