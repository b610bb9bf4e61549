/** Patterns of prompts; the only file of them that others import. */
export { patternsHttp } from './http.ts'
export { createPatterns, type PatternFiles } from './patterns.ts'
