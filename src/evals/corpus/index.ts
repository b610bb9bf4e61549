/** Figures over a corpus; the only file that the rest of evals imports. */
export { corpusHttp } from './http.ts'
