/**
 * Asks the process that reads documents, one document at a time. A document that takes too long or too much memory
 * ends the process and is refused; the next one gets a new process. Nothing of the surroundings is given to it: no
 * environment, no secrets.
 *
 * A process and no thread, because raw bytes count to no heap: a thread reached 3.5 GB between two looks at it. The
 * system bounds a process (`ulimit -d`) at the moment of asking; where it does not, as on macOS, the looks remain.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Extraction, type ExtractionRequest, refused, type Said } from './extraction.ts'

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
const WATCH_MS = 100
const MEGABYTE = 1024 * 1024
/** What Node maps before it does anything, most of it never touched: 620 MB measured. */
const MAPPED_MB = 704
/** What it holds with its readers loaded: 100 MB measured. */
const RESIDENT_MB = 160
/** How V8 ends a process whose values take too much. */
const OUT_OF_MEMORY: ReadonlySet<string> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL'])

export function createExtractor({ seconds, megabytes }: ExtractionLimits = DEFAULT_LIMITS): Extractor {
  let reading: ChildProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()

  function started(): ChildProcess {
    const limits = `ulimit -c 0; ulimit -d ${(MAPPED_MB + 2 * megabytes) * 1024}; exec "$0" "$@"`
    const program = [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${megabytes}`,
      fileURLToPath(new URL('./extract-process.ts', import.meta.url)),
    ]
    const made = spawn('/bin/sh', ['-c', limits, ...program], {
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    })
    made.on('error', () => forget(made))
    made.on('exit', () => forget(made))
    return made
  }
  function forget(one: ChildProcess): void {
    if (reading === one) reading = undefined
  }
  function rest(): void {
    const waiting = reading
    if (!waiting) return
    // A process that only waits keeps this one not alive.
    waiting.unref()
    waiting.channel?.unref()
    idle = setTimeout(() => {
      forget(waiting)
      waiting.kill('SIGKILL')
    }, IDLE_MS).unref()
  }

  function readNow(request: ExtractionRequest): Promise<Extraction> {
    clearTimeout(idle)
    reading ??= started()
    const reader = reading
    reader.ref()
    reader.channel?.ref()
    return new Promise((resolve) => {
      const tooLong = () => end(refused(`Reading it took over ${seconds} seconds.`, REMEDY))
      const tooMuch = () => end(refused(`Reading it took over ${megabytes} MB of memory.`, REMEDY))
      let clock = setTimeout(tooLong, LOADING_SECONDS * 1000)
      const watch = setInterval(() => {
        if (residentOf(reader) > (RESIDENT_MB + 2 * megabytes) * MEGABYTE) tooMuch()
      }, WATCH_MS)
      const onMessage = (message: unknown) => {
        const said = message as Said
        if (said === 'too-much') return tooMuch()
        if (said !== 'begun') return settle(said)
        clearTimeout(clock)
        clock = setTimeout(tooLong, seconds * 1000)
      }
      const onError = (thrown: Error) => end(refused(`Reading it failed: ${thrown.message}.`, REMEDY))
      const onExit = (_: number | null, signal: string | null) =>
        OUT_OF_MEMORY.has(signal ?? '') ? tooMuch() : end(refused('Reading it ended the process that reads.', REMEDY))
      /** The process is done for. */
      function end(extraction: Extraction): void {
        forget(reader)
        reader.kill('SIGKILL')
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
      // What goes wrong here is told by the end of the process.
      reader.send(request, () => {})
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

/** Bytes that the process holds; 0 where the system does not say. */
function residentOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
