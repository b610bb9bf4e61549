/** Forms of providers; the only file of them that others import. */
export { convert as convertPromptForm } from './convert.ts'
export { formsHttp } from './http.ts'
