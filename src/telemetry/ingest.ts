/**
 * From the spool into the database: closed files, oldest first, in batches; a file is removed when all its rows
 * are committed. A crash in between repeats rows, which changes nothing, because they are told apart by trace id.
 */

import { type ContentSeal, UNREADABLE } from '../kernel/content-seal.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { Settled, type TraceId } from './settled.ts'
import type { Spool, SpoolFile } from './spool.ts'
import { createSpoolReader } from './spool-reader.ts'
import type { TraceCopy } from './trace-copies.ts'

/** Text of one insert; a larger message would keep the thread busy copying it. */
const BATCH_BYTES = 1_000_000
/** Fewer are not worth a worker, which who asks seldom never begins. */
const FEW_LINES = 32
/** A file with so many bytes of large requests is closed, so that it can be read whole. */
const FILE_BYTES = 8 * 1024 * 1024

export type IngestDeps = {
  readonly spool: Spool
  readonly seal: ContentSeal | undefined
  readonly insert: (lines: readonly string[]) => Promise<void>
  readonly copy: ((copy: TraceCopy) => Promise<void>) | undefined
  readonly ingestMs: number
  readonly batchSize: number
  readonly retryMs: number
  /** An event that an earlier process left: its listeners may not have been told. */
  readonly onLeftOver: (event: Settled) => void
  readonly onIngested: (traceIds: readonly TraceId[]) => void
}

export function createIngest({
  spool,
  seal,
  insert,
  copy,
  ingestMs,
  batchSize,
  retryMs,
  onLeftOver,
  onIngested,
}: IngestDeps) {
  const reader = createSpoolReader(seal)
  let waiting: TraceId[] = []
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isFailing = false
  let isClosed = false
  let isStarted = false
  const counts = { ingested: 0, spooled: 0, rejected: 0, ingestErrors: 0 }
  let lastError: string | null = null

  function schedule(ms: number): void {
    if (timer || running || isClosed || !isStarted) return
    timer = setTimeout(() => {
      timer = undefined
      run().catch(() => {})
    }, ms)
    timer.unref()
  }

  /** One pass over all closed files; a second call joins the first. Rejects when the database does not take them. */
  function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    running ??= pass().finally(() => {
      running = undefined
      if (spool.linesOpen() > 0 || spool.closed().length > 0) schedule(isFailing ? retryMs : ingestMs)
    })
    return running
  }

  /** Closes the file now, so that it never holds much more than one batch even while the database is slow. */
  async function closeAndRun(): Promise<void> {
    await spool.rotate()
    if (isStarted && !isClosed && !isFailing) await run().catch(() => {})
  }

  async function pass(): Promise<void> {
    try {
      await spool.rotate()
      for (const file of [...spool.closed()]) await take(file)
      isFailing = false
    } catch (thrown) {
      isFailing = true
      counts.ingestErrors += 1
      lastError = `the database does not take traces in: ${messageOf(thrown)}`
      throw thrown
    }
  }

  async function take(file: SpoolFile): Promise<void> {
    const taken = (await takeCopies(file)) ?? (await takeLines(file).catch((thrown) => setAside(file, thrown)))
    if (taken === undefined) return
    await spool.remove(file)
    counts.ingested += taken
    counts.spooled = Math.max(0, counts.spooled - (file.lines ?? 0))
    onIngested(waiting.splice(0, file.lines ?? 0))
  }

  /** What cannot be opened now never can be, and holds nothing up. */
  async function setAside(file: SpoolFile, thrown: unknown): Promise<undefined> {
    if (!(thrown instanceof Failure) || thrown.code !== UNREADABLE) throw thrown
    lastError = messageOf(thrown)
    counts.rejected += file.lines ?? 1
    counts.spooled = Math.max(0, counts.spooled - (file.lines ?? 0))
    waiting.splice(0, file.lines ?? 0)
    await spool.setAside(file)
  }

  /** How many it took; undefined where the file has to be taken line by line. */
  async function takeCopies(file: SpoolFile): Promise<number | undefined> {
    // What an earlier process left may be in the database already, and may be in an older form.
    if (!copy || file.lines === undefined || file.lines < FEW_LINES) return undefined
    const copies = await reader.copies(file.path, batchSize)
    if (!copies) return undefined
    let taken = 0
    try {
      for (const one of copies) {
        await copy(one)
        taken += one.traces
      }
      return taken
    } catch (thrown) {
      if (isAboutData(thrown)) return undefined
      throw thrown
    }
  }

  async function takeLines(file: SpoolFile): Promise<number> {
    const lines = await reader.read(await spool.read(file))
    for (const batch of batchesOf(lines, batchSize)) {
      await insertBatch(batch)
      if (file.lines === undefined) for (const line of batch) tellLeftOver(line)
    }
    return lines.length
  }

  function tellLeftOver(line: string): void {
    const event = Settled.safeParse(parsed(line))
    if (event.success) onLeftOver(event.data)
  }

  /** When a batch is refused for what is in it, its lines go one by one, and those that cannot be taken are put aside. */
  async function insertBatch(batch: readonly string[]): Promise<void> {
    try {
      return await insert(batch)
    } catch (thrown) {
      if (!isAboutData(thrown)) throw thrown
      lastError = messageOf(thrown)
    }
    for (const line of batch)
      try {
        await insert([line])
      } catch (thrown) {
        if (!isAboutData(thrown)) throw thrown
        counts.rejected += 1
        lastError = `a trace cannot be taken in: ${messageOf(thrown)}`
        await spool.reject([line])
      }
  }

  return {
    start(): void {
      isStarted = true
      if (spool.closed().length > 0) run().catch(() => {})
      else if (spool.linesOpen() > 0) schedule(ingestMs)
    },
    /** These events are in the spool now. */
    written(events: readonly Settled[]): void {
      counts.spooled += events.length
      for (const event of events) waiting.push(event.traceId)
      if (spool.linesOpen() >= batchSize || spool.bytesOpen() >= FILE_BYTES) void closeAndRun()
      else schedule(ingestMs)
    },
    async drain(): Promise<void> {
      await running?.catch(() => {})
      await run()
    },
    isFailing: () => isFailing,
    status: () => ({ ...counts, lastError }),
    async close(): Promise<void> {
      isClosed = true
      clearTimeout(timer)
      if (isStarted) await (running ?? Promise.resolve()).then(run, run).catch(() => {})
      await spool.rotate()
      await reader.close()
      waiting = []
    },
  }
}

/** PostgreSQL's class 22 (data exceptions) and 23 (constraints): the same rows would fail again. */
const isAboutData = (thrown: unknown): boolean =>
  /^2[23]/.test(String((thrown as { code?: unknown } | null)?.code ?? ''))

function* batchesOf(lines: readonly string[], size: number): Generator<string[]> {
  let batch: string[] = []
  let bytes = 0
  for (const line of lines) {
    if (batch.length >= size || (batch.length > 0 && bytes + line.length > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(line)
    bytes += line.length
  }
  if (batch.length > 0) yield batch
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
