/** Requests that a provider answers as a batch. */
export { type BatchLook, type BatchOutcome, type BatchRequest, createBatches, type SentBatch } from './batches.ts'
