/** Training runs of models of our own. */
export { factsOfTraining } from './card-facts.ts'
export { trainingRunsHttp } from './http.ts'
export { LineageStanding } from './lineage.ts'
export { trainingRunMigrations } from './migrations.ts'
export { trainingRunTables } from './store.ts'
export { createTrainingRuns, type TrainingRuns } from './training-runs.ts'
