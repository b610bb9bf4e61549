/** Stand-ins beside the models that are meant; the only file that the rest of evals imports. */
export { standInsHttp } from './http.ts'
