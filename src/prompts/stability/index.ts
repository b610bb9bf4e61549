/** Stability of prompts; the only file of it that others import. */
export { stabilityHttp } from './http.ts'
export { createStability, type MeasuredSuite } from './stability.ts'
