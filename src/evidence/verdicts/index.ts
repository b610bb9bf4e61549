export { verdictsHttp } from './http.ts'
export { createVerdicts } from './verdicts.ts'
