/** Drills of faults: the only file that others import. */
export type { FaultDeps } from './deps.ts'
export { createFaultDrills } from './faults.ts'
export { faultDrillsHttp } from './http.ts'
