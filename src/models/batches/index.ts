/** Requests that a provider answers as a batch. */
export { type BatchLook, type BatchOutcome, type BatchRequest, createBatches } from './batches.ts'
