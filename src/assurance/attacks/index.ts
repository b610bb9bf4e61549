/** Attack runs: the only file that others import. */
export { type AttackRuns, createAttackRuns } from './attacks.ts'
export { attackRunsHttp } from './http.ts'
export { AttackPack } from './pack.ts'
