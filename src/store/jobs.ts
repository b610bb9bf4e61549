/**
 * Jobs: work that outlives a request. pg-boss delivers and retries; the `jobs` table is what people see.
 *
 * Invariants: a job is enqueued in the transaction of the change that asks for it; a step that was
 * recorded is not done again after a crash; a job that was cancelled never succeeds.
 */
import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import { Failure, messageOf } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import { type Database, inTransaction, type Tx } from './database.ts'
import type { Engine } from './engine.ts'
import type { Job, JobId } from './job.ts'
import { addJob, changeJob, countJobs, findJob, findJobByKey, forgetJob, listOpenJobs } from './jobs-store.ts'

export type JobRun = {
  readonly job: Job
  /** Aborted when the job is cancelled or the process stops. */
  readonly signal: AbortSignal
  progress(done: number, total: number | null, message: string): Promise<void>
  /** Does a step once in the life of the job: after a crash its recorded result is returned instead. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}
export type JobHandler = (run: JobRun) => Promise<unknown>

export type Jobs = {
  /** Names what does the jobs of a kind. Before `start`. */
  handle(kind: string, handler: JobHandler): void
  /** Adds a job inside the caller's transaction; the same kind and key give the job that is there. */
  enqueue(
    tx: Tx,
    job: { organisation: string; kind: string; key?: string; input: Record<string, unknown> },
  ): Promise<Job>
  get(id: JobId): Promise<Job>
  findByKey(kind: string, key: string): Promise<Job | undefined>
  cancel(id: JobId): Promise<Job>
  /** How many there are of each kind in each state. */
  count(): Promise<{ kind: string; state: string; count: number }[]>
  /** Forgets a job of a key, so that it can be done again. */
  forget(kind: string, key: string): Promise<void>
  start(): Promise<void>
  /** Stops taking jobs and waits for the running ones to notice. */
  stop(): Promise<void>
}

const RETRIES = 2
const RETRY_SECONDS = 1
// Other processes may add jobs to PostgreSQL. The embedded engine has one process, which wakes its own workers;
// asking it twice a second kept an idle server at 5 % of a core.
const POLL_SECONDS = { postgres: 0.5, embedded: 5 } as const
// Never needed: no job of ours waits for another one.
const FLOW_SECONDS = 3600

export function createJobs({
  db,
  engine,
  clock,
  newId,
  schema,
  onChange,
}: {
  db: Database
  engine: Engine
  clock: Clock
  newId: NewId
  /** PostgreSQL schema of the queue. */
  schema: string
  onChange: (job: Job) => void
}): Jobs {
  const handlers = new Map<string, JobHandler>()
  const running = new Map<JobId, { abort: AbortController; done: Promise<void> }>()
  const workers = new Map<string, string>()
  const boss = new PgBoss({
    db: { executeSql: (text, values) => statement(engine, text, values) },
    ...(engine.kind === 'embedded' && { backend: 'pglite' as const }),
    schema,
    schedule: false,
    flowIntervalSeconds: FLOW_SECONDS,
  })
  boss.on('error', () => {})
  let started = false

  const tell = async (id: JobId) => {
    const job = await findJob(db, id)
    if (job) onChange(job)
  }
  const send = async (job: Job, tx?: Tx) => {
    const options = tx
      ? {
          db: {
            executeSql: async (text: string, values?: unknown[]) => ({
              rows: [...(await tx.executeQuery(CompiledQuery.raw(text, values))).rows],
            }),
          },
        }
      : {}
    await boss.send(
      job.kind,
      { id: job.id },
      { retryLimit: RETRIES, retryDelay: RETRY_SECONDS, expireInSeconds: 86_400, ...options },
    )
    wake(job.kind, 5)
  }
  const wake = (kind: string, ms: number) => {
    const worker = workers.get(kind)
    if (worker) setTimeout(() => started && boss.notifyWorker(worker), ms).unref()
  }

  async function perform(id: JobId): Promise<void> {
    if (running.has(id)) return running.get(id)?.done
    const abort = new AbortController()
    const done = attempt(id, abort)
    running.set(id, { abort, done })
    try {
      await done
    } finally {
      running.delete(id)
    }
  }

  async function attempt(id: JobId, abort: AbortController): Promise<void> {
    const job = await findJob(db, id)
    const handler = job && handlers.get(job.kind)
    if (!job || !handler || !['queued', 'running'].includes(job.state)) return
    const attempts = job.attempts + 1
    await changeJob(db, id, { state: 'running', attempts })
    await tell(id)
    const steps = { ...job.steps }
    const run: JobRun = {
      job,
      signal: abort.signal,
      async progress(done, total, message) {
        await changeJob(db, id, { progress: { done, total, message } })
        await tell(id)
      },
      async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
        if (name in steps) return steps[name] as Result
        abort.signal.throwIfAborted()
        const result = await work()
        steps[name] = result ?? null
        await changeJob(db, id, { steps })
        return result
      },
    }
    try {
      const result = await handler(run)
      await changeJob(db, id, { state: 'succeeded', result: result ?? null, finishedAt: clock() }, ['running'])
    } catch (thrown) {
      if (abort.signal.aborted) return
      const last = attempts > RETRIES || thrown instanceof Failure
      await changeJob(
        db,
        id,
        last
          ? { state: 'failed', error: messageOf(thrown), finishedAt: clock() }
          : { state: 'queued', error: messageOf(thrown) },
        ['running'],
      )
      await tell(id)
      if (!last) throw thrown
    }
    await tell(id)
  }

  return {
    handle(kind, handler) {
      handlers.set(kind, handler)
    },
    async enqueue(tx, { organisation, kind, key, input }) {
      if (!handlers.has(kind)) throw new Error(`No handler for jobs of kind ${kind}.`)
      const draft: Job = {
        id: newId('job'),
        organisation,
        kind,
        key: key ?? null,
        input,
        state: 'queued',
        progress: { done: 0, total: null, message: 'waiting' },
        steps: {},
        result: null,
        error: null,
        attempts: 0,
        createdAt: clock(),
        finishedAt: null,
      }
      const { job, isNew } = await addJob(tx, draft)
      if (isNew && started) await send(job, tx)
      return job
    },
    async get(id) {
      const job = await findJob(db, id)
      if (!job) throw new Failure('unknown', 'store.job-unknown', `There is no job ${id}.`)
      return job
    },
    findByKey: (kind, key) => findJobByKey(db, kind, key),
    count: () => countJobs(db),
    async cancel(id) {
      await changeJob(db, id, { state: 'cancelled', finishedAt: clock() }, ['queued', 'running'])
      running.get(id)?.abort.abort(new Failure('conflict', 'store.job-cancelled', `Job ${id} was cancelled.`))
      await tell(id)
      return this.get(id)
    },
    forget: (kind, key) => forgetJob(db, kind, key),
    async start() {
      await boss.start()
      for (const kind of handlers.keys()) {
        await boss.createQueue(kind)
        // What waited for a process that died is taken up from our own table below.
        await boss.deleteAllJobs(kind)
        const worker = await boss.work<{ id: JobId }>(
          kind,
          { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS[engine.kind] },
          async ([taken]) => {
            try {
              if (taken) await perform(taken.data.id)
            } catch (thrown) {
              wake(kind, RETRY_SECONDS * 1000 + 250)
              throw thrown
            } finally {
              // The next one may have come meanwhile.
              wake(kind, 0)
            }
          },
        )
        workers.set(kind, worker)
      }
      started = true
      for (const job of await listOpenJobs(db))
        if (handlers.has(job.kind)) await inTransaction(db, (tx) => send(job, tx))
    },
    async stop() {
      for (const { abort } of running.values()) abort.abort(new Error('The process is stopping.'))
      await Promise.allSettled([...running.values()].map(({ done }) => done))
      if (started) await boss.stop({ graceful: false })
      started = false
    },
  }
}

/** pg-boss sends several statements in one text when there are no parameters; an error must not poison what follows. */
async function statement(
  engine: Engine,
  text: string,
  values?: unknown[],
): Promise<{ rows: Record<string, unknown>[] }> {
  const connection = await engine.acquire()
  try {
    return values?.length ? await connection.query(text, values) : await connection.script(text)
  } catch (thrown) {
    await connection.script('rollback').catch(() => {})
    throw thrown
  } finally {
    connection.release()
  }
}
