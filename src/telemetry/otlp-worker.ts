/** Reads OTLP requests outside the thread that owns the port, one after the other, and leaves the rows as JSON text. */
import { parentPort } from 'node:worker_threads'
import { batchOf, type OtlpRequest } from './otlp-batch.ts'

parentPort?.on('message', ({ id, request }: { id: number; request: OtlpRequest }) =>
  parentPort?.postMessage({ id, batch: batchOf(request) }),
)
