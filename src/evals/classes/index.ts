/** Labels that answers told; the only file that the rest of evals imports. */
export { classesHttp } from './http.ts'
