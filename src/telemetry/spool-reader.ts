/** The worker that makes large events whole, begun with the first of them. One that dies costs inputs and no event. */
import { Worker } from 'node:worker_threads'
import type { SpoolRecord } from './asked.ts'

/** Heap of the worker, in megabytes: a file of the spool is some ten megabytes. */
const WORKER_MB = 512

export function createSpoolReader() {
  const waiting = new Map<number, { records: readonly SpoolRecord[]; resolve: (lines: string[]) => void }>()
  let worker: Worker | undefined
  let last = 0

  function begun(): Worker {
    const made = new Worker(new URL('./spool-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MB },
    })
    // An idle worker keeps no process alive.
    made.unref()
    made.on('message', ({ id, lines }: { id: number; lines: string[] }) => {
      waiting.get(id)?.resolve(lines)
      waiting.delete(id)
    })
    made.once('error', () => {})
    made.once('exit', () => {
      if (worker === made) worker = undefined
      for (const { records, resolve } of waiting.values()) resolve(records.map(({ line }) => line))
      waiting.clear()
    })
    return made
  }

  return {
    /** The lines of the records, each with its input. */
    async read(records: readonly SpoolRecord[]): Promise<string[]> {
      if (!records.some(({ asked }) => asked)) return records.map(({ line }) => line)
      worker ??= begun()
      const to = worker
      const id = ++last
      return new Promise((resolve) => {
        waiting.set(id, { records, resolve })
        to.postMessage({ id, records })
      })
    },
    async close(): Promise<void> {
      await worker?.terminate()
    },
  }
}
