/** Arms of several experiments side by side; the only file that the rest of evals imports. */
export { type ArmFigures, createReadArms, type MeasuredArm, type ReadArms } from './arm-figures.ts'
export { ArmId, type ArmsComparison } from './contract.ts'
export { type CompareArms, createCompareArms } from './counting.ts'
export { armsHttp } from './http.ts'
export { LEFT_OUT, type Measured, placesOf } from './places.ts'
export { type ArmsAsk, type ArmsDeps, experimentsOf, planComparison, rowsCompared } from './plan.ts'
