/** The public surface of synthetic cases. */
export type { SynthesisDeps } from './deps.ts'
export { synthesisHttp } from './http.ts'
export { createSynthesis } from './synthesis.ts'
