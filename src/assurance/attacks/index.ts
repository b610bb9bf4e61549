/** Attack runs: the only file that others import. */
export { type AttackRuns, createAttackRuns } from './attacks.ts'
export type { AskRelease, AttackDeps } from './deps.ts'
export { attackRunsHttp } from './http.ts'
export { AttackPack } from './pack.ts'
export type { Question as AttackQuestion } from './plan.ts'
