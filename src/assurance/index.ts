/** Assurance: producers of measured evidence about data, secrets and caps; the only file that others import. */
export { type BudgetCapDeps, type Caps, createBudgetCap, type Probe } from './budget-cap.ts'
export {
  createDataQuality,
  createDatasetQuality,
  dataQualityHttp,
  dataQualityMigrations,
  dataQualityTables,
  findNearDuplicates,
  jaccard,
  personalDataIn,
  type QualityDeps,
  shinglesOf,
} from './data-quality/index.ts'
export { type CapProbeDeps, capProbesHttp } from './http.ts'
export type { MaterialDeps, PassageText } from './material.ts'
export { createSecretScan } from './secret-scan.ts'
