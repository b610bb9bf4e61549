/** Pieces of the composition root that are more than a line; only `airworthy.ts` uses them. */
export { estimateRunWith } from './estimate.ts'
export { examplePlay } from './example.ts'
export { healthOf } from './health.ts'
export { applyLimits, reserveOrRefuse } from './limits.ts'
export { migrations } from './migrations.ts'
export { readPacks } from './packs.ts'
export { settledOfPlayground } from './playground.ts'
export { producersOf } from './producers.ts'
