/**
 * Jobs: work that outlives a request. pg-boss delivers and retries; the `jobs` table is what people see.
 *
 * Invariants: a job is enqueued in the transaction of the change that asks for it; a step that was
 * recorded is not done again after a crash; a job that was cancelled never succeeds; of several processes one has a
 * job at a time, by a lease that it renews, and one that lost its lease writes nothing more.
 */
import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import { Failure } from '../kernel/failure.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Clock } from '../kernel/time.ts'
import type { Database, Tx } from './database.ts'
import type { Engine } from './engine.ts'
import type { Job, JobId } from './job.ts'
import {
  addJob,
  changeJob,
  countJobs,
  endLeasesOf,
  findJob,
  findJobByKey,
  forgetJob,
  listFreeJobs,
  listJobsOf,
} from './jobs-store.ts'
import { createPerformer, type JobHandler, RETRIES } from './perform-job.ts'

export type { JobRun } from './perform-job.ts'

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
  /** Of a kind, whose input names this application; newest first. */
  list(ask: { kind: string; application: string; limit: number }): Promise<Job[]>
  cancel(id: JobId): Promise<Job>
  /** How many there are of each kind in each state. */
  count(): Promise<{ kind: string; state: string; count: number }[]>
  /** Forgets a job of a key, so that it can be done again. */
  forget(kind: string, key: string): Promise<void>
  /** With `work` it does jobs; without, it only hands them to the queue. */
  start(options?: { work: boolean }): Promise<void>
  /** Stops taking jobs, waits for the running ones to notice, and hands them back to the queue. */
  stop(): Promise<void>
}

const RETRY_SECONDS = 1
// Other processes may add jobs to PostgreSQL. The embedded engine has one process, which wakes its own workers;
// asking it twice a second kept an idle server at 5 % of a core.
const POLL_SECONDS = { postgres: 0.5, embedded: 5 } as const
/** What nobody does is looked for this often. */
const SWEEP_MS = 5000
const SWEEP_JOBS = 100
// Never needed: no job of ours waits for another one.
const FLOW_SECONDS = 3600

export function createJobs({
  db,
  engine,
  clock,
  newId,
  schema,
  worker,
  onChange,
}: {
  db: Database
  engine: Engine
  clock: Clock
  newId: NewId
  /** PostgreSQL schema of the queue. */
  schema: string
  /** The name of this process, the same after a restart. */
  worker: string
  onChange: (job: Job) => void
}): Jobs {
  const handlers = new Map<string, JobHandler>()
  const takers = new Map<string, string>()
  const boss = new PgBoss({
    db: { executeSql: (text, values) => statement(engine, text, values) },
    ...(engine.kind === 'embedded' && { backend: 'pglite' as const }),
    schema,
    schedule: false,
    flowIntervalSeconds: FLOW_SECONDS,
  })
  boss.on('error', () => {})
  let started = false
  let sweeping: NodeJS.Timeout | undefined

  const tell = async (id: JobId) => {
    const job = await findJob(db, id)
    if (job) onChange(job)
  }
  const send = async (job: Pick<Job, 'id' | 'kind'>, tx?: Tx) => {
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
    const taker = takers.get(kind)
    if (taker) setTimeout(() => started && boss.notifyWorker(taker), ms).unref()
  }

  const performer = createPerformer({ db, clock, worker, handlerOf: (kind) => handlers.get(kind), tell })

  /** Puts what nobody does back into the queue, unless it waits there already. */
  async function sweep(): Promise<void> {
    for (const job of await listFreeJobs(db, SWEEP_JOBS)) {
      if (!handlers.has(job.kind) || performer.isRunning(job.id)) continue
      const waiting = await boss.findJobs(job.kind, { data: { id: job.id }, queued: true })
      if (waiting.length === 0) await send(job)
    }
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
    list: (ask) => listJobsOf(db, ask),
    count: () => countJobs(db),
    async cancel(id) {
      await changeJob(db, id, { state: 'cancelled', finishedAt: clock() }, { from: ['queued', 'running'] })
      performer.abort(id, new Failure('conflict', 'store.job-cancelled', `Job ${id} was cancelled.`))
      await tell(id)
      return this.get(id)
    },
    forget: (kind, key) => forgetJob(db, kind, key),
    async start({ work } = { work: true }) {
      await endLeasesOf(db, worker)
      await boss.start()
      const known = new Set((await boss.getQueues()).map(({ name }) => name))
      for (const kind of handlers.keys()) {
        // To make one that is there changes nothing, and takes as long.
        if (!known.has(kind)) await boss.createQueue(kind)
        if (!work) continue
        const taker = await boss.work<{ id: JobId }>(
          kind,
          { batchSize: 1, pollingIntervalSeconds: POLL_SECONDS[engine.kind] },
          async ([taken]) => {
            try {
              if (taken) await performer.perform(taken.data.id)
            } catch (thrown) {
              wake(kind, RETRY_SECONDS * 1000 + 250)
              throw thrown
            } finally {
              // The next one may have come meanwhile.
              wake(kind, 0)
            }
          },
        )
        takers.set(kind, taker)
      }
      started = true
      if (!work) return
      await sweep()
      sweeping = setInterval(() => void sweep().catch(() => {}), SWEEP_MS)
      sweeping.unref()
    },
    async stop() {
      clearInterval(sweeping)
      await performer.stop()
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
