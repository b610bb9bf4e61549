/** Wordings of prompts; the only file of it that others import. */
export { wordingHttp } from './http.ts'
export { createWordings, type MeasuredWordings } from './wording.ts'
