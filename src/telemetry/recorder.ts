/**
 * The recorder: takes what is left of each request, and lets the request go.
 *
 * `settle` writes a line to the spool and returns; it never throws. A request is settled before its last bytes leave,
 * so a process that is killed loses no request that its client saw end. From the spool, batches go into the database
 * (`ingest.ts`). When the disk cannot be written, or is slow, events wait in a bounded queue in memory and are tried
 * again; when the queue is full, they are counted as dropped.
 *
 * Invariant: an event is in the queue, in the spool, or in the database, or it is counted as dropped or rejected.
 */

import type { ContentSeal } from '../kernel/content-seal.ts'
import { Failure, messageOf } from '../kernel/failure.ts'
import { type Clock, monotonicMs } from '../kernel/time.ts'
import type { Asked, SpoolRecord } from './asked.ts'
import type { RecorderStatus } from './contract.ts'
import { createIngest } from './ingest.ts'
import { lineOf } from './line.ts'
import type { Settled, TraceId } from './settled.ts'
import { openSpool } from './spool.ts'
import type { TraceCopy } from './trace-copies.ts'
import { referenceOf, type TraceReference } from './trace-row.ts'

export type RecorderOptions = {
  /** Longest wait of what is written before it is synced: a killed process loses none of it, a machine without power may. */
  readonly syncMs?: number
  /** Longest wait between spool and database. */
  readonly ingestMs?: number
  /** Most lines of one insert, and the number that starts one early. */
  readonly batchSize?: number
  /** Most events in memory that are not written yet. */
  readonly queueLimit?: number
  /** Most characters of what was said in them. */
  readonly queueCharacters?: number
  readonly retryMs?: number
}

export type RecorderDeps = {
  /** The spool's folder. */
  readonly folder: string
  readonly clock: Clock
  /** Adds lines to the database; adding one twice changes nothing. */
  readonly insert: (lines: readonly string[]) => Promise<void>
  /** A quicker way for those that are not there, where there is one. */
  readonly copy?: (copy: TraceCopy) => Promise<void>
  readonly onIngested: (traces: readonly TraceReference[]) => void
  /** Seals what is in the spool. */
  readonly seal?: ContentSeal | undefined
  readonly options?: RecorderOptions
}

/** Lines of one write: keeps the thread free while a long queue is made into text. */
const WRITE_LINES = 200
/** Lines of one write to a slow disk, where each write costs the thread the same time. */
const SLOW_WRITE_LINES = 2000
/**
 * Writes hold up the thread that answers. They may take a fifth of its time; when they took so many milliseconds more,
 * the disk is slow, and is left alone for so many times as long.
 */
const SLOW_MS = 250
const REST = 4

export type Recorder = Awaited<ReturnType<typeof createRecorder>>

/** Opens the spool. Listeners are told of events that an earlier process left when `start` is called. */
export async function createRecorder({ folder, clock, insert, copy, onIngested, seal, options = {} }: RecorderDeps) {
  const {
    syncMs = 50,
    ingestMs = 1000,
    batchSize = 1000,
    queueLimit = 10_000,
    queueCharacters = 64_000_000,
    retryMs = 1000,
  } = options
  const spool = await openSpool({ folder, clock, syncMs, seal })
  const listeners = new Set<Listener>()
  const leftOver = new Set<(event: Settled) => void>()
  const recent = new Map<TraceId, TraceReference>()
  let queue: ToSettle[] = []
  let characters = 0
  let writing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let writeFailed = false
  let isClosed = false
  /** Until when the disk is left alone. */
  let restUntil = Number.NEGATIVE_INFINITY
  /** What writes took beyond their share of the time, and when that was reckoned. */
  let owedMs = 0
  let owedAt = monotonicMs()
  const counts = { dropped: 0, rejected: 0, writeErrors: 0 }
  let lastError: string | null = null

  const isResting = () => monotonicMs() < restUntil

  const tell = (event: Settled, asked?: Asked) => {
    for (const listener of listeners)
      try {
        listener(event, asked)
      } catch (thrown) {
        lastError = `a listener failed: ${messageOf(thrown)}`
      }
  }

  const ingest = createIngest({
    spool,
    seal,
    insert,
    copy,
    ingestMs,
    batchSize,
    retryMs,
    onLeftOver(event) {
      for (const listener of leftOver) listener(event)
      tell(event)
    },
    onIngested(traceIds) {
      const traces = traceIds.flatMap((id) => recent.get(id) ?? [])
      for (const id of traceIds) recent.delete(id)
      onIngested(traces)
    },
  })

  /** False when the disk did not take them. */
  function write(queued: readonly ToSettle[]): boolean {
    const written: Settled[] = []
    const records: SpoolRecord[] = []
    for (const { event, asked } of queued) {
      const line = textOf(event)
      if (line === undefined) continue
      written.push(event)
      records.push({ line, asked })
    }
    if (records.length === 0) return true
    const started = monotonicMs()
    try {
      spool.append(records)
      writeFailed = false
    } catch (thrown) {
      writeFailed = true
      counts.writeErrors += 1
      lastError = `the spool cannot be written: ${messageOf(thrown)}`
      return false
    }
    const now = monotonicMs()
    const tookMs = now - started
    owedMs = Math.max(0, owedMs - (started - owedAt) / REST) + tookMs
    owedAt = now
    if (owedMs > SLOW_MS) restUntil = now + owedMs * REST
    if (isResting()) lastError = `the disk of the spool is slow: ${Math.round(tookMs)} ms for a write`
    ingest.written(written)
    return true
  }

  function queueUp(one: ToSettle): void {
    const weight = weightOf(one)
    if (queue.length >= queueLimit || characters + weight > queueCharacters) {
      counts.dropped += 1
      return
    }
    queue.push(one)
    characters += weight
    schedule()
  }

  function schedule(): void {
    if (timer || writing || isClosed) return
    timer = setTimeout(
      () => {
        timer = undefined
        void flush()
      },
      writeFailed ? retryMs : Math.max(0, restUntil - monotonicMs()),
    )
  }

  /** Writes what is queued; a second call joins the first. */
  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    writing ??= writeQueue().finally(() => {
      writing = undefined
      if (queue.length > 0) schedule()
    })
    return writing
  }

  async function writeQueue(): Promise<void> {
    // What has gathered behind a slow disk goes in few writes.
    const lines = restUntil > Number.NEGATIVE_INFINITY ? SLOW_WRITE_LINES : WRITE_LINES
    while (queue.length > 0) {
      const batch = queue.slice(0, lines)
      if (!write(batch)) return
      queue = queue.slice(batch.length)
      for (const one of batch) characters -= weightOf(one)
      // At the end there is nobody left to hold up.
      if (isResting() && !isClosed) return
      await new Promise((next) => setImmediate(next))
    }
  }

  function textOf(event: Settled): string | undefined {
    try {
      return lineOf(event)
    } catch (thrown) {
      counts.rejected += 1
      lastError = `an event has no JSON form: ${messageOf(thrown)}`
      return undefined
    }
  }

  function settleAll(all: readonly ToSettle[]): void {
    for (const { event } of all) {
      if (recent.size >= queueLimit * 10) forgetOldest(recent)
      recent.set(event.traceId, referenceOf(event))
    }
    // Behind others, they wait; else the disk would be asked out of turn.
    const mustWait = queue.length > 0 || isResting() || isClosed
    if (mustWait || !write(all)) for (const one of all) queueUp(one)
    for (const { event, asked } of all) tell(event, asked)
  }

  return {
    /** @param asked where the event's input is, when it was not taken out */
    settle: (event: Settled, asked?: Asked): void => settleAll([{ event, asked }]),

    /** The same for several at once, in one write. */
    settleAll,

    /** Calls back right after an event was settled; again after a crash, for events that had not reached the database. */
    onSettled(listener: Listener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    /** Calls back for events alone that an earlier process left, before `onSettled` does. */
    onLeftOver: (listener: (event: Settled) => void): void => void leftOver.add(listener),

    /** A trace that has not reached the database yet. */
    recent: (traceId: TraceId): TraceReference | undefined => recent.get(traceId),

    /** Begins to ingest, first what an earlier process left. */
    start: (): void => ingest.start(),

    /** Resolves when everything settled so far is in the database. Rejects when it cannot be taken in. */
    async drain(): Promise<void> {
      await flush()
      if (writeFailed)
        throw new Failure('unavailable', 'telemetry.spool-not-written', `${lastError}. Free some disk space.`)
      await ingest.drain()
    },

    status(): RecorderStatus {
      const { ingested, spooled, ingestErrors, rejected, lastError: ingestError } = ingest.status()
      const waitsFor = writeFailed ? 'disk' : isResting() ? 'slow-disk' : ingest.isFailing() ? 'database' : null
      return {
        state: waitsFor ? 'degraded' : 'ok',
        waitsFor,
        queued: queue.length,
        spooled,
        ingested,
        dropped: counts.dropped,
        rejected: counts.rejected + rejected,
        writeErrors: counts.writeErrors,
        ingestErrors,
        lastError: lastError ?? ingestError,
      }
    },

    /** Writes what is queued and stops. What is in the spool is taken in now or at the next start. */
    async close(): Promise<void> {
      isClosed = true
      await flush()
      await ingest.close()
    },
  }
}

/** `asked` is where the event's input is, when it was not taken out. */
export type ToSettle = { readonly event: Settled; readonly asked: Asked | undefined }
/** `asked` holds the input of an event that has none. */
type Listener = (event: Settled, asked?: Asked) => void

const weightOf = ({ event: { input, output }, asked }: ToSettle): number =>
  input.reduce((sum, { content }) => sum + content.length, output.length + (asked?.body.byteLength ?? 0))

/** The oldest tenth; they are found in the database by now, or once it takes them in. */
function forgetOldest(recent: Map<TraceId, TraceReference>): void {
  let left = Math.ceil(recent.size / 10)
  for (const id of recent.keys()) {
    recent.delete(id)
    if (--left === 0) return
  }
}
