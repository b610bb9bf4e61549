/** False hits of a cache by meaning; the only file that others import. */
export { meaningHttp } from './http.ts'
export { createMeaning, type Meaning } from './meaning.ts'
