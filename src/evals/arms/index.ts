/** Arms of several experiments side by side; the only file that the rest of evals imports. */
export { type ArmFigures, createReadArms, type MeasuredArm, type ReadArms } from './arm-figures.ts'
export { type ArmsDeps, compareArms } from './arms.ts'
export { ArmId, type ArmsComparison } from './contract.ts'
export { armsHttp } from './http.ts'
