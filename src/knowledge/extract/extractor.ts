/**
 * Asks the thread that reads documents, one document at a time. A document that takes too long or too much memory
 * ends the thread and is refused; the next one gets a new thread. Nothing of the surroundings is given to it: no
 * environment, no secrets.
 */
import { Worker } from 'node:worker_threads'
import { messageOf } from '../../kernel/failure.ts'
import { type Extraction, type ExtractionRequest, refused } from './extraction.ts'

export type ExtractionLimits = {
  /** For one document, without the time to load its reader. */
  readonly seconds: number
  /** For values, and again for raw bytes. */
  readonly megabytes: number
}
export const DEFAULT_LIMITS: ExtractionLimits = { seconds: 30, megabytes: 512 }

export type Extractor = {
  /** Reads one document after those asked before; never throws for what is in it. */
  read(request: ExtractionRequest): Promise<Extraction>
}

/** A reader's library is loaded in less than a second; a machine that needs longer than this is stuck. */
const LOADING_SECONDS = 120
const IDLE_MS = 10_000
const WATCH_MS = 200
const MEGABYTE = 1024 * 1024

export function createExtractor({ seconds, megabytes }: ExtractionLimits = DEFAULT_LIMITS): Extractor {
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()

  function started(): Worker {
    const made = new Worker(new URL('./extract-worker.ts', import.meta.url), {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: megabytes },
    })
    made.on('error', () => forget(made))
    made.on('exit', () => forget(made))
    return made
  }
  function forget(one: Worker): void {
    if (worker === one) worker = undefined
  }
  function rest(): void {
    const waiting = worker
    if (!waiting) return
    // A thread that only waits keeps no process alive.
    waiting.unref()
    idle = setTimeout(() => {
      forget(waiting)
      void waiting.terminate()
    }, IDLE_MS).unref()
  }

  function readNow(request: ExtractionRequest): Promise<Extraction> {
    clearTimeout(idle)
    worker ??= started()
    const reader = worker
    reader.ref()
    return new Promise((resolve) => {
      const tooLong = () => end(refused(`Reading it took over ${seconds} seconds.`, REMEDY))
      const tooMuch = () => end(refused(`Reading it took over ${megabytes} MB of memory.`, REMEDY))
      let clock = setTimeout(tooLong, LOADING_SECONDS * 1000)
      const watch = setInterval(() => {
        const look = reader.getHeapStatistics()
        look.then((now) => externalOf(now) > megabytes * MEGABYTE && tooMuch()).catch(() => undefined)
      }, WATCH_MS)
      const onMessage = (said: 'begun' | Extraction) => {
        if (said !== 'begun') return settle(said)
        clearTimeout(clock)
        clock = setTimeout(tooLong, seconds * 1000)
      }
      const onError = (thrown: unknown) =>
        (thrown as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? tooMuch()
          : end(refused(`Reading it failed: ${messageOf(thrown)}.`, REMEDY))
      const onExit = () => end(refused('Reading it ended the thread that reads.', REMEDY))
      /** The thread is done for. */
      function end(extraction: Extraction): void {
        forget(reader)
        void reader.terminate()
        settle(extraction)
      }
      function settle(extraction: Extraction): void {
        clearTimeout(clock)
        clearInterval(watch)
        reader.off('message', onMessage).off('error', onError).off('exit', onExit)
        resolve(extraction)
        rest()
      }
      reader.on('message', onMessage).on('error', onError).on('exit', onExit)
      reader.postMessage(request)
    })
  }

  return {
    read(request) {
      const answer = turn.then(() => readNow(request))
      turn = answer
      return answer
    },
  }
}

const REMEDY = 'Split or simplify the document, or take it out of knowledge/.'

/** Raw bytes that the thread holds; missing from the types of older Nodes' statistics. */
const externalOf = (statistics: object): number => Number(Reflect.get(statistics, 'external_memory') ?? 0)
