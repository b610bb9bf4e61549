/**
 * Doing one job: one process at a time, by a lease that it renews. A process that lost its lease is told to stop and
 * can write nothing more about the job, so that what another one does meanwhile stands.
 */
import { Failure, messageOf } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database } from './database.ts'
import { isAway } from './database-error.ts'
import type { Job, JobId } from './job.ts'
import { changeJob, endLease, findJob, takeLease } from './jobs-store.ts'

export type JobRun = {
  readonly job: Job
  /** Aborted when the job is cancelled or the process stops. */
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): Promise<void>
  /** Does a step once in the life of the job: after a crash its recorded result is returned instead. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}
export type JobHandler = (run: JobRun) => Promise<unknown>

/** How often a job that failed is tried again. */
export const RETRIES = 2
/** A process that is gone is noticed within this time; a cancellation within a beat. */
const LEASE_SECONDS = 15
const BEAT_MS = 2000

export type PerformDeps = {
  readonly db: Database
  readonly clock: Clock
  /** The name of this process, the same after a restart. */
  readonly worker: string
  readonly handlerOf: (kind: string) => JobHandler | undefined
  /** Tells people that the job changed. */
  readonly tell: (id: JobId) => Promise<void>
}

export function createPerformer({ db, clock, worker, handlerOf, tell }: PerformDeps) {
  const running = new Map<JobId, { abort: AbortController; done: Promise<void> }>()

  async function perform(id: JobId): Promise<void> {
    if (running.has(id)) return running.get(id)?.done
    const abort = new AbortController()
    const done = withLease(id, abort)
    running.set(id, { abort, done })
    try {
      await done
    } finally {
      running.delete(id)
    }
  }

  /** Does nothing when another process has the job; it is looked for again when that one is gone. */
  async function withLease(id: JobId, abort: AbortController): Promise<void> {
    const lease = { job: id, worker, seconds: LEASE_SECONDS }
    if (!(await takeLease(db, lease))) return
    const lost = () => abort.abort(new Error(`Job ${id} is no longer done by this process.`))
    const beat = setInterval(() => {
      Promise.all([takeLease(db, lease), findJob(db, id)]).then(
        ([isOurs, job]) => {
          if (!isOurs || job?.state !== 'running') lost()
        },
        () => {},
      )
    }, BEAT_MS)
    try {
      await attempt(id, abort)
    } finally {
      clearInterval(beat)
      await endLease(db, id, worker).catch(() => {})
    }
  }

  async function attempt(id: JobId, abort: AbortController): Promise<void> {
    const job = await findJob(db, id)
    const handler = job && handlerOf(job.kind)
    if (!job || !handler || !['queued', 'running'].includes(job.state)) return
    const attempts = job.attempts + 1
    const isOurs = { from: ['running'], worker } as const
    if (!(await changeJob(db, id, { state: 'running', attempts }, { from: ['queued', 'running'], worker }))) return
    await tell(id)
    const steps = { ...job.steps }
    const keep = async (change: Parameters<typeof changeJob>[2]) => {
      if (await changeJob(db, id, change, isOurs)) return
      abort.abort(new Error(`Job ${id} is no longer done by this process.`))
      abort.signal.throwIfAborted()
    }
    const run: JobRun = {
      job,
      signal: abort.signal,
      async progress(done, total, message) {
        await keep({ progress: { done, total, message } })
        await tell(id)
      },
      async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
        if (name in steps) return steps[name] as Result
        abort.signal.throwIfAborted()
        const result = await work()
        steps[name] = result ?? null
        await keep({ steps })
        return result
      },
    }
    try {
      const result = await handler(run)
      await changeJob(db, id, { state: 'succeeded', result: result ?? null, finishedAt: clock() }, isOurs)
    } catch (thrown) {
      if (abort.signal.aborted) {
        // Handed back: whoever is free takes it up where it is. One that was cancelled stays so.
        await changeJob(db, id, { state: 'queued', attempts: job.attempts }, isOurs)
        await tell(id)
        return
      }
      // A database that was away is no fault of the job, and costs it no attempt.
      const wasAway = isAway(thrown)
      const last = !wasAway && (attempts > RETRIES || thrown instanceof Failure)
      await changeJob(
        db,
        id,
        last
          ? { state: 'failed', error: messageOf(thrown), finishedAt: clock() }
          : { state: 'queued', error: messageOf(thrown), ...(wasAway && { attempts: job.attempts }) },
        isOurs,
      )
      await tell(id)
      if (!last) throw thrown
    }
    await tell(id)
  }

  return {
    perform,
    isRunning: (id: JobId): boolean => running.has(id),
    abort(id: JobId, reason: Error): void {
      running.get(id)?.abort.abort(reason)
    },
    /** Tells all that run to stop, and waits until they have handed their jobs back. */
    async stop(): Promise<void> {
      for (const { abort } of running.values()) abort.abort(new Error('The process is stopping.'))
      await Promise.allSettled([...running.values()].map(({ done }) => done))
    },
  }
}
