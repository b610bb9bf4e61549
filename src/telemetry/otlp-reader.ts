/**
 * The worker that reads OTLP requests, started with the first one. What waits for it is bounded: more than that is
 * refused with a time to come back, which exporters honour. A worker that dies takes its requests along, and the
 * next request gets a new one.
 */
import { Worker } from 'node:worker_threads'
import type { ContentSeal } from '../kernel/content-seal.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import type { OtlpBatch, OtlpRequest } from './otlp-batch.ts'
import { givenTo } from './sealing/index.ts'

/** Bytes, as sent, that may wait. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024
/** Heap of the worker, in megabytes: the worst request that is taken (`MAX_OTLP_BYTES` of empty values) needs half of it. */
const WORKER_MB = 2048

type Waiting = { resolve: (batch: OtlpBatch) => void; reject: (failure: Failure) => void; bytes: number }

export function createOtlpReader({
  maxWaitingBytes = MAX_WAITING_BYTES,
  megabytes = WORKER_MB,
  seal,
}: {
  maxWaitingBytes?: number
  megabytes?: number
  seal?: ContentSeal | undefined
} = {}) {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0
  let waitingBytes = 0

  function settle(id: number, end: (asked: Waiting) => void): void {
    const asked = waiting.get(id)
    if (!asked) return
    waiting.delete(id)
    waitingBytes -= asked.bytes
    end(asked)
  }

  function started(): Worker {
    const made = new Worker(new URL('./otlp-worker.ts', import.meta.url), {
      workerData: givenTo(seal),
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    // An idle worker keeps no process alive.
    made.unref()
    made.on('message', ({ id, batch }: { id: number; batch: OtlpBatch }) => settle(id, ({ resolve }) => resolve(batch)))
    const onEnd = (why: string) => {
      if (worker === made) worker = undefined
      for (const id of [...waiting.keys()]) settle(id, ({ reject }) => reject(lost(why)))
    }
    made.once('error', (thrown) => onEnd(messageOf(thrown)))
    made.once('exit', () => onEnd('it ended'))
    return made
  }

  return {
    /** The rows of a request. Takes the bytes over. Throws `telemetry.otlp-busy` and `telemetry.otlp-reader-lost`. */
    read(request: OtlpRequest): Promise<OtlpBatch> {
      const bytes = request.bytes.byteLength
      if (waiting.size > 0 && waitingBytes + bytes > maxWaitingBytes) throw busy()
      worker ??= started()
      const to = worker
      const id = ++last
      waitingBytes += bytes
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, bytes })
        to.postMessage({ id, request }, ownMemory(request.bytes))
      })
    },
    async close(): Promise<void> {
      await worker?.terminate()
    },
  }
}

/** Handed over without a copy, unless it is a part of memory that others use. */
const ownMemory = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []

const busy = () =>
  new Failure(
    'unavailable',
    'telemetry.otlp-busy',
    'More spans wait than can be read now. Send them again in a second.',
    {
      facts: { retryAfterMs: 1000 },
    },
  )

const lost = (why: string) =>
  new Failure(
    'unavailable',
    'telemetry.otlp-reader-lost',
    `The spans could not be read: ${why}. Send them again, in smaller batches.`,
    { facts: { retryAfterMs: 1000 } },
  )
