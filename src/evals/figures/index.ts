/** Published figures; the only file of it that others import. */
export { figuresHttp } from './http.ts'
