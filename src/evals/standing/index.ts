/** Suites as they stand; the only file that the rest of evals imports. */
export { standingHttp } from './http.ts'
