/** The public surface of synthetic cases. */
export { synthesisHttp } from './http.ts'
export { createSynthesis } from './synthesis.ts'
