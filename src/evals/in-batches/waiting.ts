/**
 * Waits for batches that providers have: no job sleeps for them, because others would wait behind it. Whoever looks
 * tells the experiment when none of its batches is open any more.
 *
 * Invariant: when each is looked at next is kept with it, so that any process goes on with it after a restart.
 */
import { Failure, messageOf } from '../../kernel/failure.ts'
import { age, type Clock, later, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import type { Batching, PaidBatch } from '../batching.ts'
import type { ExperimentId } from '../experiment.ts'
import type { Batch } from './batch.ts'
import { changeBatch, listOpen } from './store.ts'

/** Between looks: as long again as half of what it took until then, between these. */
const LOOK_MS = { least: SECOND, most: 5 * MINUTE } as const
/** How often it is seen whether another process has sent one. */
const IDLE_MS = 30 * SECOND

export type Waiting = {
  start(): void
  stop(): void
  /** A batch was sent. */
  wake(): void
}

export function createWaiting({
  db,
  clock,
  organisation,
  batching,
  whoseIs,
  onEnded,
}: {
  db: Database
  clock: Clock
  organisation: string
  batching: Batching
  /** Whose caps the batches of an experiment take from. */
  whoseIs: (experiment: ExperimentId) => Promise<PaidBatch['whose']>
  /** No batch of it is with a provider; called again until it says that it was heard. */
  onEnded: (experiment: ExperimentId) => Promise<boolean>
}): Waiting {
  const end = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isLooking = false

  const plan = (ms: number) => {
    clearTimeout(timer)
    if (end.signal.aborted) return
    timer = setTimeout(() => void look(), ms)
    timer.unref()
  }

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    let nextMs: number = IDLE_MS
    try {
      const open = await listOpen(db, organisation)
      batching.keepOnly(new Set(open.map(({ id }) => id)))
      // One whose sending was cut off is seen to by its job.
      const running = new Set(open.flatMap(({ state, experiment }) => (state === 'sending' ? [experiment] : [])))
      for (const batch of open.filter(({ state }) => state === 'sent')) {
        const leftMs = -age(batch.lookAt, clock())
        const isOpen = leftMs > 0 || (await isRunning(batch))
        if (isOpen) running.add(batch.experiment)
        if (isOpen) nextMs = Math.min(nextMs, Math.max(leftMs, LOOK_MS.least))
      }
      for (const experiment of new Set(open.map((one) => one.experiment)))
        if (!running.has(experiment) && !(await onEnded(experiment))) nextMs = LOOK_MS.least
    } catch {
      // A database that is away comes back; what is open stands there.
      nextMs = LOOK_MS.least
    } finally {
      isLooking = false
      plan(nextMs)
    }
  }

  async function isRunning(batch: Omit<Batch, 'rows'>): Promise<boolean> {
    const { id, model, bound, at, sentAs } = batch
    const now = clock()
    try {
      const whose = await whoseIs(batch.experiment)
      const found =
        sentAs === null ? 'ended' : await batching.look({ id, model, bound, whose, sentAs, signal: end.signal })
      if (found === 'ended') {
        await changeBatch(db, id, 'sent', { state: 'ended', endedAt: clock() })
        return false
      }
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'models.batch-failed') {
        await changeBatch(db, id, 'sent', { state: 'ended', endedAt: clock(), problem: messageOf(thrown) })
        return false
      }
      // A provider that is away says nothing of the batch, which may be answered meanwhile.
    }
    const waitMs = Math.min(LOOK_MS.most, Math.max(LOOK_MS.least, age(at, now) / 2))
    await changeBatch(db, id, 'sent', { lookAt: later(now, waitMs) })
    return true
  }

  return {
    start: () => plan(0),
    stop() {
      end.abort(new Error('The process is stopping.'))
      clearTimeout(timer)
    },
    wake: () => plan(LOOK_MS.least / 5),
  }
}
