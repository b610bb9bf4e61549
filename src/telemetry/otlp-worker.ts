/** Parses one large OTLP request outside the thread that owns the port, and leaves the rows as JSON text. */
import { parentPort, workerData } from 'node:worker_threads'
import { batchOf } from './otlp-batch.ts'

const { text, owner } = workerData as { text: string; owner: { organisation: string; application: string | null } }
parentPort?.postMessage(batchOf(text, owner))
