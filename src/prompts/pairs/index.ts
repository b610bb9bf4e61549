/** Counterfactual pairs; the only file of it that others import. */
export { pairsHttp } from './http.ts'
export { createPairs } from './pairs.ts'
export { BiasPack } from './suite.ts'
