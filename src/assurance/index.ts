/** Assurance: producers of measured evidence about data, secrets and caps; the only file that others import. */
export { createAccessReview, type ReviewedKey, type ReviewedPerson } from './access-review.ts'
export { AttackPack, attackRunsHttp, createAttackRuns } from './attacks/index.ts'
export { type BudgetCapDeps, type Caps, createBudgetCap, type Probe } from './budget-cap.ts'
export {
  createDataQuality,
  createDatasetQuality,
  createKnowledgeQuality,
  dataQualityHttp,
  dataQualityMigrations,
  dataQualityTables,
  findNearDuplicates,
  jaccard,
  knowledgeQualityHttp,
  personalDataIn,
  type QualityDeps,
  type ReleaseKnowledge,
  shinglesOf,
} from './data-quality/index.ts'
export { createExplanationProbe, type Explained } from './explanation-probe.ts'
export { createFaultDrills, type FaultDeps, faultDrillsHttp } from './faults/index.ts'
export {
  createFindings,
  type Findings,
  type FindingsDeps,
  findingsHttp,
  findingsMigrations,
  findingsPlace,
  findingsTables,
} from './findings/index.ts'
export { createGuardProbe, type GuardProbeDeps } from './guard-probe.ts'
export {
  createHarmRuns,
  type HarmJudge,
  HarmPack,
  harmMigrations,
  harmPlace,
  harmRunsHttp,
  harmTables,
} from './harm/index.ts'
export { type CapProbeDeps, capProbesHttp } from './http.ts'
export { createLoadRuns, type KnownLimit, type LoadDeps, loadRunsHttp, type Question } from './load/index.ts'
export type { MaterialDeps, PassageText } from './material.ts'
export { createPilotSoak } from './pilot-soak.ts'
export type { AskRelease, ProbingDeps } from './probing/index.ts'
export { createSecretScan } from './secret-scan.ts'
export { createSynthesis, type SynthesisDeps, synthesisHttp } from './synthesis/index.ts'
export { createTraceProbe, type LeftOf } from './trace-probe.ts'
