/** Arms of several experiments side by side; the only file that the rest of evals imports. */
export { armsHttp } from './http.ts'
