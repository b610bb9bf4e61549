/** Answers that come in batches of a provider. */
export type { Batch } from './batch.ts'
export { inBatchesMigrations } from './migrations.ts'
export { dropSending, endSending, paidOf, type Sending, sendBatches } from './sending.ts'
export { changeBatch, listBatches, own as inBatchesTables } from './store.ts'
export { type TakenBatch, takeBatch } from './taking.ts'
export { createWaiting, type Waiting } from './waiting.ts'
