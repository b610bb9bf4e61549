/** Usage patterns: what changed in how people use an application; the only file of it that others import. */
export { patternsHttp } from './http.ts'
export { createPatterns, type PatternsDeps } from './report.ts'
