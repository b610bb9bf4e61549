/** The worker that reads the spool, begun when it is first wanted. One that dies costs inputs of large requests and no event. */
import { Worker } from 'node:worker_threads'
import type { ContentSeal } from '../kernel/content-seal.ts'
import type { SpoolRecord } from './asked.ts'
import { givenTo } from './sealing/index.ts'
import type { SpoolAnswer, SpoolAsk } from './spool-worker.ts'
import type { TraceCopy } from './trace-copies.ts'

/** Heap of the worker, in megabytes: a file of the spool is some ten megabytes. */
const WORKER_MB = 512
/** What it makes is handed on at once; a larger nursery would only hold garbage. */
const YOUNG_MB = 8

type Told = (answer: Omit<SpoolAnswer, 'id'>) => void
type Question = { readonly records: readonly SpoolRecord[] } | { readonly path: string; readonly most: number }

export function createSpoolReader(seal?: ContentSeal) {
  const waiting = new Map<number, Told>()
  let worker: Worker | undefined
  let last = 0

  function begun(): Worker {
    const made = new Worker(new URL('./spool-worker.ts', import.meta.url), {
      workerData: givenTo(seal),
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    // An idle worker keeps no process alive.
    made.unref()
    made.on('message', ({ id, ...answer }: SpoolAnswer) => {
      waiting.get(id)?.(answer)
      waiting.delete(id)
    })
    made.once('error', () => {})
    made.once('exit', () => {
      if (worker === made) worker = undefined
      for (const told of waiting.values()) told({})
      waiting.clear()
    })
    return made
  }

  function ask(question: Question): Promise<Omit<SpoolAnswer, 'id'>> {
    worker ??= begun()
    const to = worker
    const id = ++last
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      to.postMessage({ id, ...question } satisfies SpoolAsk)
    })
  }

  return {
    /** The lines of the records, each with its input. */
    async read(records: readonly SpoolRecord[]): Promise<string[]> {
      const { lines } = records.some(({ asked }) => asked) ? await ask({ records }) : {}
      return lines ?? records.map(({ line }) => line)
    },
    /** The events of a file, at most so many in one; undefined where not all of it can be read so. */
    async copies(path: string, most: number): Promise<readonly TraceCopy[] | undefined> {
      return (await ask({ path, most })).copies
    },
    async close(): Promise<void> {
      await worker?.terminate()
    },
  }
}
