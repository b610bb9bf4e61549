export { type ExplanationDeps, explanationsHttp } from './http.ts'
