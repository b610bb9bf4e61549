/** The public surface of fairness. */
export { draftFairness } from './fairness.ts'
