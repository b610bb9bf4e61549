/** Keeping a session as an application; the only file of it that others import. */
export { keptHttp } from './http.ts'
export { createKept } from './kept.ts'
