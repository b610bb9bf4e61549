/** Rewording of questions by a model; the only file of it that others import. */
export { rewordingHttp } from './http.ts'
export { createRewording } from './rewording.ts'
