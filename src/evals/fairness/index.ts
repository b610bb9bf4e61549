/** The public surface of fairness. */
export { createFairness } from './producer.ts'
