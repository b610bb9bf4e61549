/** Reads OTLP requests outside the thread that owns the port, one after the other, and hands the rows over as lines. */
import { parentPort } from 'node:worker_threads'
import { batchOf, type OtlpRequest } from './otlp-batch.ts'
import { sealOfThread } from './sealing/index.ts'

const seal = sealOfThread()

parentPort?.on('message', ({ id, request }: { id: number; request: OtlpRequest }) => {
  const batch = batchOf(request, seal)
  const given = batch.kind === 'spans' ? batch.batches.map(({ lines }) => lines.buffer as ArrayBuffer) : []
  parentPort?.postMessage({ id, batch }, given)
})
