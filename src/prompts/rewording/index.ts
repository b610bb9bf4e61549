/** Rewording of questions by a model; the only file of it that others import. */
export { type CheckDeps, FLAWS, Flaw, flawOf } from './check.ts'
export type { RewordingDeps } from './deps.ts'
export { rewordingHttp } from './http.ts'
export { createRewording } from './rewording.ts'
