/** Forms of providers; the only file of them that others import. */
export { formsHttp } from './http.ts'
