/** Arms of several experiments side by side; the only file that the rest of evals imports. */
export { ArmId } from './contract.ts'
export { armsHttp } from './http.ts'
