/** Models measured in each way of asking them. */
export { timingsHttp } from './http.ts'
export { createTimings, type TimingsDeps } from './timings.ts'
