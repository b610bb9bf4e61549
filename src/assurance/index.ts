/** Assurance: producers of measured evidence about data, secrets and caps; the only file that others import. */
export { type BudgetCapDeps, type Caps, createBudgetCap, type Probe } from './budget-cap.ts'
export { createDataQuality } from './data-quality/data-quality.ts'
export { findNearDuplicates, jaccard, shinglesOf } from './data-quality/near-duplicates.ts'
export { personalDataIn } from './data-quality/personal-data.ts'
export { type CapProbeDeps, capProbesHttp } from './http.ts'
export type { MaterialDeps, PassageText } from './material.ts'
export { createSecretScan } from './secret-scan.ts'
