/** Load runs: the only file that others import. */
export type { LoadDeps, Question } from './deps.ts'
export { loadRunsHttp } from './http.ts'
export { createLoadRuns } from './load.ts'
export type { KnownLimit } from './quotas.ts'
