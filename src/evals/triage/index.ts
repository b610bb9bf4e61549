/** Triage: failed cases in groups, with owner and decision; the only file that the rest of evals imports. */
export { type CaseCluster, clusterFailures, type FailedCase, MOST_CASES } from './clusters.ts'
export type { FailureCluster } from './contract.ts'
export { type TriageDeps, triageHttp } from './http.ts'
export { triageMigrations } from './migrations.ts'
export { addClusters, listClusters, own as triageTables } from './store.ts'
